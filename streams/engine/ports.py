"""What the engine moves, and what it asks of those around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Record:
    """One Kafka record as it was read; `value` is None for a tombstone."""

    topic: str
    partition: int
    offset: int
    timestamp: datetime
    """Aware, UTC: when the broker took it."""
    key: bytes | None
    value: bytes | None


@dataclass(frozen=True, slots=True)
class Output:
    """One record to be written in the batch's transaction."""

    topic: str
    key: str
    value: bytes


@dataclass(frozen=True, slots=True)
class Span:
    """The records of one partition in a batch: the first offset, and the one after the last."""

    first: int
    next: int


class Handler(Protocol):
    """Takes batches of a follower into a store that keeps the offsets beside the rows."""

    def positions(self, partitions: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], int]:
        """Return the next offset of each (topic, partition) that the store has seen.

        Called on assignment. Raises `UnavailableError` while the store is away.
        """
        ...

    def apply(self, records: Sequence[Record], spans: Mapping[tuple[str, int], Span]) -> None:
        """Store the records' effects and the positions `spans[...].next` in one transaction.

        Raises `UnavailableError` when the store is away (nothing was stored, the batch comes again) and
        `StalePositionError` when a stored position is no longer `first`: another follower was there.
        """
        ...


class Observer(Protocol):
    """Counts what the engine does; implemented by `monitoring.metrics`."""

    def batch(self, *, size: int, seconds: float) -> None:
        """One batch was committed."""
        ...

    def outcome(self, *, stage: str, outcome: str, count: int) -> None:
        """`count` decisions left `stage` (`validate`, …) as `outcome` (`passed`, `rejected`, …)."""
        ...

    def aborted(self, *, reason: str) -> None:
        """One transaction was aborted; `reason` is Kafka's error name, such as `ILLEGAL_GENERATION`."""
        ...

    def lag(self, *, topic: str, partition: int, records: int) -> None:
        """So many records of an assigned partition are still to be read."""
        ...

    def committed(self, *, topic: str, partition: int, offset: int) -> None:
        """The position of a partition has moved to `offset`."""
        ...

    def released(self, *, topic: str, partition: int) -> None:
        """A partition went to another worker: its lag is no longer known here."""
        ...
