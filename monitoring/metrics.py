"""What a process counts, on a registry that is handed in."""

from collections import Counter as Tally
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector

from monitoring import definitions
from monitoring.labels import Bounded, known_only
from monitoring.liveness import Liveness
from monitoring.metric import Metric
from monitoring.probes import Probes


class Engine:
    """Counts what the engine does, and lets the liveness know; fits `streams.engine.ports.Observer`."""

    def __init__(self, registry: CollectorRegistry, liveness: Liveness) -> None:
        self._liveness = liveness
        self._stages = _counter(registry, definitions.STAGE)
        self._sizes = _histogram(registry, definitions.BATCH_SIZE)
        self._seconds = _histogram(registry, definitions.BATCH_SECONDS)
        self._aborts = _counter(registry, definitions.ABORTS)
        self._lag = _gauge(registry, definitions.LAG)
        self._committed = _gauge(registry, definitions.COMMITTED)
        self._stage, self._outcome, self._reason = Bounded(), Bounded(), Bounded()

    def batch(self, *, size: int, seconds: float) -> None:
        """Count one committed batch."""
        self._sizes.observe(size)
        self._seconds.observe(seconds)

    def outcome(self, *, stage: str, outcome: str, count: int) -> None:
        """Count decisions that left `stage` as `outcome`."""
        self._stages.labels(self._stage(stage), self._outcome(outcome)).inc(count)

    def aborted(self, *, reason: str) -> None:
        """Count one aborted transaction."""
        self._aborts.labels(self._reason(reason)).inc()

    def lag(self, *, topic: str, partition: int, records: int) -> None:
        """Show how many records of a partition are still to be read."""
        self._lag.labels(topic, str(partition)).set(records)
        self._liveness.lag(topic=topic, partition=partition, records=records)

    def committed(self, *, topic: str, partition: int, offset: int) -> None:
        """Show how far a partition was worked on."""
        self._committed.labels(topic, str(partition)).set(offset)
        self._liveness.committed(topic=topic, partition=partition, offset=offset)

    def released(self, *, topic: str, partition: int) -> None:
        """Forget a partition that went to another worker."""
        for gauge in (self._lag, self._committed):
            gauge.remove_by_labels({"topic": topic, "partition": str(partition)})
        self._liveness.released(topic=topic, partition=partition)


class Sinks:
    """Counts deliveries; fits `sinks.ports.Observer`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._attempts = _counter(registry, definitions.DELIVERIES)
        self._seconds = _histogram(registry, definitions.DELIVERY_SECONDS)
        self._backlog = _gauge(registry, definitions.BACKLOG)
        self._oldest = _gauge(registry, definitions.OLDEST)
        self._dead = _gauge(registry, definitions.DEAD)
        self._decisions = _gauge(registry, definitions.DECISIONS)
        self._condition = _gauge(registry, definitions.CONDITION)
        self._way_off = _gauge(registry, definitions.WAY_OFF)
        self._status = Bounded()
        self._statuses: set[str] = set()

    def attempted(self, *, portal: str, verdict: str, seconds: float) -> None:
        """Count one attempt."""
        self._attempts.labels(portal, str(verdict)).inc()
        self._seconds.labels(portal).observe(seconds)

    def backlog(self, *, portal: str, waiting: int, oldest: timedelta, dead: int) -> None:
        """Show what waits for a portal, and for a person."""
        self._backlog.labels(portal).set(waiting)
        self._oldest.labels(portal).set(oldest.total_seconds())
        self._dead.labels(portal).set(dead)

    def portal(self, *, portal: str, condition: str, way_off: float) -> None:
        """Show a portal's condition, and how far it is on the way to being switched off."""
        for one in ("closed", "open", "half_open", "off"):
            self._condition.labels(portal, one).set(one == condition)
        self._way_off.labels(portal).set(way_off)

    def ledger(self, *, statuses: Mapping[str, int]) -> None:
        """Show the decisions by status; a status that is no longer named has none."""
        counts = _gathered(statuses, self._status)
        self._statuses |= set(counts)
        for status in self._statuses:
            self._decisions.labels(status).set(counts[status])


