"""Document numbers that are missing in a department's running series."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby

from sqlalchemy import Connection, select

from sinks.ledger.supervision import excused_number
from sinks.ledger.tables import decision
from sinks.ledger.upsert import chunks
from sinks.supervision.decisions import AT_ONCE, day, within
from streams.domain.supervision.measuring import Measure
from streams.domain.supervision.month import Month
from streams.domain.supervision.numbering import Gap, gaps, running, without
from streams.domain.supervision.report import GapLine

BACK = 12
"""Months before the report's in which the number before a missing one is looked for."""
_LOOKED_UP = 1_000
"""Missing numbers in a row that are looked up one by one: one may be of a decision of a later month."""
_DAY_BITS, _DIGIT_BITS = 22, 4


def missing(connection: Connection, month: Month, measure: Measure) -> tuple[GapLine, ...]:
    """Return what is missing before numbers of the month's decisions, without excused and known numbers."""
    found: list[GapLine] = []
    for department, rows in groupby(_told(connection, month), key=lambda row: row[0]):
        series = _packed(rows)
        for name in sorted(series):
            for gap in gaps(name, _unpacked(series[name]), month.first, month.last):
                found += _open(connection, department, gap)
    return tuple(placed for line in found if (placed := _placed(measure, line, month)))


def _told(connection: Connection, month: Month) -> Iterator[tuple[str, str, date]]:
    table = decision.c
    wanted = (
        select(table.department_code, table.document_number, day(connection))
        .where(within(month.back(BACK), month), table.document_number != "")
        .order_by(table.department_code)
        .execution_options(yield_per=AT_ONCE)
    )
    for row in connection.execute(wanted):
        yield row[0], row[1], row[2]


def _packed(rows: Iterable[tuple[str, str, date]]) -> "dict[str, array[int]]":
    """Return series → number, day and digits of each, in eight bytes: a department can have many."""
    series: dict[str, array[int]] = {}
    for _, number, on in rows:
        found = running(number)
        if found:
            packed = (found.number << _DAY_BITS | on.toordinal()) << _DIGIT_BITS | found.digits
            series.setdefault(found.series, array("q")).append(packed)
    return series


def _unpacked(packed: "array[int]") -> Iterator[tuple[int, date, int]]:
    for one in sorted(packed):
        rest = one >> _DIGIT_BITS
        yield (
            rest >> _DAY_BITS,
            date.fromordinal(rest & (1 << _DAY_BITS) - 1),
            one & (1 << _DIGIT_BITS) - 1,
        )


def _open(connection: Connection, department: str, gap: Gap) -> Iterator[GapLine]:
    table = excused_number.c
    excused = connection.execute(
        select(table.first, table.last).where(
            table.department_code == department,
            table.series == gap.series,
            table.last >= gap.first,
            table.first <= gap.last,
        )
    ).all()
    known = [] if gap.count > _LOOKED_UP else _known(connection, department, gap)
    later = {number for number, _ in known}
    for left in without(gap, [*((first, last) for first, last in excused), *known]):
        if left.last + 1 not in later:  # else it is missing before that number, in the month of that one
            yield GapLine(department=department, gap=left)


def _known(connection: Connection, department: str, gap: Gap) -> list[tuple[int, int]]:
    """Return which numbers of a gap stand in the ledger after all, decided in other months."""
    written = {
        gap.series.replace("*", text): number
        for number in range(gap.first, gap.last + 1)
        for text in (str(number), f"{number:0{gap.digits}d}")
    }
    table = decision.c
    found: set[int] = set()
    for some in chunks(list(written)):
        asked = select(table.document_number).where(
            table.document_number.in_(some), table.department_code == department
        )
        found.update(written[text] for text in connection.scalars(asked))
    return [(number, number) for number in sorted(found)]


def _placed(measure: Measure, line: GapLine, month: Month) -> GapLine | None:
    """Return the gap under its department's code, None where nothing of it was live in the month."""
    beginning = line.gap.series.partition("〔")[0]
    code, live = measure.series(line.department, beginning, month.last)
    return replace(line, department=code) if live else None
