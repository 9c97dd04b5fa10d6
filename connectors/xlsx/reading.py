"""Reads the rows of a workbook as a stream: of every sheet that has a header, in bounded memory."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from connectors.grid import Record, Table
from connectors.row import Row
from connectors.unreadable import UnreadableError
from connectors.xlsx.package import BROKEN, Package
from connectors.xlsx.sheet import SheetRows
from connectors.xlsx.strings import SharedStrings
from connectors.xlsx.styles import Styles
from connectors.xml_events import feed
from streams.domain.validation import finding

_MOST_SHEETS = 255
_TRUE = ("1", "true")


def read_workbook(stream: BinaryIO) -> Iterator[Row]:
    """Yield the rows of a seekable .xlsx or .xlsm; macros, links and whatever else is in it are never read.

    A workbook that cannot be read, or not any further, ends with a row whose problem says why.
    """
    last = 0
    try:
        for row in _rows(stream):
            last = row.number
            yield row
    except UnreadableError as error:
        yield Row(number=last + 1, problem=finding(error.rule))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of a workbook while it is read."""

    name: str
    hidden: bool
    records: Iterator[Record]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    name: str
    part: str
    hidden: bool


class _Workbook:
    """The list of sheets; takes the events of `workbook.xml`, see `xml_events.Handler`."""

    def __init__(self, targets: Mapping[str, tuple[str, str]]) -> None:
        self.sheets: list[_Listed] = []
        self.from_1904 = False
        self._targets = targets

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "") in _TRUE
        if name != "sheet":
            return
        identity = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        kind, part = self._targets.get(identity, ("", ""))
        if kind == "worksheet" and len(self.sheets) < _MOST_SHEETS:
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append(_Listed(name=attributes.get("name", ""), part=part, hidden=hidden))

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


def read_sheets(stream: BinaryIO) -> Iterator[Sheet]:
    """Yield the sheets of a workbook in order; each sheet's records before the next sheet is asked for.

    Raises `UnreadableError`, also while records are read.
    """
    package = Package(stream)
    main = _first(package.relationships(""), "officeDocument") or "xl/workbook.xml"
    targets = package.relationships(main)
    workbook = _Workbook(targets)
    package.read(main, workbook)
    styles = Styles()
    if (part := _first(targets, "styles")) and part in package:
        package.read(part, styles)
    with SharedStrings() as strings:
        if (part := _first(targets, "sharedStrings")) and part in package:
            with package.open(part) as shared:
                for _ in feed(shared, strings, broken=BROKEN):
                    pass
        for sheet in workbook.sheets:
            events = SheetRows(strings, styles, from_1904=workbook.from_1904)
            records = _records(package, sheet, events)
            yield Sheet(name=sheet.name, hidden=sheet.hidden, records=records)


def _rows(stream: BinaryIO) -> Iterator[Row]:
    tables = 0
    for sheet in read_sheets(stream):
        table = Table.find(sheet.records, ragged=True, sheet=sheet.name if tables else "")
        if table is not None:
            tables += 1
            yield from _hidden(table) if sheet.hidden else table.rows()
    if not tables:
        yield Row(number=1, problem=finding("HEADER_UNKNOWN"))


def _hidden(table: Table) -> Iterator[Row]:
    """Yield what is told of a sheet that nobody sees: old decisions may stand there."""
    for row in islice(table.rows(), 1):
        yield Row(number=row.number, sheet=row.sheet, problem=finding("SHEET_HIDDEN"))


def _first(targets: Mapping[str, tuple[str, str]], kind: str) -> str:
    return next((part for found, part in targets.values() if found == kind), "")


def _records(package: Package, sheet: _Listed, events: SheetRows) -> Iterator[Record]:
    with package.open(sheet.part) as stream:
        for _ in feed(stream, events, broken=BROKEN):
            yield from events.take()