class Deadlines:
    """Shows due days kept and missed; fits `streams.agents.deadline.Observer`."""

    def __init__(self, registry: CollectorRegistry, departments: Collection[str]) -> None:
        self._near = _gauge(registry, definitions.NEAR_DUE)
        self._past = _gauge(registry, definitions.PAST_DUE)
        self._calendar = _gauge(registry, definitions.CALENDAR)
        self._tick = _gauge(registry, definitions.TICK)
        self._departments = departments
        self._shown: set[str] = set()

    def due(self, *, near: Mapping[str, int], past: Mapping[str, int]) -> None:
        """Show department code → open decisions near due and past due.

        A code that the catalogue does not know was typed by somebody and may be anything: it is `other`.
        """
        counts = [
            _gathered(tally, lambda code: known_only(self._departments, code)) for tally in (near, past)
        ]
        self._shown |= {code for tally in counts for code in tally}
        for gauge, tally in zip((self._near, self._past), counts, strict=True):
            for code in self._shown:
                gauge.labels(code).set(tally[code])

    def ticked(self, *, at: datetime) -> None:
        """Show when the due days were last looked at."""
        self._tick.set(at.timestamp())

    def calendar_known(self, *, year: int, known: bool) -> None:
        """Show whether the holidays of `year` are known."""
        self._calendar.labels(str(year)).set(known)


class Notices:
    """Counts who is told of alerts; fits `sinks.notices.ports.Observer`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._told = _counter(registry, definitions.NOTICES)
        self._waiting = _gauge(registry, definitions.NOTICES_WAITING)
        self._oldest = _gauge(registry, definitions.NOTICES_OLDEST)

    def told(self, *, channel: str, verdict: str, count: int) -> None:
        """Count alerts that were tried."""
        self._told.labels(channel, verdict).inc(count)

    def waiting(self, *, channel: str, count: int, oldest: timedelta) -> None:
        """Show what waits for a channel."""
        self._waiting.labels(channel).set(count)
        self._oldest.labels(channel).set(oldest.total_seconds())


class Intake:
    """Counts requests; fits `connectors.http.ports.Observer`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._requests = _counter(registry, definitions.REQUESTS)
        self._seconds = _histogram(registry, definitions.REQUEST_SECONDS)
        self._rows = _counter(registry, definitions.ROWS)
        self._route = Bounded()

    def answered(self, *, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        self._requests.labels(self._route(route), str(status)).inc()
        self._seconds.labels(self._route(route)).observe(seconds)

    def rows(self, *, accepted: int, refused: int) -> None:
        """Count the rows of one request."""
        self._rows.labels("accepted").inc(accepted)
        self._rows.labels("refused").inc(refused)


class Site:
    """Counts requests to the public site; fits `sinks.site.web.office.Observer`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._requests = _counter(registry, definitions.SITE_REQUESTS)
        self._seconds = _histogram(registry, definitions.SITE_SECONDS)
        self._route = Bounded()

    def answered(self, *, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        self._requests.labels(self._route(route), str(status)).inc()
        self._seconds.labels(self._route(route)).observe(seconds)


class Metrics:
    """All that one process counts.

    `departments` are the codes of the catalogue, the only ones that become labels.
    """

    def __init__(
        self,
        registry: CollectorRegistry,
        *,
        version: str,
        python: str,
        liveness: Liveness,
        departments: Collection[str] = frozenset(),
    ) -> None:
        ProcessCollector(registry=registry)
        info = Info(definitions.BUILD.name.removesuffix("_info"), definitions.BUILD.help, registry=registry)
        info.info({"version": version, "python": python})
        self.engine = Engine(registry, liveness)
        self.sinks = Sinks(registry)
        self.deadlines = Deadlines(registry, departments)
        self.notices = Notices(registry)
        self.intake = Intake(registry)
        self.site = Site(registry)
        self.probes = Probes(registry)
        self._masked = _counter(registry, definitions.MASKED)
        self._kind = Bounded()

    def masked(self, kind: str, count: int) -> None:
        """Count `count` places of personal data of `kind` that were masked."""
        self._masked.labels(self._kind(kind)).inc(count)


def _gathered(counts: Mapping[str, int], label: Callable[[str], str]) -> Tally[str]:
    gathered: Tally[str] = Tally()
    for value, count in counts.items():
        gathered[label(value)] += count
    return gathered


def _counter(registry: CollectorRegistry, metric: Metric) -> Counter:
    return Counter(metric.name, metric.help, metric.labels, registry=registry)


def _gauge(registry: CollectorRegistry, metric: Metric) -> Gauge:
    return Gauge(metric.name, metric.help, metric.labels, registry=registry)


def _histogram(registry: CollectorRegistry, metric: Metric) -> Histogram:
    return Histogram(metric.name, metric.help, metric.labels, registry=registry, buckets=metric.buckets)
