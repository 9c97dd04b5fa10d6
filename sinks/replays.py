"""Remembers HTTP requests by their Idempotency-Key in the ledger; fits `streams.replays.Replays`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, select, update

from sinks.ledger.database import writing
from sinks.ledger.hand_ins import hand_in
from sinks.ledger.upsert import insert_into
from streams.replays import KEPT, LEASE, Answered, Asked, Beginning, InFlight, Reused, Started


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerReplays:
    """One row a request, for all servers of the ledger; keys are kept as digests."""

    ledger: Engine
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    def begin(self, asked: Asked) -> Beginning:
        """Take the request on, or say why not. Raises `UnavailableError`."""
        now, owner = self.now(), self.new_id()
        with writing(self.ledger) as connection:
            connection.execute(delete(hand_in).where(hand_in.c.begun_at < now - KEPT))
            return _started(connection, asked, owner, now) or _known(connection, asked, owner, now)

    def renew(self, asked: Asked, owner: str) -> None:
        """Say that the try `owner` is still at work. Raises `UnavailableError`."""
        self._tell(asked, owner, leased_until=self.now() + LEASE)

    def finish(self, asked: Asked, owner: str, answer: Answered) -> None:
        """Remember the answer, unless another try has given one. Raises `UnavailableError`."""
        self._tell(asked, owner, status=answer.status, answer=answer.body)

    def give_up(self, asked: Asked, owner: str) -> None:
        """Let a retry begin at once; the revision stays. Raises `UnavailableError`."""
        self._tell(asked, owner, leased_until=self.now())

    def _tell(self, asked: Asked, owner: str, **values: Any) -> None:
        mine = and_(_same(asked), hand_in.c.owner == owner, hand_in.c.status.is_(None))
        with writing(self.ledger) as connection:
            connection.execute(update(hand_in).where(mine).values(**values))


def _same(asked: Asked) -> ColumnElement[bool]:
    return and_(hand_in.c.department_code == asked.department, hand_in.c.key_sha256 == _digest(asked))


def _digest(asked: Asked) -> str:
    return sha256(asked.key.encode()).hexdigest()


def _started(connection: Connection, asked: Asked, owner: str, now: datetime) -> Started | None:
    """Write the request down as new; None where it is known."""
    revision = int(now.timestamp() * 1000)
    row = {
        "department_code": asked.department,
        "key_sha256": _digest(asked),
        "body_sha256": asked.sha256,
        "revision": revision,
        "owner": owner,
        "begun_at": now,
        "leased_until": now + LEASE,
    }
    new = insert_into(connection, hand_in).values(row).on_conflict_do_nothing().returning(hand_in.c.owner)
    return Started(owner=owner, revision=revision) if connection.execute(new).first() else None


def _known(connection: Connection, asked: Asked, owner: str, now: datetime) -> Beginning:
    row = connection.execute(select(hand_in).where(_same(asked)).with_for_update()).one()
    if row.body_sha256 != asked.sha256:
        return Reused()
    if row.status is not None:
        return Answered(status=row.status, body=row.answer)
    if row.leased_until > now:
        return InFlight()
    values = {"owner": owner, "leased_until": now + LEASE}
    connection.execute(update(hand_in).where(_same(asked)).values(**values))
    return Started(owner=owner, revision=row.revision)
