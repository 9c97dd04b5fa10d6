"""What a process counts stands under its labels, which are few and name no person."""

from datetime import datetime
from zoneinfo import ZoneInfo

from prometheus_client import CollectorRegistry

from monitoring.labels import MOST, OTHER
from monitoring.metrics import Metrics
from tests.monitoring.telling import CITY, COMING, page, sample, stand, tell_everything

CHINA = ZoneInfo("Asia/Shanghai")
CITIZEN = "370102199001011234"


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
