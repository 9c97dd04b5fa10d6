"""Keeps the breakers in the ledger, so that all who deliver know of one another's failures."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import BigInteger, Column, Connection, Integer, String, Table, select

from sinks.breaking import WELL, Breaker, Condition
from sinks.ledger.tables import metadata
from sinks.ledger.types import Moment
from sinks.ledger.upsert import insert_into
from streams.domain.stages import PortalId

breaker = Table(
    "breaker",
    metadata,
    Column("portal", String, primary_key=True),
    Column("condition", String, nullable=False),
    Column("failures", Integer, nullable=False, comment="in a row"),
    Column("last_failed", BigInteger, nullable=False, comment="the delivery that failed last"),
    Column("openings", Integer, nullable=False, comment="in a row"),
    Column("failing_since", Moment),
    Column("next_try_at", Moment),
    Column("changed_at", Moment, nullable=False),
)

sent_until = Table(
    "sent_until",
    metadata,
    Column("portal", String, primary_key=True),
    Column("at", Moment, nullable=False, comment="up to when its deliveries a second are used up"),
)

outage = Table(
    "outage",
    metadata,
    Column("portal", String, primary_key=True),
    Column("began_at", Moment, primary_key=True),
    Column("ended_at", Moment, nullable=False),
)
"""From when to when each portal failed, once that is over; what fails now stands in `breaker`."""


def load(
    connection: Connection, portals: Collection[PortalId], *, lock: bool = False
) -> dict[PortalId, Breaker]:
    """Return the breaker of each portal; with `lock` others wait for this transaction."""
    asked = select(breaker).where(breaker.c.portal.in_(sorted(portals))).order_by(breaker.c.portal)
    found = connection.execute(asked.with_for_update() if lock else asked).all()
    known = {
        row.portal: Breaker(
            condition=Condition(row.condition),
            failures=row.failures,
            last_failed=row.last_failed,
            openings=row.openings,
            failing_since=row.failing_since,
            next_try_at=row.next_try_at,
        )
        for row in found
    }
    return {portal: known.get(portal, WELL) for portal in portals}


def save(connection: Connection, changed: Mapping[PortalId, Breaker], now: datetime) -> None:
    """Write breakers that changed, and the failing that has ended with the change."""
    before = load(connection, changed) if changed else {}
    for portal, one in sorted(changed.items()):
        began_at = before[portal].failing_since
        if began_at and one.failing_since is None:
            over = insert_into(connection, outage).values(portal=portal, began_at=began_at, ended_at=now)
            connection.execute(over.on_conflict_do_nothing())
        row = {
            "condition": one.condition,
            "failures": one.failures,
            "last_failed": one.last_failed,
            "openings": one.openings,
            "failing_since": one.failing_since,
            "next_try_at": one.next_try_at,
            "changed_at": now,
        }
        insert = insert_into(connection, breaker).values(portal=portal, **row)
        connection.execute(insert.on_conflict_do_update(index_elements=["portal"], set_=row))


def used_until(connection: Connection, portal: PortalId) -> datetime | None:
    """Return up to when a portal's deliveries a second are used up, None where none was counted yet."""
    asked = select(sent_until.c.at).where(sent_until.c.portal == portal).with_for_update()
    return connection.execute(asked).scalar()


def use_until(connection: Connection, portal: PortalId, at: datetime) -> None:
    """Note up to when they are used up."""
    insert = insert_into(connection, sent_until).values(portal=portal, at=at)
    connection.execute(insert.on_conflict_do_update(index_elements=["portal"], set_={"at": at}))
