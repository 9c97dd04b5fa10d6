"""What a process counts."""

import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import generate_latest

from monitoring.definitions import ALL
from monitoring.labels import MOST, OTHER
from monitoring.liveness import Liveness
from monitoring.metric import Metric, Type
from monitoring.metrics import Metrics
from monitoring.reference import FILE, HEAD, table, written
from sinks.ports import Verdict
from sinks.probing.ports import Sight

CHINA = ZoneInfo("Asia/Shanghai")
PROJECT = Path(__file__).parents[2]
CITIZEN = "370102199001011234"
CITY = "11370100004188777X"
COMING = (date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9))
"""Before and after National Day: the working days that are left to each are 0, 1 and 2."""


@pytest.fixture
def registry() -> CollectorRegistry:
    """Where one process shows what it counts."""
    return CollectorRegistry()


@pytest.fixture
def metrics(registry: CollectorRegistry) -> Metrics:
    """Return all that one process counts."""
    liveness = Liveness(lambda: 0.0)
    return Metrics(registry, version="1.2.3", python="3.11", liveness=liveness, departments={CITY})


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


def test_every_metric_of_the_list_is_shown(metrics: Metrics, registry: CollectorRegistry) -> None:
    """What the list names is what a process shows once it has told everything, and nothing else."""
    tell_everything(metrics)
    shown = {
        line.split()[2]: line.split()[3] for line in page(registry) if line.startswith("# TYPE gongshi_")
    }
    assert shown == {m.name: "gauge" if m.type is Type.INFO else m.type.value for m in ALL}


def test_values_stand_under_their_labels(metrics: Metrics, registry: CollectorRegistry) -> None:
    """Each thing told is found under its name and labels."""
    tell_everything(metrics)
    place = {"topic": "decision.submitted", "partition": "3"}
    assert sample(registry, "gongshi_batch_records_sum") == 10
    assert sample(registry, "gongshi_stage_decisions_total", stage="validate", outcome="passed") == 9
    assert sample(registry, "gongshi_transaction_aborts_total", reason="ILLEGAL_GENERATION") == 1
    assert sample(registry, "gongshi_consumer_lag_records", **place) == 7
    assert sample(registry, "gongshi_consumer_committed_offset", **place) == 42
    attempts = "gongshi_delivery_attempts_total"
    assert sample(registry, attempts, portal="credit-jinan", verdict="accepted") == 1
    assert sample(registry, "gongshi_delivery_oldest_age_seconds", portal="credit-jinan") == 120
    assert sample(registry, "gongshi_dead_letters", portal="credit-jinan") == 1
    assert sample(registry, "gongshi_portal_condition", portal="credit-jinan", condition="open") == 1
    assert sample(registry, "gongshi_portal_condition", portal="credit-jinan", condition="closed") == 0
    assert sample(registry, "gongshi_decisions", status="published") == 3
    assert sample(registry, "gongshi_decisions_past_due", department=CITY) == 2
    assert sample(registry, "gongshi_calendar_year_known", year="2027") == 0
    assert sample(registry, "gongshi_decisions_open", department=CITY, working_days_left="overdue") == 2
    assert sample(registry, "gongshi_decisions_open", department=CITY, working_days_left="1") == 0
    assert sample(registry, "gongshi_decisions_open", department=CITY, working_days_left="2") == 3
    days = [
        sample(registry, "gongshi_working_day_timestamp_seconds", working_days_left=left) for left in "012"
    ]
    assert days == [datetime(one.year, one.month, one.day, tzinfo=CHINA).timestamp() for one in COMING]
    end = datetime(2027, 1, 1, tzinfo=CHINA).timestamp()
    assert sample(registry, "gongshi_calendar_known_until_timestamp_seconds") == end
    assert sample(registry, "gongshi_held_oldest_age_seconds") == 10_800
    named = {"department": CITY, "name": "济南市某局"}
    assert registry.get_sample_value("gongshi_department_info", named) == 1
    decisions = "gongshi_department_decisions_total"
    assert sample(registry, decisions, department=CITY, outcome="rejected") == 2
    assert sample(registry, decisions, department=CITY, outcome="released") == 0
    assert sample(registry, "gongshi_clock_skew_seconds", against="ledger") == -2
    assert sample(registry, "gongshi_masked_total", kind="phone") == 4
    assert sample(registry, "gongshi_notices_total", channel="mail", verdict="retry") == 3
    assert sample(registry, "gongshi_notices_oldest_age_seconds", channel="mail") == 1200
    assert sample(registry, "gongshi_probe_looks_total", portal="credit-jinan", sight="missing") == 1
    assert sample(registry, "gongshi_probe_findings", portal="credit-jinan", sight="missing") == 2
    assert sample(registry, "gongshi_probe_unseen", portal="credit-jinan") == 3
    assert sample(registry, "gongshi_probe_unseen_oldest_age_seconds", portal="credit-jinan") == 108_000
    assert sample(registry, "gongshi_probe_seen_within_seconds", portal="credit-jinan") == 86_400
    assert sample(registry, "gongshi_build_info", version="1.2.3", python="3.11") == 1


def test_a_released_partition_is_forgotten(metrics: Metrics, registry: CollectorRegistry) -> None:
    """A partition that went to another worker is no longer shown here, as only one may tell its lag."""
    tell_everything(metrics)
    metrics.engine.released(topic="decision.submitted", partition=3)
    metrics.engine.released(topic="decision.submitted", partition=4)
    place = {"topic": "decision.submitted", "partition": "3"}
    assert sample(registry, "gongshi_consumer_lag_records", **place) is None
    assert sample(registry, "gongshi_consumer_committed_offset", **place) is None


