"""Keeps a workbook's shared strings packed, and on disk where there are many of them."""

import tempfile
from array import array
from types import TracebackType
from typing import BinaryIO, Self

from connectors.unreadable import UnreadableError

_IN_MEMORY = 48 * 1024 * 1024
"""Bytes of text kept in memory; a sheet of 100,000 rows with 9 texts of its own a row has 27 MiB."""
_MOST = 8_000_000
_LARGEST = 0xFFFF_FFFF
"""Of all texts together, so that a place needs four bytes."""


class SharedStrings:
    """The texts of `sharedStrings.xml` by number; takes its events, see `xml_events.Handler`."""

    def __init__(self, *, in_memory: int = _IN_MEMORY) -> None:
        self._in_memory = in_memory
        self._ends = array("I", [0])
        self._held = bytearray()
        self._spilled = 0
        self._file: BinaryIO | None = None
        self._pieces: list[str] = []
        self._taking = False
        self._phonetic = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 -- the handler's signature
        """Take the beginning of an element."""
        if name == "t":
            self._taking = not self._phonetic
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == "t":
            self._taking = False
        elif name == "si":
            pieces = self._pieces
            self._add(pieces[0] if len(pieces) == 1 else "".join(pieces))
            pieces.clear()
        elif name == "rPh":
            self._phonetic = False

    def text(self, data: str) -> None:
        """Take a piece of text."""
        if self._taking:
            self._pieces.append(data)

    def _add(self, text: str) -> None:
        data = text.encode()
        end = self._ends[-1] + len(data)
        if len(self._ends) > _MOST or end > _LARGEST:
            raise UnreadableError("WORKBOOK_TOO_LARGE")
        self._held += data
        self._ends.append(end)
        if len(self._held) > self._in_memory:
            self._spill()

    def _spill(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by __exit__
        self._file.seek(self._spilled)
        self._file.write(self._held)
        self._spilled += len(self._held)
        self._held = bytearray()

    def __getitem__(self, number: int) -> str:
        """Return a text. Raises `IndexError` when there is none of that number."""
        if number < 0:
            raise IndexError(number)
        start, end = self._ends[number], self._ends[number + 1]
        if start >= self._spilled or self._file is None:
            return self._held[start - self._spilled : end - self._spilled].decode()
        self._file.seek(start)
        return self._file.read(end - start).decode()
