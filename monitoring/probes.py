"""Shows what is seen at the portals; fits `sinks.probing.ports.Observer`."""

from collections.abc import Mapping
from datetime import timedelta

from prometheus_client import CollectorRegistry

from monitoring import definitions
from monitoring.making import make_counter, make_gauge


class Probes:
    """Counts looks and findings."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._looks = make_counter(registry, definitions.LOOKS)
        self._findings = make_gauge(registry, definitions.PROBE_FINDINGS)
        self._unseen = make_gauge(registry, definitions.UNSEEN)
        self._oldest = make_gauge(registry, definitions.UNSEEN_OLDEST)
        self._within = make_gauge(registry, definitions.SEEN_WITHIN)
        self._shown: set[tuple[str, str]] = set()

    def looked(self, *, portal: str, sight: str) -> None:
        """Count one look."""
        self._looks.labels(portal, str(sight)).inc()

    def standing(
        self,
        *,
        portal: str,
        unseen: int,
        oldest: timedelta,
        within: timedelta,
        findings: Mapping[str, int],
    ) -> None:
        """Show what a portal does not show; a finding that is no longer named has ended."""
        self._unseen.labels(portal).set(unseen)
        self._oldest.labels(portal).set(oldest.total_seconds())
        self._within.labels(portal).set(within.total_seconds())
        counts = {str(sight): count for sight, count in findings.items()}
        self._shown |= {(portal, sight) for sight in counts}
        for its_portal, sight in self._shown:
            if its_portal == portal:
                self._findings.labels(portal, sight).set(counts.get(sight, 0))
