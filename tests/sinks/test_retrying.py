"""When a delivery is tried again."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sinks.ports import Answer, Verdict
from sinks.retrying import Retries

START = datetime(2026, 3, 2, tzinfo=UTC)
AWAY = Answer(verdict=Verdict.RETRY, status=503)
RETRIES = Retries()


@given(st.integers(1, 2_000), st.builds(Random, st.integers()))
def test_pauses_grow_to_an_hour(attempts: int, random: Random) -> None:
    """The pause is anything between nothing and a ceiling that doubles from a second to an hour."""
    moment = RETRIES.next_try(AWAY, attempts=attempts, first_try_at=START, now=START, random=random)
    assert moment is not None
    assert timedelta() <= moment - START <= timedelta(seconds=min(2 ** (attempts - 1), 3_600))


@given(st.integers(0, 10**6), st.builds(Random, st.integers()))
def test_a_portals_wish_is_honoured(seconds: int, random: Random) -> None:
    """Never before the moment that the portal asked for, up to a day."""
    asked = timedelta(seconds=seconds)
    answer = Answer(verdict=Verdict.RETRY, status=429, retry_after=asked)
    moment = RETRIES.next_try(answer, attempts=3, first_try_at=START, now=START, random=random)
    assert moment is not None
    assert moment - START >= min(asked, timedelta(hours=24))


@given(st.builds(Random, st.integers()))
def test_three_days_and_no_more(random: Random) -> None:
    """No try is planned for later than 72 hours after the first; until then there always is one."""
    now, attempts = START, 0
    while True:
        attempts += 1
        moment = RETRIES.next_try(AWAY, attempts=attempts, first_try_at=START, now=now, random=random)
        if moment is None:
            break
        assert moment <= START + timedelta(hours=72)
        now = moment
    assert now >= START + timedelta(hours=71)
