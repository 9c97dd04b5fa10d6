"""Makes what counts and shows, from the definitions."""

from collections import Counter as Tally
from collections.abc import Callable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info

from monitoring.metric import Metric


def make_counter(registry: CollectorRegistry, metric: Metric) -> Counter:
    """Return a counter."""
    return Counter(metric.name, metric.help, metric.labels, registry=registry)


def make_gauge(registry: CollectorRegistry, metric: Metric) -> Gauge:
    """Return a gauge."""
    return Gauge(metric.name, metric.help, metric.labels, registry=registry)


def make_histogram(registry: CollectorRegistry, metric: Metric) -> Histogram:
    """Return a histogram."""
    return Histogram(metric.name, metric.help, metric.labels, registry=registry, buckets=metric.buckets)


def make_info(registry: CollectorRegistry, metric: Metric, *labels: str) -> Info:
    """Return an info whose children are told apart by `labels`; the other labels are its values."""
    return Info(metric.name.removesuffix("_info"), metric.help, labels, registry=registry)


def gathered(counts: Mapping[str, int], label: Callable[[str], str]) -> Tally[str]:
    """Return the counts by label; what has the same label is put together."""
    found: Tally[str] = Tally()
    for value, count in counts.items():
        found[label(value)] += count
    return found
