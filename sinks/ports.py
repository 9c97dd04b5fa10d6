"""What delivering asks of an adaptor, and whom it tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol, runtime_checkable

from streams.domain.stages import Action, DecisionKey, EventId, PortalId


class Verdict(StrEnum):
    """How one attempt ended."""

    ACCEPTED = "accepted"
    RETRY = "retry"
    """The portal is away, slow or throttling; try again later."""
    REFUSED = "refused"
    """The portal said no for good: a dead letter."""
    INDETERMINATE = "indeterminate"
    """The answer was lost: send again with the same idempotency key."""
    PERSONAL = "personal"
    """Not sent: the body holds what marks a person (`sinks.leaving`). A dead letter, and an alert."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One (portal, decision, revision) to be delivered."""

    portal: PortalId
    key: DecisionKey
    revision: int
    event_id: EventId
    action: Action
    body: bytes
    """What is sent, as JSON in UTF-8 with the official column codes."""
    idempotency_key: str
    """The same on every try of this (portal, decision, revision)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one attempt."""

    verdict: Verdict
    status: int = 0
    """HTTP status, or 0 when there was no answer."""
    reason: str = ""
    """The portal's own words, cut to 500 characters, or the transport's error name."""
    remote_id: str = ""
    retry_after: timedelta | None = None


class Adaptor(Protocol):
    """Speaks one portal's protocol."""

    async def deliver(self, delivery: Delivery) -> Answer:
        """Try once. Never raises for what the portal or the network does: that is in the answer."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


@runtime_checkable
class BatchAdaptor(Adaptor, Protocol):
    """Speaks a protocol that takes several deliveries in one request."""

    async def deliver_batch(self, deliveries: Sequence[Delivery]) -> Sequence[Answer]:
        """Try once, each of another decision; the answers are in the same order. Never raises."""
        ...


class Observer(Protocol):
    """Counts deliveries; implemented by `monitoring.metrics`."""

    def attempted(self, *, portal: PortalId, verdict: Verdict, seconds: float) -> None:
        """One attempt ended."""
        ...

    def backlog(self, *, portal: PortalId, waiting: int, oldest: timedelta, dead: int) -> None:
        """So many deliveries of a portal wait, the oldest for so long; `dead` wait for a person."""
        ...

    def portal(self, *, portal: PortalId, condition: str, way_off: float) -> None:
        """Show a portal's condition (`sinks.breaking`), and how far it is on the way to being off."""
        ...

    def ledger(self, *, statuses: Mapping[str, int]) -> None:
        """Decisions in the ledger by status (`received`, `published`, `rejected`, `withheld`)."""
        ...
