"""Counts a month from the ledger, and hands the counts over to be put together."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, Engine, func, select

from sinks.ledger.database import reading
from sinks.ledger.tables import decision
from sinks.supervision import decisions, declared, lateness, numbers, rows
from streams.domain.calendar import Calendar
from streams.domain.catalogue import Catalogue
from streams.domain.supervision.assembling import Counted, assemble
from streams.domain.supervision.figures import Figures, Rate
from streams.domain.supervision.lateness import Party
from streams.domain.supervision.measuring import Measure, Place, measured, timing
from streams.domain.supervision.month import Month
from streams.domain.supervision.report import LateLine, Report

TREND = 12
"""Months that a trend shows, the report's being the last."""
LISTED = 1_000
"""Late decisions that a report names; all are counted."""
_BY = {
    Party.DEPARTMENT: "late_by_department",
    Party.PLATFORM: "late_by_platform",
    Party.PORTAL: "late_by_portal",
}


def report(engine: Engine, month: Month, catalogue: Catalogue, calendar: Calendar, today: date) -> Report:
    """Return a month's report as the ledger has it. Raises `UnavailableError`.

    Reads counts by the day and what is late, never all decisions at once; `today` matters only while due
    days of the month are not past.
    """
    measure = Measure(catalogue)
    if engine.dialect.name == "postgresql":  # all counts of one state; SQLite does so by itself
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with reading(engine) as connection:
        counted = _counted(connection, month, measure, calendar, today)
    return assemble(counted, catalogue, calendar)


def _counted(
    connection: Connection, month: Month, measure: Measure, calendar: Calendar, today: date
) -> Counted:
    found = measured(decisions.bunches(connection, month), measure, calendar, today)
    handed_in = rows.rows(connection, month, measure)
    parties: dict[Place, Counter[str]] = {}
    listed: list[LateLine] = []
    for place, party, line in _late(connection, month, measure, today):
        parties.setdefault(place, Counter())[party] += 1
        if len(listed) < LISTED:
            listed.append(line)
    late_by = {place: Figures(**count) for place, count in parties.items()}
    months = tuple(month.back(number) for number in reversed(range(TREND)))
    checks, absent = declared.checks_of(connection, month)
    return Counted(
        month=month,
        today=today,
        figures=_added(found.figures, handed_in, late_by),
        days=found.days,
        findings=rows.findings(connection, month, measure),
        counts=declared.counts_of(connection, month),
        gaps=numbers.missing(connection, month, measure),
        checks=checks,
        absent=absent,
        trend=_trend(connection, months, measure, today),
        months=months,
        late=listed,
        late_in_all=sum(sum(count.values()) for count in parties.values()),
        names=_names(connection, month),
    )


def _late(
    connection: Connection, month: Month, measure: Measure, today: date
) -> Iterator[tuple[Place, str, LateLine]]:
    for row, by in lateness.late(connection, month, today):
        place, live = measure.place(row.department_code, row.item, row.head, row.kind, row.day)
        if live:
            line = LateLine(
                department=place.department,
                document_number=row.document_number,
                kind=row.kind,
                due_on=row.due_on,
                published_on=row.published_on,
                lateness=by,
            )
            yield place, _BY[by.party], line


def _added(*counts: Mapping[Place, Figures]) -> dict[Place, Figures]:
    together: dict[Place, Figures] = {}
    for some in counts:
        for place, figures in some.items():
            together[place] = together.get(place, Figures()).plus(figures)
    return together


def _trend(
    connection: Connection, months: tuple[Month, ...], measure: Measure, today: date
) -> dict[str, dict[Month, Rate]]:
    trend: dict[str, dict[Month, Rate]] = {}
    for bunch in decisions.coarse(connection, months[0], months[-1]):
        place, live = measure.place(bunch.department_code, bunch.item, bunch.head, bunch.kind, bunch.day)
        ended = timing(bunch.exempt, bunch.published_on, bunch.due_on, today)
        if not live or ended in ("exempt", "pending"):
            continue
        rates = trend.setdefault(place.department, {})
        month = Month(bunch.day.year, bunch.day.month)
        known = rates.get(month, Rate(part=0, whole=0))
        in_time = bunch.count if ended == "in_time" else 0
        rates[month] = replace(known, part=known.part + in_time, whole=known.whole + bunch.count)
    return trend


def _names(connection: Connection, month: Month) -> dict[str, str]:
    """Return what the month's decisions call their departments."""
    table = decision.c
    told = (
        select(table.department_code, func.max(table.department))
        .where(decisions.within(month, month), table.department != "")
        .group_by(table.department_code)
    )
    return {row[0]: row[1] for row in connection.execute(told)}
