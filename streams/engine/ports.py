"""Whom the engine tells what it does."""

from typing import Protocol


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
