"""What a process counts, on a registry that is handed in."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from prometheus_client import CollectorRegistry, ProcessCollector, disable_created_metrics

from monitoring import definitions
from monitoring.deadlines import Deadlines, Notices
from monitoring.labels import Bounded
from monitoring.liveness import Liveness
from monitoring.making import gathered, make_counter, make_gauge, make_histogram, make_info
from monitoring.probes import Probes
from monitoring.surroundings import Departments, Surroundings


class Engine:
    """Counts what the engine does, and lets the liveness know; fits `streams.engine.ports.Observer`."""

    def __init__(self, registry: CollectorRegistry, liveness: Liveness) -> None:
        self._liveness = liveness
        self._stages = make_counter(registry, definitions.STAGE)
        self._sizes = make_histogram(registry, definitions.BATCH_SIZE)
        self._seconds = make_histogram(registry, definitions.BATCH_SECONDS)
        self._aborts = make_counter(registry, definitions.ABORTS)
        self._lag = make_gauge(registry, definitions.LAG)
        self._committed = make_gauge(registry, definitions.COMMITTED)
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
        self._attempts = make_counter(registry, definitions.DELIVERIES)
        self._seconds = make_histogram(registry, definitions.DELIVERY_SECONDS)
        self._backlog = make_gauge(registry, definitions.BACKLOG)
        self._oldest = make_gauge(registry, definitions.OLDEST)
        self._dead = make_gauge(registry, definitions.DEAD)
        self._decisions = make_gauge(registry, definitions.DECISIONS)
        self._condition = make_gauge(registry, definitions.CONDITION)
        self._way_off = make_gauge(registry, definitions.WAY_OFF)
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
        counts = gathered(statuses, self._status)
        self._statuses |= set(counts)
        for status in self._statuses:
            self._decisions.labels(status).set(counts[status])


class Intake:
    """Counts requests; fits `connectors.http.ports.Observer`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._requests = make_counter(registry, definitions.REQUESTS)
        self._seconds = make_histogram(registry, definitions.REQUEST_SECONDS)
        self._rows = make_counter(registry, definitions.ROWS)
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
        self._requests = make_counter(registry, definitions.SITE_REQUESTS)
        self._seconds = make_histogram(registry, definitions.SITE_SECONDS)
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
        # a series more for every counter, which nobody asks for
        disable_created_metrics()  # type: ignore[no-untyped-call]  # no types there
        ProcessCollector(registry=registry)
        make_info(registry, definitions.BUILD).info({"version": version, "python": python})
        self.engine = Engine(registry, liveness)
        self.sinks = Sinks(registry)
        self.deadlines = Deadlines(registry, departments)
        self.notices = Notices(registry)
        self.intake = Intake(registry)
        self.site = Site(registry)
        self.probes = Probes(registry)
        self.departments = Departments(registry, departments)
        self.surroundings = Surroundings(registry)
        self._masked = make_counter(registry, definitions.MASKED)
        self._kind = Bounded()

    def masked(self, kind: str, count: int) -> None:
        """Count `count` places of personal data of `kind` that were masked."""
        self._masked.labels(self._kind(kind)).inc(count)
