"""By whom decisions are late, from what the ledger tells of their hand-ins, portals and tries."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, or_, select

from sinks.facts import Outcome, Rank
from sinks.ledger.breakers import breaker, outage
from sinks.ledger.database import reading
from sinks.ledger.tables import decision, delivery, event, publication
from sinks.ledger.upsert import PARAMETERS
from sinks.supervision.decisions import EXEMPT, day, within
from sinks.supervision.dialect import china_day, head
from streams.domain.stages import Action
from streams.domain.supervision.lateness import HandIn, Lateness, Reviewed, Way, end_of, lateness
from streams.domain.supervision.month import Month

_REVIEWED = {
    Outcome.PENDING: Reviewed.PENDING,
    Outcome.REJECTED: Reviewed.REFUSED,
    Outcome.HELD: Reviewed.HELD,
}
_SAYS_NOTHING = (Outcome.UNCHANGED, Outcome.OVERTAKEN)

Failing = Mapping[str, Sequence[tuple[datetime, datetime | None]]]
"""Portal → from when to when it failed for everybody; None: still."""


def late(connection: Connection, month: Month, today: date) -> Iterator[tuple[Row[Any], Lateness]]:
    """Yield the month's late decisions, those due longest first, each with by whom it is late."""
    table = decision.c
    published_on = china_day(connection.dialect, table.published_at)
    found = (
        select(
            table.identity,
            table.department_code,
            table.item,
            head(connection.dialect, table.document_number).label("head"),
            table.kind,
            day(connection).label("day"),
            table.document_number,
            table.due_on,
            published_on.label("published_on"),
        )
        .where(within(month, month), ~EXEMPT, _is_late(connection, today))
        .order_by(table.due_on, table.identity)
        .execution_options(yield_per=PARAMETERS)
    )
    failing = failures(connection, month)
    for some in connection.execute(found).partitions():
        yield from zip(some, attributed(connection, some, failing), strict=True)


def lateness_of(engine: Engine, identity: str, today: date) -> Lateness | None:
    """Return by whom one decision is late, None while it is not. Raises `UnavailableError`."""
    table = decision.c
    wanted = select(table.identity, table.due_on).where(table.identity == identity, ~EXEMPT)
    with reading(engine) as connection:
        rows = connection.execute(wanted.where(_is_late(connection, today))).all()
        if not rows:
            return None
        due_on = rows[0].due_on
        return attributed(connection, rows, failures(connection, Month(due_on.year, due_on.month)))[0]


def attributed(connection: Connection, rows: Sequence[Any], failing: Failing) -> list[Lateness]:
    """Return by whom each of these decisions, which are late, is so; they have identity and due_on."""
    due = {row.identity: row.due_on for row in rows}
    hand_ins = _hand_ins(connection, list(due))
    ways = _ways(connection, due, failing)
    return [lateness(row.due_on, hand_ins[row.identity], ways[row.identity]) for row in rows]


def failures(connection: Connection, month: Month) -> Failing:
    """Return when portals failed in a month or later."""
    found: dict[str, list[tuple[datetime, datetime | None]]] = {}
    over = select(outage).where(outage.c.ended_at >= month.begins)
    for row in connection.execute(over):
        found.setdefault(row.portal, []).append((row.began_at, row.ended_at))
    for row in connection.execute(select(breaker).where(breaker.c.failing_since.is_not(None))):
        found.setdefault(row.portal, []).append((row.failing_since, None))
    return found


def _is_late(connection: Connection, today: date) -> ColumnElement[bool]:
    table = decision.c
    published_on = china_day(connection.dialect, table.published_at)
    return or_(published_on > table.due_on, and_(table.published_at.is_(None), table.due_on < today))


def _hand_ins(connection: Connection, identities: Sequence[str]) -> dict[str, list[HandIn]]:
    found: dict[str, list[HandIn]] = {identity: [] for identity in identities}
    told = select(event).where(
        event.c.identity.in_(identities),
        event.c.rank != Rank.MENDED,
        event.c.outcome.not_in(_SAYS_NOTHING),
        event.c.action != Action.WITHDRAW,
    )
    for row in connection.execute(told):
        found[row.identity].append(
            HandIn(
                revision=row.revision,
                seen_at=row.seen_at,
                reviewed=_REVIEWED.get(Outcome(row.outcome), Reviewed.PASSED),
                reviewed_at=row.reviewed_at,
                portals=tuple(row.portals.split()),
            )
        )
    return found


def _ways(connection: Connection, due: Mapping[str, date], failing: Failing) -> dict[str, list[Way]]:
    found: dict[str, list[Way]] = {identity: [] for identity in due}
    same = and_(
        delivery.c.decision_key == publication.c.decision_key,
        delivery.c.portal == publication.c.portal,
        delivery.c.revision == publication.c.revision,
    )
    told = (
        select(publication, delivery.c.first_try_at)
        .join_from(publication, delivery, same, isouter=True)
        .where(publication.c.decision_key.in_(list(due)))
    )
    for row in connection.execute(told):
        end = end_of(due[row.decision_key])
        failed = any(
            began < end and (ended is None or ended >= end) for began, ended in failing.get(row.portal, ())
        )
        found[row.decision_key].append(
            Way(
                portal=row.portal,
                revision=row.revision,
                accepted_at=row.accepted_at,
                first_try_at=row.first_try_at,
                failing=failed,
            )
        )
    return found
