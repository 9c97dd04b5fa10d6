"""What moves between Kafka and the rest: records, outputs, and who takes batches into a store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

ANY_PARTITION = -1
"""The client chooses it by the key."""


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
    partition: int = ANY_PARTITION


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


def spans_of(records: Sequence[Record]) -> Mapping[tuple[str, int], Span]:
    """Return (topic, partition) → span of a batch; the order within a partition is Kafka's."""
    spans: dict[tuple[str, int], Span] = {}
    for record in records:
        place = (record.topic, record.partition)
        first = spans[place].first if place in spans else record.offset
        spans[place] = Span(first, record.offset + 1)
    return spans
