"""What is seen of what the portals have accepted, for metrics and for people."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, and_, func, literal, select, update

from sinks.ledger.database import reading, writing
from sinks.ledger.sightings import sighting
from sinks.ledger.tables import delivery
from sinks.probing.following import JITTER, Schedule
from sinks.probing.ports import Sight
from streams.domain.stages import PortalId


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalSeen:
    """What stands at one portal."""

    portal: PortalId
    unseen: int
    """Accepted revisions that it is not known to show now, findings among them."""
    oldest: timedelta
    """How long the oldest of these was accepted, or no longer seen; 0 where there is none."""
    findings: Mapping[str, int]
    seen: int = 0
    """Revisions that it shows as it should; counted for people, not for metrics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """One revision that a portal does not show as it should."""

    portal: str
    key: str
    revision: int
    sight: str
    differs: tuple[str, ...]
    """Official codes of the columns that read otherwise."""
    unseen_since: datetime
    found_at: datetime | None
    """None: the portal still has time."""
    looked_at: datetime
    looks: int
    reason: str


def portals_seen(
    connection: Connection, portals: Collection[PortalId], now: datetime, longest: timedelta
) -> list[PortalSeen]:
    """Return how each of `portals` stands; what is not seen is looked for at least every `longest`."""
    found = _findings(connection, portals)
    return [_seen(connection, portal, now, longest, found.get(portal, {})) for portal in portals]


def seen_by_portal(engine: Engine, portals: Collection[PortalId], now: datetime) -> list[PortalSeen]:
    """Return how each of `portals` stands. Raises `UnavailableError`."""
    table = sighting.c
    counted = (
        select(table.portal, func.count())
        .join(delivery, _same())
        .where(table.sight == Sight.SEEN, table.unseen_since.is_(None), delivery.c.probe_at.is_not(None))
        .group_by(table.portal)
    )
    with reading(engine) as connection:
        seen: dict[str, int] = dict(connection.execute(counted).all())
        told = portals_seen(connection, portals, now, Schedule().longest)
    return [replace(one, seen=seen.get(one.portal, 0)) for one in told]


def finding_lines(engine: Engine, portal: str | None = None, *, late: bool = True) -> tuple[FindingLine, ...]:
    """Return what is not seen as it should be, the oldest first; `late` only what is a finding.

    Raises `UnavailableError`.
    """
    table = sighting.c
    columns = [table[name] for name in FindingLine.__slots__ if name != "key"]
    asked = (
        select(table.decision_key.label("key"), *columns)
        .join(delivery, _same())
        .where(delivery.c.probe_at.is_not(None), table.unseen_since.is_not(None))
        .order_by(table.unseen_since, table.portal, table.decision_key)
    )
    if late:
        asked = asked.where(table.found_at.is_not(None))
    if portal:
        asked = asked.where(table.portal == portal)
    with reading(engine) as connection:
        rows = [dict(row) for row in connection.execute(asked).mappings()]
    return tuple(FindingLine(**{**row, "differs": tuple(row["differs"].split())}) for row in rows)


def look_again(engine: Engine, portal: str | None, now: datetime) -> int:
    """Let what is not seen be looked for at once, as where a portal was mended; return how many."""
    lines = finding_lines(engine, portal, late=False)
    with writing(engine) as connection:
        for line in lines:
            connection.execute(
                update(delivery)
                .where(
                    delivery.c.decision_key == line.key,
                    delivery.c.portal == line.portal,
                    delivery.c.revision == line.revision,
                    delivery.c.probe_at > now,
                )
                .values(probe_at=now)
            )
    return len(lines)


def _same() -> ColumnElement[bool]:
    return and_(
        sighting.c.decision_key == delivery.c.decision_key,
        sighting.c.portal == delivery.c.portal,
        sighting.c.revision == delivery.c.revision,
    )


def _findings(connection: Connection, portals: Collection[PortalId]) -> dict[str, dict[str, int]]:
    table = sighting.c
    found: dict[str, dict[str, int]] = {}
    counted = (
        select(table.portal, table.sight, func.count())
        .where(table.found_at.is_not(None), table.portal.in_(portals))
        .group_by(table.portal, table.sight)
    )
    for portal, sight, count in connection.execute(counted):
        found.setdefault(portal, {})[sight] = count
    return found


def _seen(
    connection: Connection,
    portal: PortalId,
    now: datetime,
    longest: timedelta,
    findings: Mapping[str, int],
) -> PortalSeen:
    table = sighting.c
    since = func.coalesce(table.unseen_since, delivery.c.settled_at)
    # what is seen is looked for again much later, so that the index leads past nearly all of it
    soon = now + longest * (1 + 2 * JITTER)
    asked = (
        select(func.count(), func.min(since))
        .select_from(delivery)
        .outerjoin(sighting, _same())
        .where(
            delivery.c.portal == literal(portal),
            delivery.c.probe_at.is_not(None),
            delivery.c.probe_at <= soon,
            table.looked_at.is_(None) | table.unseen_since.is_not(None),
        )
    )
    unseen, oldest = connection.execute(asked).one()
    return PortalSeen(
        portal=portal,
        unseen=unseen,
        oldest=max(now - oldest, timedelta()) if oldest else timedelta(),
        findings=findings,
    )
