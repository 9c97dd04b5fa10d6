"""Writes down what looks brought: sightings, findings, audit, and the decisions that they settle."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, update

from sinks.ledger import audit, sightings
from sinks.ledger.audit import Entry, Note
from sinks.ledger.tables import delivery
from sinks.ledger.upsert import row_of
from sinks.probing.following import Standing
from sinks.probing.ports import Sight
from sinks.probing.queue import Claim, forget, former, overtaken
from sinks.record import settle_anew
from sinks.settling import DueDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What one look leaves."""

    claim: Claim
    standing: Standing
    again_at: datetime


def note(connection: Connection, looks: Sequence[Noted], due_day: DueDay) -> None:
    """Note those looks whose lease still stands, in one transaction, `writing(…, chained=True)`.

    What the portal has taken a newer revision of meanwhile says nothing any more.
    """
    mine = [one for one in looks if _kept(connection, one)]
    old = overtaken(connection, [one.claim.id for one in mine])
    current = [one for one in mine if one.claim.id not in old]
    forget(connection, [*sorted(old), *former(connection, [one.claim.sent for one in current])])
    sightings.save(connection, [_row(one) for one in current])
    audit.append(connection, [made for one in current if (made := _note(one))])
    changed = {
        str(one.claim.sent.key) for one in current if _is_seen(one.standing) != _is_seen(one.claim.standing)
    }
    settle_anew(connection, sorted(changed), due_day)


def _kept(connection: Connection, one: Noted) -> bool:
    """Set when to look again, unless the lease ran out and another looks now."""
    kept = connection.execute(
        update(delivery)
        .where(delivery.c.id == one.claim.id, delivery.c.probe_at == one.claim.until)
        .values(probe_at=one.again_at)
    )
    return kept.rowcount == 1


def _is_seen(standing: Standing) -> bool:
    return standing.unseen_since is None and standing.seen_at is not None


def _row(one: Noted) -> dict[str, Any]:
    sent = one.claim.sent
    return {
        **row_of(one.standing),
        "decision_key": sent.key,
        "portal": sent.portal,
        "revision": sent.revision,
        "event_id": one.claim.event_id,
        "differs": " ".join(one.standing.differs),
    }


def _note(one: Noted) -> Note | None:
    """Return what is new: seen for the first time or again, or another finding."""
    before, after = one.claim.standing, one.standing
    seen = _is_seen(after) and not _is_seen(before)
    found = after.found_at is not None and (before.found_at is None or before.sight is not after.sight)
    if after.looked_at is None or not (seen or found):
        return None
    return Note(
        entry=Entry(after.sight),
        event_id=one.claim.event_id,
        portal=one.claim.sent.portal,
        about=hashlib.sha256(one.claim.body).hexdigest() if after.sight is Sight.SEEN else "",
        at=after.looked_at,
    )
