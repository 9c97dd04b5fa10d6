"""Gives refused rows back as a workbook: the same rows, wrong cells marked, reasons beside them."""

import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from connectors.desk import Line
from connectors.headers import PERSONAL, plan
from streams.domain import envelope
from streams.domain.columns import TEMPLATES
from streams.domain.errors import ConfigurationError
from streams.domain.stages import Finding, Kind, Severity

_MOST_COLUMNS = 500
_MOST_COMMENTS = 20_000
"""Excel grows slow with more; colours and reasons stand on every row."""
_MOST_ROWS = 1_000_000
_LONGEST_CELL = 32_000
"""Excel takes 32,767 UTF-16 units."""
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_SHEET_SIGNS = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST_SHEET = 25
_RESERVED = frozenset(("history",))
"""Names that Excel keeps for itself."""
_NEW_EVERY_TIME = (envelope.EVENT_ID, envelope.REVISION, envelope.MENDS)
"""A mended row is another event, which mends one more."""
_COLOURS = {Severity.ERROR: "#FFC7CE", Severity.WARNING: "#FFEB9C"}


@dataclass(slots=True)
class _Table:
    """Rows that go back under one header."""

    title: str
    kind: Kind | None
    headers: dict[str, None] = field(default_factory=dict)
    """In order; as a set."""
    added: dict[str, None] = field(default_factory=dict)
    """Official columns that rows lack and need."""
    sheets: list[Worksheet] = field(default_factory=list)
    rows: int = 0
    """In the last of the sheets, without the header."""


