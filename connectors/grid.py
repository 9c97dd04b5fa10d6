"""Finds the header in the records of a table and makes rows of what stands below it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Self

from connectors.headers import PERSONAL, is_header, known_headers, plan
from connectors.row import Row
from streams.domain import envelope
from streams.domain.columns import TEMPLATES
from streams.domain.keys import LOST
from streams.domain.stages import Finding
from streams.domain.validation import finding

TITLE_ROWS = 10
"""How many title rows may stand above the header."""
_ENOUGH = 2
"""Known headers that make a record the header."""
_OFFICIAL = frozenset(code for columns in TEMPLATES.values() for code in columns) | {PERSONAL}
_IDLE = (envelope.RETURNED, envelope.MENDS)
"""Columns of the workbook of refused rows; where nothing else is left, the clerk has emptied the row."""
_JUDGED = frozenset(envelope.UNREADABLE)
"""Of the envelope: what cannot be read there refuses the row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record of a table before its header is known."""

    number: int
    cells: Mapping[int, str] = field(default_factory=dict)
    """Place from 0 → text; empty cells may be absent."""
    width: int = 0
    """Number of cells, the empty ones too, where the table tells it."""
    flaws: Mapping[int, str] = field(default_factory=dict)
    """Place → the rule that says why the cell could not be read."""
    problem: str = ""
    """The rule that says why the record could not be read."""


class Table:
    """What stands below a header."""

    def __init__(
        self, head: Record, header: Mapping[int, str], records: Iterator[Record], *, ragged: bool, sheet: str
    ) -> None:
        """Take the header's record, and its places → text; `ragged` allows cells to the right of it."""
        self._records, self._ragged, self._sheet = records, ragged, sheet
        self._head, self._header = head, header
        self._last = max(*header, head.width - 1)
        self._names = _names(header, self._last)
        columns = plan(tuple(self._names.values()), None).columns
        self._columns = dict(zip(self._names, columns, strict=True))
        self._ignored = frozenset(p for p, column in self._columns.items() if column == envelope.RETURNED)
        self._idle = frozenset(p for p, column in self._columns.items() if column in _IDLE)
        self._headers = tuple(name for p, name in self._names.items() if p not in self._ignored)

    @classmethod
    def find(cls, records: Iterable[Record], *, ragged: bool, sheet: str = "") -> Self | None:
        """Return the table that begins within the first records, None when there is no header.

        A second line of the header may stand below the first.
        """
        waiting = iter(records)
        for record in islice(waiting, TITLE_ROWS):
            header = _filled(record.cells)
            if known_headers(header.values()) >= _ENOUGH:
                second = next(waiting, None)
                if second is not None and _continues(second):
                    header = {**header, **_filled(second.cells)}
                elif second is not None:
                    waiting = chain((second,), waiting)
                return cls(record, header, waiting, ragged=ragged, sheet=sheet)
        return None

    def rows(self) -> Iterator[Row]:
        """Yield the rows; a record that cannot be read is a row with a problem, an empty one is none.

        Below a garbled header nobody knows what a cell says, so that it is the only row, with a problem.
        """
        garbled = [_nameless(place) for place, name in self._header.items() if LOST in name]
        if garbled:
            yield self._refused(self._head, finding("HEADER_GARBLED", name="、".join(garbled)))
            return
        for record in self._records:
            if record.problem:
                yield self._refused(record, finding(record.problem))
            elif self._holds_something(record.cells) and record.cells != self._header:
                yield self._row(record)

    def _holds_something(self, cells: Mapping[int, str]) -> bool:
        return any(not cell.isspace() for place, cell in cells.items() if cell and place not in self._idle)

    def _row(self, record: Record) -> Row:
        cells = {place: text for place, text in record.cells.items() if text and place not in self._ignored}
        if not self._ragged and any(
            place > self._last and not text.isspace() for place, text in cells.items()
        ):
            return self._refused(record, finding("ROW_TOO_LONG"))
        told = tuple(self._flaws(record.flaws, cells)) if record.flaws else ()
        names = self._names
        return Row(
            number=record.number,
            sheet=self._sheet,
            values={names.get(place) or _nameless(place): text for place, text in cells.items()},
            findings=told,
            headers=self._headers,
        )

    def _refused(self, record: Record, problem: Finding) -> Row:
        return Row(number=record.number, sheet=self._sheet, problem=problem, headers=self._headers)

    def _flaws(self, flaws: Mapping[int, str], cells: dict[int, str]) -> Iterator[Finding]:
        """Yield the findings on cells, and drop those cells whose remains would say something else."""
        for place, rule in flaws.items():
            column = self._columns.get(place, "")
            if column not in _OFFICIAL and column not in _JUDGED:
                cells.pop(place, None)
            if column in _OFFICIAL or column in envelope.NAMES.values():
                yield finding(rule, column, name=self._names[place])


def _filled(cells: Mapping[int, str]) -> dict[int, str]:
    return {place: text for place, text in cells.items() if text and not text.isspace()}


def _continues(record: Record) -> bool:
    cells = _filled(record.cells).values()
    return not record.problem and known_headers(cells) >= _ENOUGH and all(map(is_header, cells))


def _names(header: Mapping[int, str], last: int) -> dict[int, str]:
    """Return place → header for every place up to the last, each name once."""
    names: dict[int, str] = {}
    seen: set[str] = set()
    for place in range(last + 1):
        name = header.get(place) or _nameless(place)
        while name in seen:
            name += " "
        seen.add(name)
        names[place] = name
    return names


def _nameless(place: int) -> str:
    """Return what a column without a header is called: that of its letters."""
    letters = ""
    number = place + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}列"
