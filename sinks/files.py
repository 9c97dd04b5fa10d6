"""A file drop, for platforms that take nothing else: CSV or XML files, each with its manifest."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from sinks.file_sheets import Line, Sheet, line_of, sheets_of
from sinks.ports import Answer, Delivery, Verdict
from streams.durable import write_whole

UNWRITABLE = "内容含有 XML 不允许的控制字符，请更正后重新报送"


class FolderError(Exception):
    """A folder did not take a file."""

    def __init__(self, reason: str, *, begun: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.begun = begun
        """Whether the file may be there all the same."""


class Folder(Protocol):
    """Where files are left."""

    async def put(self, name: str, content: bytes) -> None:
        """Let a file appear whole under its name, or replace it. Raises `FolderError`."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class LocalFolder:
    """A folder of this machine, made where it is missing.

    It has a thread of its own: a network drive that hangs holds up nobody else.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="files")

    async def put(self, name: str, content: bytes) -> None:
        """Write a file; see `Folder.put`."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._put, name, content)

    async def close(self) -> None:
        """Have nothing to let go of but the thread."""
        self._thread.shutdown(wait=False)

    def _put(self, name: str, content: bytes) -> None:
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            write_whole(self._path / name, content)
        except OSError as error:
            raise FolderError(error.strerror or type(error).__name__) from error


class FileDrop:
    """Writes `<template>-<action>-<digest>-<rows>.csv` (or .xml), then `….manifest.json` beside it.

    A reader takes a file once its manifest is there: rows, bytes and SHA-256 tell that it is whole, and
    `decisions` which decision and revision each row is. A try made again writes the same file; in other
    company a row comes again in another one, so a reader ignores a revision that is not above its own.
    """

    def __init__(self, folder: Folder, form: str = "csv") -> None:
        """Take the folder, and one of `file_sheets.FORMATS`."""
        self._folder = folder
        self._form = form

    async def deliver(self, delivery: Delivery) -> Answer:
        """Write once; see `Adaptor.deliver`."""
        return (await self.deliver_batch([delivery]))[0]

    async def deliver_batch(self, deliveries: Sequence[Delivery]) -> Sequence[Answer]:
        """Write once; see `BatchAdaptor`. A row that no file may hold is set aside, the rest is written."""
        answers: dict[str, Answer] = {}
        lines: list[Line] = []
        for delivery in deliveries:
            try:
                lines.append(line_of(delivery, self._form))
            except ValueError:
                answers[delivery.idempotency_key] = Answer(verdict=Verdict.REFUSED, reason=UNWRITABLE)
        for sheet in sheets_of(lines):
            answer = await self._write(sheet)
            answers |= {line.delivery.idempotency_key: answer for line in sheet.lines}
        return [answers[delivery.idempotency_key] for delivery in deliveries]

    async def close(self) -> None:
        """Let go of the folder."""
        await self._folder.close()

    async def _write(self, sheet: Sheet) -> Answer:
        file = f"{sheet.name}.{self._form}"
        content = sheet.written(self._form)
        try:
            await self._folder.put(file, content)
            await self._folder.put(f"{sheet.name}.manifest.json", sheet.manifest(file, content))
        except FolderError as error:
            verdict = Verdict.INDETERMINATE if error.begun else Verdict.RETRY
            return Answer(verdict=verdict, reason=error.reason)
        return Answer(verdict=Verdict.ACCEPTED, remote_id=file)