def test_what_is_no_longer_named_is_zero(metrics: Metrics, registry: CollectorRegistry) -> None:
    """A department without open decisions, or a status without any, goes to 0 and does not stand still."""
    tell_everything(metrics)
    metrics.deadlines.due(near={}, past={})
    metrics.deadlines.coming(left={}, days=COMING)
    metrics.sinks.ledger(statuses={"published": 4})
    stand(metrics, findings={})
    assert sample(registry, "gongshi_probe_findings", portal="credit-jinan", sight="missing") == 0
    assert sample(registry, "gongshi_decisions_past_due", department=CITY) == 0
    assert sample(registry, "gongshi_decisions_open", department=CITY, working_days_left="2") == 0
    assert sample(registry, "gongshi_decisions_open", department=CITY, working_days_left="overdue") == 0
    assert sample(registry, "gongshi_decisions", status="rejected") == 0


def test_no_person_becomes_a_label(metrics: Metrics, registry: CollectorRegistry) -> None:
    """What somebody typed where a code or name belongs is counted as `other`, and shown nowhere."""
    metrics.deadlines.due(near={CITIZEN: 1, "张三": 1}, past={CITIZEN: 1})
    metrics.deadlines.coming(left={(CITIZEN, 1): 1, ("张三", 1): 4}, days=COMING)
    metrics.departments.decided(department="张三", outcome="rejected", count=1)
    metrics.engine.outcome(stage=CITIZEN, outcome="张三", count=1)
    metrics.engine.aborted(reason=CITIZEN)
    metrics.masked("13800000000", 1)
    metrics.sinks.ledger(statuses={"张三": 1})
    assert sample(registry, "gongshi_decisions_near_due", department=OTHER) == 2
    assert sample(registry, "gongshi_decisions_open", department=OTHER, working_days_left="1") == 5
    text = "\n".join(page(registry))
    assert not any(personal in text for personal in (CITIZEN, "张三", "13800000000"))


def test_labels_are_few(metrics: Metrics, registry: CollectorRegistry) -> None:
    """However many reasons there are, a metric has at most so many series."""
    for number in range(MOST * 2):
        metrics.engine.aborted(reason=f"REASON_{number}")
    name = "gongshi_transaction_aborts_total"
    assert len([line for line in page(registry) if line.startswith(f"{name}{{")]) == MOST + 1
    assert sample(registry, name, reason=OTHER) == MOST


@pytest.mark.parametrize("metric", ALL, ids=lambda metric: metric.name)
def test_names_follow_the_rules(metric: Metric) -> None:
    """Names are Prometheus' and carry prefix and unit; only counters end in `_total`; help is a sentence."""
    assert re.fullmatch(r"gongshi_[a-z]+(_[a-z]+)*", metric.name)
    assert metric.name.endswith("_total") == (metric.type is Type.COUNTER)
    assert metric.name.endswith("_info") == (metric.type is Type.INFO)
    assert not re.search(r"(minutes|hours|days|milliseconds|_ms)(_|$)", metric.name)
    assert metric.help.endswith(".")
    assert bool(metric.buckets) == (metric.type is Type.HISTOGRAM)
    assert list(metric.buckets) == sorted(metric.buckets)


def test_promtool_finds_nothing_to_mend(metrics: Metrics, registry: CollectorRegistry) -> None:
    """Prometheus' own linter accepts the page."""
    tell_everything(metrics)
    lint = subprocess.run(
        ["promtool", "check", "metrics"],
        input="".join(f"{line}\n" for line in page(registry)),
        text=True,
        capture_output=True,
        check=False,
    )
    assert (lint.returncode, lint.stdout + lint.stderr) == (0, "")


def test_the_documentation_names_every_metric() -> None:
    """docs/metrics.md is as `python -m monitoring.reference` writes it: a row for each metric."""
    text = FILE.read_text(encoding="utf-8")
    assert table() in text
    assert written(text) == text
    assert written(text.replace(table(), HEAD + "| old |\n")) == text
    assert len(table().splitlines()) == len(ALL) + 2


def test_the_observers_fit_their_ports(tmp_path: Path) -> None:
    """The type checker finds that the faces are what engine, sinks, deadline agent and intake ask for."""
    program = tmp_path / "fits.py"
    program.write_text(
        "from monitoring.metrics import Metrics\n"
        "import connectors.http.ports, sinks.notices.ports, sinks.ports, sinks.probing.ports\n"
        "import streams.agents.deadline, streams.engine.counting, streams.engine.ports\n"
        "def fit(metrics: Metrics) -> None:\n"
        "    engine: streams.engine.ports.Observer = metrics.engine\n"
        "    sink: sinks.ports.Observer = metrics.sinks\n"
        "    deadline: streams.agents.deadline.Observer = metrics.deadlines\n"
        "    intake: connectors.http.ports.Observer = metrics.intake\n"
        "    notices: sinks.notices.ports.Observer = metrics.notices\n"
        "    probes: sinks.probing.ports.Observer = metrics.probes\n"
        "    counting: streams.engine.counting.Observer = metrics.departments\n"
        "    print(engine, sink, deadline, intake, notices, probes, counting)\n",
        encoding="utf-8",
    )
    check = subprocess.run(
        [sys.executable, "-m", "mypy", "--follow-imports=silent", str(program)],
        cwd=PROJECT,
        text=True,
        capture_output=True,
        check=False,
    )
    assert check.returncode == 0, check.stdout + check.stderr


def page(registry: CollectorRegistry) -> list[str]:
    """Return the lines of /metrics."""
    return generate_latest(registry).decode().splitlines()
