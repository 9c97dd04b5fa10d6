"""What is to be looked for now, as a queue in SQL: claimed with a lease, so that no two look at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Row, Select, exists, select, tuple_, update

from sinks.ledger.sightings import sighting
from sinks.ledger.tables import delivery
from sinks.ledger.upsert import chunks
from sinks.probing.following import Standing
from sinks.probing.ports import Sent, Sight
from sinks.states import State
from streams.domain.stages import Action, DecisionKey, EventId, Kind, PortalId, SubjectClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A look that is this process's to take, until its lease ends."""

    id: int
    """Of the delivery."""
    until: datetime
    """End of the lease; whoever claims next writes another moment, so that this one also names the lease."""
    event_id: EventId
    sent: Sent
    body: bytes
    standing: Standing


def due(connection: Connection, portal: PortalId, now: datetime) -> bool:
    """Tell whether anything may be claimed; a cheap look before a writing transaction."""
    return connection.execute(_due(portal, now).limit(1)).first() is not None


def claim(
    connection: Connection, portal: PortalId, limit: int, now: datetime, until: datetime
) -> list[Claim]:
    """Lease up to `limit` looks at a portal, the longest due first.

    What a newer revision has taken the place of is never looked for again.
    """
    first = _due(portal, now).order_by(delivery.c.probe_at, delivery.c.id).limit(limit)
    ids = [row.id for row in connection.execute(first.with_for_update(skip_locked=True))]
    if not ids:
        return []
    rows = connection.execute(
        update(delivery).where(delivery.c.id.in_(ids)).values(probe_at=until).returning(*delivery.columns)
    ).all()
    old = overtaken(connection, ids)
    forget(connection, [row.id for row in rows if row.id in old])
    current = sorted((row for row in rows if row.id not in old), key=lambda row: row.id)
    known = _standings(connection, current)
    return [_claim(row, until, known.get((row.decision_key, row.revision))) for row in current]


def overtaken(connection: Connection, ids: Collection[int]) -> set[int]:
    """Return those deliveries after which the portal has accepted a newer revision."""
    newer = delivery.alias()
    later = exists(
        select(newer.c.id).where(
            newer.c.decision_key == delivery.c.decision_key,
            newer.c.portal == delivery.c.portal,
            newer.c.revision > delivery.c.revision,
            newer.c.state == State.ACCEPTED,
        )
    )
    return set(connection.execute(select(delivery.c.id).where(delivery.c.id.in_(ids), later)).scalars())


def former(connection: Connection, newest: Collection[Sent]) -> list[int]:
    """Return deliveries of lower revisions of these that are still to be looked for."""
    revisions = {(sent.key, sent.portal): sent.revision for sent in newest}
    table = delivery.c
    ids: list[int] = []
    for some in chunks(sorted({sent.key for sent in newest})):
        rows = connection.execute(
            select(table.id, table.decision_key, table.portal, table.revision).where(
                table.decision_key.in_(some), table.probe_at.is_not(None)
            )
        )
        ids += [row.id for row in rows if row.revision < revisions.get((row.decision_key, row.portal), 0)]
    return ids


def forget(connection: Connection, ids: Sequence[int]) -> None:
    """Look for these no more: what was found of them is settled."""
    if not ids:
        return
    places = connection.execute(
        update(delivery)
        .where(delivery.c.id.in_(ids))
        .values(probe_at=None)
        .returning(delivery.c.decision_key, delivery.c.portal, delivery.c.revision)
    ).all()
    place = tuple_(sighting.c.decision_key, sighting.c.portal, sighting.c.revision)
    for some in chunks(places):
        connection.execute(
            update(sighting).where(place.in_([tuple(one) for one in some])).values(found_at=None)
        )


def _due(portal: PortalId, now: datetime) -> Select[int]:
    return select(delivery.c.id).where(
        delivery.c.portal == portal, delivery.c.probe_at.is_not(None), delivery.c.probe_at <= now
    )


def _standings(connection: Connection, rows: Sequence[Row[Any]]) -> dict[tuple[str, int], Standing]:
    if not rows:
        return {}
    portal, keys = rows[0].portal, [row.decision_key for row in rows]
    table = sighting.c
    found = connection.execute(select(sighting).where(table.decision_key.in_(keys), table.portal == portal))
    return {(row.decision_key, row.revision): _standing(row) for row in found}


def _standing(row: Row[Any]) -> Standing:
    values = {name: getattr(row, name) for name in Standing.__slots__}
    return Standing(**{**values, "sight": Sight(row.sight), "differs": tuple(row.differs.split())})


def _claim(row: Row[Any], until: datetime, standing: Standing | None) -> Claim:
    content = orjson.loads(row.body)
    sent = Sent(
        portal=PortalId(row.portal),
        key=DecisionKey(row.decision_key),
        revision=row.revision,
        action=Action(row.action),
        kind=Kind(content["kind"]),
        natural=content["subject_class"] == SubjectClass.NATURAL,
        authority=content["department_code"],
        remote_id=row.remote_id,
        columns={code: text for code, text in content["columns"].items() if text},
    )
    return Claim(
        id=row.id,
        until=until,
        event_id=EventId(row.event_id),
        sent=sent,
        body=row.body,
        standing=standing or Standing(unseen_since=row.settled_at),
    )
