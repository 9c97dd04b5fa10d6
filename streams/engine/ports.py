"""Whom the engine tells what it does, and whom it asks before it does it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from streams.records import Output, Record


class Observer(Protocol):
    """Counts what the engine does; implemented by `monitoring.metrics`."""

    def batch(self, *, size: int, seconds: float) -> None:
        """Count one committed batch."""
        ...

    def outcome(self, *, stage: str, outcome: str, count: int) -> None:
        """Count decisions that left `stage` (`validate`, …) as `outcome` (`passed`, …)."""
        ...

    def aborted(self, *, reason: str) -> None:
        """Count one aborted transaction; `reason` is Kafka's error name, such as `ILLEGAL_GENERATION`."""
        ...

    def lag(self, *, topic: str, partition: int, records: int) -> None:
        """Tell how many records of an assigned partition are still to be read."""
        ...

    def committed(self, *, topic: str, partition: int, offset: int) -> None:
        """Tell that the position of a partition has moved to `offset`."""
        ...

    def released(self, *, topic: str, partition: int) -> None:
        """Tell that a partition went to another worker: its lag is no longer known here."""
        ...


class Gate(Protocol):
    """Knows when a partition's records may be judged; all calls come from the consumer's thread."""

    def assigned(self, partitions: Iterable[int]) -> None:
        """Take partitions over; they are closed."""
        ...

    def revoked(self, partitions: Iterable[int]) -> None:
        """Forget partitions that went to another worker."""
        ...

    def closed(self) -> Collection[int]:
        """Return the partitions for which `begin` is to be called; one may be closed again."""
        ...

    def begin(self, partition: int) -> None:
        """Begin to open a partition. Raises the driver's `KafkaException` to be called again."""
        ...

    def opened(self) -> Collection[int]:
        """Go on for a moment, and return the partitions that have become open.

        Raises the driver's `KafkaException` to be called again.
        """
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is written for one record."""

    outcomes: tuple[Any, ...]
    """Each for the pump's `encode`."""
    outputs: tuple[Output, ...] = ()
    """Written beside."""


class Judge(Protocol):
    """Has the last word on a batch, by what is known of its decisions; all calls from one thread."""

    def judge(self, decided: Sequence[tuple[Record, Any]]) -> Sequence[Verdict]:
        """Return a verdict for each record, given in offset order, as if all before it were committed.

        May be called again for the same batch. Raises `UnavailableError` while what is known is away.
        """
        ...

    def committed(self) -> None:
        """Take the verdicts of the last call for committed. Raises `UnavailableError`."""
        ...