class ReturnedRows:
    """Keeps refused rows on disk until they are written; close it, or use it as a context."""

    def __init__(self) -> None:
        self._spool: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 -- see close
        self._tables: list[_Table] = []
        self._places: dict[tuple[object, ...], int] = {}
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget the rows."""
        self._spool.close()

    def add(self, file: str, line: Line) -> None:
        """Keep the row of `line`, which came from `file`, if it was refused."""
        if line.ok:
            return
        self.count += 1
        place = self._place(file, line)
        values = self._values(self._tables[place], line)
        mended = f"{values.get(envelope.MENDS, '')} {line.event_id}".split()
        mends = " ".join(mended[-envelope.MOST_MENDED :])
        findings = [(one.column, one.severity.value, one.message) for one in line.findings]
        json.dump((place, line.row.number, {**values, envelope.MENDS: mends}, findings), self._spool)
        self._spool.write("\n")

    def write(self, file: Path) -> None:
        """Write the workbook, also when no row was refused. Raises `ConfigurationError`."""
        unfinished = file.with_name(f".{file.name}.part")
        try:
            with xlsxwriter.Workbook(unfinished, {"constant_memory": True}) as book:
                _Writer(book, self._tables).write(self._rows())
            unfinished.replace(file)
        except (OSError, XlsxWriterException) as error:
            unfinished.unlink(missing_ok=True)
            raise ConfigurationError(
                f"{file} cannot be written; choose another place for the report"
            ) from error

    def _rows(self) -> Iterator[tuple[int, int, Mapping[str, str], Sequence[tuple[str, str, str]]]]:
        self._spool.seek(0)
        for line in self._spool:
            yield json.loads(line)
        self._spool.seek(0, 2)

    def _place(self, file: str, line: Line) -> int:
        row = line.row
        identity = (file, row.sheet, row.headers, None if row.headers else line.kind)
        place = self._places.setdefault(identity, len(self._tables))
        if place == len(self._tables):
            title = " ".join(filter(None, (Path(file).stem if file != "-" else "", row.sheet)))
            self._tables.append(_Table(title, line.kind, dict.fromkeys(row.headers)))
        table = self._tables[place]
        table.kind = table.kind or line.kind
        return place

    @staticmethod
    def _values(table: _Table, line: Line) -> Mapping[str, str]:
        for header in line.row.values:
            if len(table.headers) < _MOST_COLUMNS:
                table.headers.setdefault(header)
        official = TEMPLATES[line.kind] if line.kind else {}
        table.added.update((one.column, None) for one in line.findings if one.column in official)
        return line.row.values


class _Writer:
    """Writes the tables, each to a sheet of its own."""

    def __init__(self, book: Any, tables: Sequence[_Table]) -> None:
        self._book, self._tables = book, tables
        self._comments = 0
        self._head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True})
        self._plain = book.add_format({"num_format": "@", "valign": "top"})
        self._reason = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self._marks = {
            severity: book.add_format({"num_format": "@", "valign": "top", "bg_color": colour})
            for severity, colour in _COLOURS.items()
        }
        self._columns = [_columns(table) for table in tables]

    def write(
        self, rows: Iterator[tuple[int, int, Mapping[str, str], Sequence[tuple[str, str, str]]]]
    ) -> None:
        for place, number, values, told in rows:
            findings = [Finding(code="", column=c, severity=Severity(s), message=m) for c, s, m in told]
            self._row(place, number, values, findings)
        if not self._tables:
            self._book.add_worksheet("退回").write_string(0, 0, "没有退回的数据")
        elif not any(table.sheets for table in self._tables):
            self._book.add_worksheet("退回")

    def _row(self, place: int, number: int, values: Mapping[str, str], findings: Sequence[Finding]) -> None:
        table = self._tables[place]
        if not table.sheets or table.rows >= _MOST_ROWS:
            self._add_sheet(place)
        table.rows += 1
        sheet, at = table.sheets[-1], table.rows
        headers, places = self._columns[place]
        marks: dict[int, list[Finding]] = {}
        for one in findings:
            for column in places.get(one.column, ()):
                marks.setdefault(column, []).append(one)
        reasons = [f"原第 {number} 行"]
        for column, header in enumerate(headers):
            text = _writable(values.get(header, ""))
            if len(text) > _LONGEST_CELL:
                text = text[:_LONGEST_CELL]
                reasons.append(f"“{header}”过长，此处只保留前 {_LONGEST_CELL} 字")
            self._cell(sheet, at, column, text, marks.get(column, ()))
        unlisted = sum(header not in table.headers for header in values if header != envelope.MENDS)
        if unlisted:
            reasons.append(f"另有 {unlisted} 列过多，未列出")
        reasons.extend(one.message for one in findings)
        sheet.write_string(at, len(headers), "\n".join(reasons)[:_LONGEST_CELL], self._reason)
        if mends := values.get(envelope.MENDS):
            sheet.write_string(at, len(headers) + 1, mends, self._plain)

    def _cell(self, sheet: Worksheet, row: int, column: int, text: str, findings: Sequence[Finding]) -> None:
        if not findings:
            if text:
                sheet.write_string(row, column, text, self._plain)
            return
        severity = (
            Severity.ERROR if any(one.severity is Severity.ERROR for one in findings) else Severity.WARNING
        )
        if text:
            sheet.write_string(row, column, text, self._marks[severity])
        else:
            sheet.write_blank(row, column, None, self._marks[severity])
        if self._comments < _MOST_COMMENTS:
            self._comments += 1
            sheet.write_comment(row, column, "\n".join(one.message for one in findings), {"x_scale": 2})

    def _add_sheet(self, place: int) -> None:
        table = self._tables[place]
        used = {sheet.get_name().lower() for sheet in self._book.worksheets()}
        sheet = self._book.add_worksheet(_title(table.title, used))
        headers, _ = self._columns[place]
        if headers:
            sheet.set_column(0, len(headers) - 1, 18, self._plain)
        sheet.set_column(len(headers), len(headers), 80)
        for column, header in enumerate((*headers, envelope.RETURNED, envelope.MENDS)):
            sheet.write_string(0, column, _writable(header)[:_LONGEST_CELL], self._head)
        sheet.freeze_panes(1, 0)
        table.sheets.append(sheet)
        table.rows = 0


def _columns(table: _Table) -> tuple[tuple[str, ...], Mapping[str, tuple[int, ...]]]:
    """Return the headers of a table as they go back, and official code → places of its columns."""
    known = plan(tuple(table.headers), table.kind).columns
    headers = [
        (header, column)
        for header, column in zip(table.headers, known, strict=True)
        if column not in _NEW_EVERY_TIME
    ]
    personal = {code for code in table.added if code.endswith("_ZJHM")} if PERSONAL in known else set()
    official = TEMPLATES[table.kind] if table.kind else {}
    headers.extend(
        (official[code].name, code)
        for code in official
        if code in table.added and code not in known and code not in personal
    )
    places: dict[str, tuple[int, ...]] = {}
    for place, (_, column) in enumerate(headers):
        for code in personal if column == PERSONAL else (column,):
            places[code] = (*places.get(code, ()), place)
    return tuple(header for header, _ in headers), places


def _writable(text: str) -> str:
    return text if text.isascii() else _UNWRITABLE.sub("\ufffd", text)


def _title(wanted: str, used: set[str]) -> str:
    """Return a name for a sheet that Excel takes and that is not yet used."""
    plain = _SHEET_SIGNS.sub(" ", _writable(wanted)).strip()[:_LONGEST_SHEET].strip() or "退回"
    title, number = plain, 1
    while title.lower() in used | _RESERVED:
        number += 1
        title = f"{plain}({number})"
    return title
