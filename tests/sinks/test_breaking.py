"""The rules of a portal's breaker."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sinks.breaking import WELL, Breaker, Breaking, Condition, failed, may_probe, probing, worked

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
DAYS = timedelta(days=3)
SECOND = timedelta(seconds=1)
RULES = Breaking()


def fail(
    breaker: Breaker, delivery: int, at: datetime = NOW, retry_after: timedelta | None = None
) -> Breaker:
    """Let a delivery fail."""
    return failed(
        breaker,
        delivery=delivery,
        retry_after=retry_after,
        now=at,
        off_after=DAYS,
        breaking=RULES,
        random=Random(1),  # noqa: S311 -- any will do
    )


def broken() -> Breaker:
    """Return a breaker that has just opened."""
    breaker = WELL
    for number in range(1, RULES.failures + 1):
        breaker = fail(breaker, number)
    return breaker


def test_it_opens_after_several_deliveries_have_failed() -> None:
    """One failure fewer, and it is closed; the next opens it for a moment."""
    breaker = WELL
    for number in range(1, RULES.failures):
        breaker = fail(breaker, number)
    assert breaker.condition is Condition.CLOSED

    breaker = fail(breaker, 99)
    assert breaker.condition is Condition.OPEN
    assert breaker.next_try_at is not None
    assert NOW < breaker.next_try_at <= NOW + RULES.first


def test_one_delivery_alone_opens_nothing() -> None:
    """A decision that always fails by a fault of its own holds back nobody else."""
    breaker = WELL
    for _ in range(100):
        breaker = fail(breaker, 7)
    assert breaker.condition is Condition.CLOSED


def test_a_portal_that_asks_for_time_gets_it() -> None:
    """`Retry-After` counts for the whole portal once it opens, up to a day."""
    assert fail(WELL, 1, retry_after=timedelta(minutes=10)).condition is Condition.CLOSED
    probe = probing(broken(), NOW)
    assert fail(probe, 9, retry_after=timedelta(minutes=10)).next_try_at == NOW + timedelta(minutes=10)
    assert fail(probe, 9, retry_after=timedelta(days=9)).next_try_at == NOW + timedelta(days=1)


def test_a_probe_that_works_closes_it_and_one_that_fails_does_not() -> None:
    """After its pause it is tried with one delivery, then again after a longer one."""
    breaker = broken()
    assert not may_probe(breaker, NOW)
    at = NOW + RULES.first
    assert may_probe(breaker, at)
    tried = probing(breaker, at + 60 * SECOND)
    assert not may_probe(tried, at)
    assert may_probe(tried, at + 60 * SECOND)  # whoever tried it is gone

    assert worked(tried) == WELL
    again = fail(tried, 100, at)
    assert (again.condition, again.openings) == (Condition.OPEN, 2)


def test_it_is_switched_off_after_days_and_stays_so() -> None:
    """What has failed for three days without a success waits for a person; no success brings it back."""
    breaker, at = broken(), NOW
    ways = []
    while breaker.condition is not Condition.OFF:
        at += timedelta(hours=1)
        breaker = fail(probing(breaker, at), int(at.timestamp()), at)
        ways.append(breaker.way_off(at, DAYS))
    assert at == NOW + DAYS
    assert ways == sorted(ways)
    assert ways[35] == 0.5
    assert not may_probe(breaker, at + DAYS)
    assert worked(breaker) == fail(breaker, 1, at + DAYS) == breaker


@given(st.lists(st.tuples(st.sampled_from(("fail", "same", "work", "probe")), st.integers(0, 100_000))))
def test_whatever_happens_it_can_come_back(story: list[tuple[str, int]]) -> None:
    """A breaker that is not off is closed, or has a moment from which on it is tried again."""
    breaker, at = WELL, NOW
    for number, (what, seconds) in enumerate(story, 1):
        at += seconds * SECOND
        match what:
            case "fail":
                breaker = fail(breaker, number, at)
            case "same":
                breaker = fail(breaker, -1, at)
            case "work":
                breaker = worked(breaker)
            case "probe" if may_probe(breaker, at):
                breaker = probing(breaker, at + 60 * SECOND)
        if breaker.condition in (Condition.OPEN, Condition.HALF_OPEN):
            assert may_probe(breaker, at + 2 * RULES.longest)
        assert 0 <= breaker.way_off(at, DAYS) <= 1
    if breaker.condition is not Condition.OFF:
        assert worked(breaker) == WELL
