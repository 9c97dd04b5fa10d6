"""Writes down what became of claimed deliveries: attempts, receipts, audit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Connection, select, update

from sinks.codecs import ReceiptCodec
from sinks.ledger import audit
from sinks.ledger.audit import Entry, Note
from sinks.ledger.bulk import insert_all, one_of, update_all
from sinks.ledger.tables import attempt, delivery, outgoing
from sinks.ports import Answer
from sinks.queue import Claim
from sinks.states import State
from sinks.trying import FAILURES
from streams.domain.events import Receipt
from streams.domain.stages import EventId, PortalId
from streams.topics import RECEIPT


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a claim."""

    claim: Claim
    answer: Answer
    started_at: datetime
    ended_at: datetime
    state: State
    next_try_at: datetime
    of_portal: bool = True
    """Whether the answer says something of the portal; not where this process gave up by itself."""

    @property
    def speaks_ill(self) -> bool:
        """Whether the portal as a whole has failed with it."""
        return self.of_portal and self.answer.verdict in FAILURES


def settle(connection: Connection, results: Sequence[Result], codec: ReceiptCodec) -> None:
    """Log every attempt; move on what was accepted or whose lease still stands, with receipt and audit.

    Needs `writing(…, chained=True)`.
    """
    leases = {result.claim.id: result for result in results}
    held = connection.execute(
        select(delivery.c.id, delivery.c.lease)
        .where(one_of(connection, list(leases), delivery.c.id), delivery.c.state == State.WAITING)
        .order_by(delivery.c.id)
        .with_for_update()
    )
    # what a portal has accepted it has, also when the answer came after the lease had gone to another
    mine = [
        leases[row.id]
        for row in held
        if row.lease == leases[row.id].claim.lease or leases[row.id].state is State.ACCEPTED
    ]
    update_all(connection, delivery, [_settled(result) for result in mine])
    accepted = [result for result in mine if result.state is State.ACCEPTED]
    receipts = [_outgoing(receipt_of(result), codec) for result in accepted]
    insert_all(connection, outgoing, receipts, known=True)
    audit.append(connection, [_note(result) for result in mine if result.state is not State.WAITING])
    # last: its foreign key would lock each delivery once more before it is changed
    insert_all(connection, attempt, [_attempt(result) for result in results])


def hasten(connection: Connection, portals: Collection[PortalId], now: datetime) -> None:
    """Try now what waits only because `portals` did not answer; a wait that a portal asked for stays."""
    connection.execute(
        update(delivery)
        .where(
            delivery.c.portal.in_(portals),
            delivery.c.state == State.WAITING,
            delivery.c.status == 0,
            delivery.c.attempts > 0,
            delivery.c.next_try_at > now,
            delivery.c.lease == "",
        )
        .values(next_try_at=now)
    )


def receipt_of(result: Result) -> Receipt:
    """Return the receipt of an accepted delivery; the same delivery always gives the same event id."""
    delivered = result.claim.delivery
    return Receipt(
        event_id=EventId(str(uuid5(NAMESPACE_URL, f"receipt:{delivered.idempotency_key}"))),
        decision_event_id=delivered.event_id,
        key=delivered.key,
        portal=delivered.portal,
        revision=delivered.revision,
        action=delivered.action,
        status=result.answer.status,
        remote_id=result.answer.remote_id,
        attempts=result.claim.attempts,
        accepted_at=result.ended_at,
    )


def _attempt(result: Result) -> dict[str, object]:
    return {
        "delivery_id": result.claim.id,
        "number": result.claim.attempts,
        "started_at": result.started_at,
        "seconds": (result.ended_at - result.started_at).total_seconds(),
        "verdict": result.answer.verdict,
        "status": result.answer.status,
        "reason": result.answer.reason,
    }


def _settled(result: Result) -> dict[str, object]:
    return {
        "id": result.claim.id,
        "state": result.state,
        "next_try_at": result.next_try_at,
        "lease": "",
        "settled_at": None if result.state is State.WAITING else result.ended_at,
        "status": result.answer.status,
        "reason": result.answer.reason,
        "remote_id": result.answer.remote_id,
        "probe_at": result.ended_at if result.state is State.ACCEPTED else None,
    }


def _outgoing(receipt: Receipt, codec: ReceiptCodec) -> dict[str, object]:
    return {
        "topic": RECEIPT.name,
        "key": receipt.key,
        "event_id": receipt.event_id,
        "payload": codec.encode_receipt(receipt),
        "created_at": receipt.accepted_at,
    }


def _note(result: Result) -> Note:
    delivered = result.claim.delivery
    entry = Entry.ACCEPTED if result.state is State.ACCEPTED else Entry.DEAD
    return Note(entry=entry, event_id=delivered.event_id, portal=delivered.portal, at=result.ended_at)
