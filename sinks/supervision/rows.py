"""The rows that departments handed in during a month: how many passed, and what was wrong with the others."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from sinks.facts import Outcome
from sinks.ledger.tables import decision, event, finding
from sinks.supervision.decisions import AT_ONCE, day
from sinks.supervision.dialect import head
from streams.domain.stages import Action, Severity
from streams.domain.supervision.figures import Figures
from streams.domain.supervision.measuring import Measure, Place
from streams.domain.supervision.month import Month
from streams.domain.supervision.report import FindingLine

_FROM = event.join(decision, decision.c.identity == event.c.identity)


def rows(connection: Connection, month: Month, measure: Measure) -> Mapping[Place, Figures]:
    """Return how many rows were handed in at each place, and what became of them."""
    counts: dict[Place, Counter[str]] = {}
    inner = select(*_place(connection), event.c.outcome).select_from(_FROM).where(_within(month)).subquery()
    grouped = select(*inner.c, func.count().label("rows")).group_by(*inner.c)
    for row in connection.execute(grouped.execution_options(yield_per=AT_ONCE)):
        place, live = measure.place(*row[:5])
        if live:
            count = counts.setdefault(place, Counter())
            count["rows"] += row.rows
            if row.outcome == Outcome.REJECTED:
                count["rows_refused"] += row.rows
            elif row.outcome != Outcome.PENDING:
                count["rows_valid"] += row.rows
    return {place: Figures(**count) for place, count in counts.items()}


def findings(connection: Connection, month: Month, measure: Measure) -> tuple[FindingLine, ...]:
    """Return on how many rows of each department each mistake was found; a row counts once for each."""
    counts: Counter[tuple[str, str, str]] = Counter()
    messages: dict[tuple[str, str], str] = {}
    for row in connection.execute(_found(connection, month).execution_options(yield_per=AT_ONCE)):
        place, live = measure.place(*row[:5])
        if live:
            counts[place.department, row.code, row.column] += row.rows
            messages[row.code, row.column] = max(messages.get((row.code, row.column), ""), row.message)
    return tuple(
        FindingLine(department=department, code=code, column=column, message=messages[code, column], rows=n)
        for (department, code, column), n in sorted(counts.items())
    )


def _found(connection: Connection, month: Month) -> Select[Any]:
    inner = (
        select(*_place(connection), finding.c.code, finding.c.column, finding.c.message, event.c.event_id)
        .select_from(_FROM.join(finding, finding.c.event_id == event.c.event_id))
        .where(
            _within(month),
            event.c.outcome == Outcome.REJECTED,
            finding.c.severity == Severity.ERROR,
        )
        .subquery()
    )
    kept = inner.c
    place = (kept.department_code, kept.item, kept.head, kept.kind, kept.day, kept.code, kept.column)
    told = func.count(kept.event_id.distinct()).label("rows")
    return select(*place, func.max(kept.message).label("message"), told).group_by(*place)


def _place(connection: Connection) -> tuple[ColumnElement[Any], ...]:
    table = decision.c
    beginning = head(connection.dialect, table.document_number).label("head")
    return (table.department_code, table.item, beginning, table.kind, day(connection).label("day"))


def _within(month: Month) -> ColumnElement[bool]:
    table = event.c
    return and_(
        table.seen_at >= month.begins,
        table.seen_at < month.ends,
        table.handed_in,
        table.action != Action.WITHDRAW,
    )
