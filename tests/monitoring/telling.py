"""Tells the metrics of one process everything, and reads what it shows then."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import generate_latest

from monitoring.metrics import Metrics
from sinks.ports import Verdict
from sinks.probing.ports import Sight

CITY = "11370100004188777X"
COMING = (date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9))
"""Before and after National Day: the working days that are left to each are 0, 1 and 2."""


def tell_everything(metrics: Metrics) -> None:
    """Use every method once, as the engine, the sinks and the deadline agent do."""
    metrics.engine.batch(size=10, seconds=0.2)
    metrics.engine.outcome(stage="validate", outcome="passed", count=9)
    metrics.engine.aborted(reason="ILLEGAL_GENERATION")
    metrics.engine.lag(topic="decision.submitted", partition=3, records=7)
    metrics.engine.committed(topic="decision.submitted", partition=3, offset=42)
    metrics.sinks.attempted(portal="credit-jinan", verdict=Verdict.ACCEPTED, seconds=0.1)
    metrics.sinks.backlog(portal="credit-jinan", waiting=5, oldest=timedelta(minutes=2), dead=1)
    metrics.sinks.portal(portal="credit-jinan", condition="open", way_off=0.25)
    metrics.sinks.ledger(statuses={"published": 3, "rejected": 1})
    metrics.deadlines.due(near={CITY: 1}, past={CITY: 2})
    metrics.deadlines.ticked(at=datetime(2026, 9, 24, tzinfo=UTC))
    metrics.deadlines.calendar_known(year=2027, known=False)
    metrics.deadlines.calendar_ends(on=date(2026, 12, 31))
    metrics.deadlines.working_day(works=True)
    metrics.deadlines.coming(left={(CITY, 0): 1, (CITY, 2): 3}, days=COMING)
    metrics.deadlines.waits(held=timedelta(hours=3), outgoing=timedelta(seconds=4))
    metrics.departments.named({CITY: "济南市某局"})
    metrics.departments.begin({CITY})
    metrics.departments.decided(department=CITY, outcome="rejected", count=2)
    metrics.surroundings.certificate(endpoint="credit-china", ends_at=datetime(2027, 1, 1, tzinfo=UTC))
    metrics.surroundings.disk(place="ledger", free=25, size=100)
    metrics.surroundings.skew(against="ledger", ahead=timedelta(seconds=-2))
    metrics.masked("phone", 4)
    metrics.notices.told(channel="mail", verdict=Verdict.RETRY, count=3)
    metrics.notices.waiting(channel="mail", count=3, oldest=timedelta(minutes=20))
    metrics.intake.answered(route="decisions", status=202, seconds=0.1)
    metrics.intake.rows(accepted=2, refused=1)
    metrics.site.answered(route="home", status=200, seconds=0.1)
    metrics.probes.looked(portal="credit-jinan", sight=Sight.MISSING)
    stand(metrics, findings={Sight.MISSING: 2})


def stand(metrics: Metrics, findings: Mapping[str, int]) -> None:
    """Tell how a portal stands."""
    metrics.probes.standing(
        portal="credit-jinan",
        unseen=3,
        oldest=timedelta(hours=30),
        within=timedelta(hours=24),
        findings=findings,
    )


def sample(registry: CollectorRegistry, name: str, **labels: str) -> float | None:
    """Return one value of the page, None where it is not shown."""
    return registry.get_sample_value(name, labels)


def page(registry: CollectorRegistry) -> list[str]:
    """Return the lines of /metrics."""
    return generate_latest(registry).decode().splitlines()
