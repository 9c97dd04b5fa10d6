"""What a metric is: name, kind, help and labels."""

from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    """Prometheus' metric types, as far as they are used here."""

    COUNTER = "counter"
    GAUGE = "gauge"
    HISTOGRAM = "histogram"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One metric; labels take few values, and never anything about a person."""

    name: str
    """As Prometheus shows it, but for a histogram's `_bucket`, `_sum` and `_count`."""
    type: Type
    help: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()
    """Upper bounds of a histogram's buckets, without infinity."""

    @property
    def series(self) -> tuple[str, ...]:
        """Names that a query can use."""
        if self.type is Type.HISTOGRAM:
            return tuple(f"{self.name}_{part}" for part in ("bucket", "sum", "count"))
        return (self.name,)


def counter(name: str, meaning: str, *labels: str) -> Metric:
    """Return what only grows."""
    return Metric(name=name, type=Type.COUNTER, help=meaning, labels=labels)


def gauge(name: str, meaning: str, *labels: str) -> Metric:
    """Return what goes up and down."""
    return Metric(name=name, type=Type.GAUGE, help=meaning, labels=labels)


def info(name: str, meaning: str, *labels: str) -> Metric:
    """Return what is always 1 and tells something by its labels."""
    return Metric(name=name, type=Type.INFO, help=meaning, labels=labels)


def histogram(name: str, meaning: str, *labels: str, buckets: tuple[float, ...]) -> Metric:
    """Return what is counted by its size."""
    return Metric(name=name, type=Type.HISTOGRAM, help=meaning, labels=labels, buckets=buckets)
