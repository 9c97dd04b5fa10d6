"""Receipts beside a file: JSON for programs, a letter and the refused rows for people, a row at a time."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Self

import orjson

from connectors.desk import Line
from connectors.xlsx.returned import ReturnedRows
from streams.domain.errors import ConfigurationError, UnavailableError
from streams.domain.stages import Finding, Severity

_ROWS, _NOTES = ".rows", ".notes"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a receipt says of the whole file."""

    file: str
    """Its name, as it came."""
    department: str
    """统一社会信用代码."""
    sha256: str
    """Of its content, in hexadecimal; "" when it could not be opened."""
    taken_at: str
    """ISO 8601, Chinese time."""


@dataclass(slots=True)
class Counts:
    """Of a file's rows."""

    rows: int = 0
    accepted: int = 0
    """That the review will take."""
    refused: int = 0
    """That have to be mended and handed in again."""
    sent: int = 0
    """That Kafka has; refused ones among them, as their days run on."""

    def add(self, line: Line) -> None:
        """Count one row."""
        self.rows += 1
        self.accepted += line.ok
        self.refused += not line.ok
        self.sent += line.sent


@dataclass(slots=True)
class Receipt:
    """Takes a file's lines in order, then is written; a context manager that closes its drafts."""

    place: Path
    """Folder of the drafts."""
    counts: Counts = field(default_factory=Counts)
    _returned: ReturnedRows = field(default_factory=ReturnedRows, repr=False)
    _rows: BinaryIO = field(init=False, repr=False)
    _notes: BinaryIO = field(init=False, repr=False)

    def __enter__(self) -> Self:
        self._rows = (self.place / _ROWS).open("w+b")
        self._notes = (self.place / _NOTES).open("w+b")
        return self

    def __exit__(self, *_raised: object) -> None:
        self._rows.close()
        self._notes.close()
        self._returned.close()

    def add(self, file: str, line: Line) -> None:
        """Take the line of one row of `file`."""
        self._returned.add(file, line)
        self._rows.write((b",\n" if self.counts.rows else b"") + orjson.dumps(_json(line)))
        self.counts.add(line)
        for one in line.findings:
            self._notes.write(_note(line, one).encode())

    def write(self, file: Path, about: About, outcome: Mapping[str, Any]) -> None:
        """Write the receipt for programs: what `about` and `outcome` say, the counts, and every row."""
        counts = {name: getattr(self.counts, name) for name in self.counts.__slots__}
        head = {name: getattr(about, name) for name in about.__slots__}
        told = orjson.dumps({**head, **outcome, "counts": counts})
        with file.open("wb") as stream:
            stream.write(told.removesuffix(b"}") + b',"rows":[\n')
            self._rows.seek(0)
            shutil.copyfileobj(self._rows, stream)
            stream.write(b"\n]}\n")

    def write_letter(self, file: Path, about: About, summary: str) -> None:
        """Write the receipt for people; any editor on Windows opens it."""
        head = f"报送回执\n文件：{about.file}\n部门：{about.department}\n收到：{about.taken_at}\n{summary}\n"
        with file.open("wb") as stream:
            stream.write(head.replace("\n", "\r\n").encode("utf-8-sig"))
            self._notes.seek(0)
            shutil.copyfileobj(self._notes, stream)

    def write_returned(self, file: Path) -> bool:
        """Write the refused rows as a workbook; False when there are none. Raises `UnavailableError`."""
        if not self._returned.count:
            return False
        try:
            self._returned.write(file)
        except ConfigurationError as error:
            raise UnavailableError("the refused rows cannot be written; is the disk full?") from error
        return True


def _json(line: Line) -> dict[str, Any]:
    return {
        "row": line.row.number,
        **({"sheet": line.row.sheet} if line.row.sheet else {}),
        "key": line.key,
        "event_id": line.event_id,
        "sent": line.sent,
        "ok": line.ok,
        "findings": [
            {"code": one.code, "column": one.column, "severity": one.severity, "message": one.message}
            for one in line.findings
        ],
    }


def _note(line: Line, one: Finding) -> str:
    sheet = f"“{line.row.sheet}”" if line.row.sheet else ""
    mark = "退回" if one.severity is Severity.ERROR else "提醒"
    return f"{sheet}第{line.row.number}行 {mark} {one.column or '整条'}：{one.message}\r\n"
