"""What a process shows of departments and of what is around it: certificates, disks, clocks."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry

from monitoring import definitions
from monitoring.labels import Bounded, known_only
from monitoring.making import make_counter, make_gauge, make_info

OUTCOMES = ("released", "rejected", "withheld", "held", "unchanged")
"""What the review can have done with a decision."""


class Departments:
    """Counts decisions by department; fits `streams.engine.counting.Observer`."""

    def __init__(self, registry: CollectorRegistry, codes: Collection[str]) -> None:
        self._names = make_info(registry, definitions.DEPARTMENT, "department")
        self._decisions = make_counter(registry, definitions.DEPARTMENT_DECISIONS)
        self._codes = codes

    def named(self, names: Mapping[str, str]) -> None:
        """Show department code → name, of the catalogue in force."""
        for code, name in names.items():
            self._names.labels(code).info({"name": name})

    def begin(self, codes: Collection[str]) -> None:
        """Show departments from 0 on, so that their first decision is an increase."""
        for code in codes:
            for outcome in OUTCOMES:
                self._decisions.labels(code, outcome)

    def decided(self, *, department: str, outcome: str, count: int) -> None:
        """Count decisions; a code that the catalogue does not know may be anything: it is `other`."""
        self._decisions.labels(known_only(self._codes, department), outcome).inc(count)


class Surroundings:
    """Shows certificates, disks and clocks."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._certificate = make_gauge(registry, definitions.CERTIFICATE)
        self._free = make_gauge(registry, definitions.DISK_FREE)
        self._size = make_gauge(registry, definitions.DISK_SIZE)
        self._skew = make_gauge(registry, definitions.SKEW)
        self._place = Bounded()

    def certificate(self, *, endpoint: str, ends_at: datetime) -> None:
        """Show when a certificate ends."""
        self._certificate.labels(endpoint).set(ends_at.timestamp())

    def disk(self, *, place: str, free: int, size: int) -> None:
        """Show the bytes of a disk."""
        self._free.labels(self._place(place)).set(free)
        self._size.labels(self._place(place)).set(size)

    def skew(self, *, against: str, ahead: timedelta) -> None:
        """Show how far this process's clock is ahead."""
        self._skew.labels(against).set(ahead.total_seconds())
