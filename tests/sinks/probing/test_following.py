"""When a portal is looked at, and from when on there is a finding."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sinks.probing.comparing import Compared
from sinks.probing.following import Schedule, Standing, followed
from sinks.probing.ports import Sight

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
WITHIN = timedelta(hours=24)
SCHEDULE = Schedule()
ACCEPTED = Standing(unseen_since=NOON)


def follow(standing: Standing, sight: Sight, now: datetime, seed: int = 1) -> tuple[Standing, datetime]:
    """Return what follows from one look."""
    told = Compared(sight=sight, differs=("CF_NR",) if sight is Sight.DIFFERENT else ())
    return followed(standing, told, now, within=WITHIN, schedule=SCHEDULE, random=Random(seed))  # noqa: S311 -- reproducible


def test_a_first_look_that_sees_it_is_repeated_days_later() -> None:
    """Once seen it is looked for a day later, then two, four, … and at least every month."""
    standing, again = follow(ACCEPTED, Sight.SEEN, NOON + timedelta(seconds=1))
    assert (standing.sight, standing.unseen_since, standing.seen_at) == (
        Sight.SEEN,
        None,
        NOON + timedelta(seconds=1),
    )
    pauses = []
    for _ in range(9):
        now = again
        standing, again = follow(standing, Sight.SEEN, now)
        pauses.append(again - now)
    assert all(one <= SCHEDULE.longest_again * 1.1 for one in pauses)
    assert pauses[0] > timedelta(days=1.7)
    assert pauses[-1] > timedelta(days=26)


def test_what_never_appears_is_a_finding_in_time() -> None:
    """A decision that is accepted and never shown: some thirty looks, and a finding at the very hour."""
    standing, now = ACCEPTED, NOON
    while standing.found_at is None:
        standing, again = follow(standing, Sight.MISSING, now)
        assert again > now
        now = again
    assert standing.found_at == NOON + WITHIN
    assert 20 < standing.looks < 60


def test_a_portal_that_does_not_answer_finds_nothing() -> None:
    """Without an answer nothing is found, however long it takes, and what was seen stays seen."""
    standing, _ = follow(ACCEPTED, Sight.UNANSWERED, NOON + 9 * WITHIN)
    assert (standing.found_at, standing.sight, standing.unseen_since) == (None, Sight.UNANSWERED, NOON)
    seen, _ = follow(ACCEPTED, Sight.SEEN, NOON)
    after, again = follow(seen, Sight.UNANSWERED, NOON + WITHIN)
    assert (after.sight, after.unseen_since) == (Sight.SEEN, None)
    assert again - (NOON + WITHIN) < timedelta(seconds=3)


def test_what_disappears_later_has_its_time_again() -> None:
    """What was seen and is there no more is a finding only when it stays away; seen again, that ends."""
    seen, _ = follow(ACCEPTED, Sight.SEEN, NOON)
    gone = NOON + timedelta(days=9)
    standing, again = follow(seen, Sight.MISSING, gone)
    assert (standing.unseen_since, standing.found_at, standing.seen_at) == (gone, None, NOON)
    assert again - gone < timedelta(seconds=3)
    found, _ = follow(standing, Sight.DIFFERENT, gone + WITHIN)
    assert (found.found_at, found.differs) == (gone + WITHIN, ("CF_NR",))
    ended, _ = follow(found, Sight.SEEN, gone + 2 * WITHIN)
    assert (ended.found_at, ended.differs, ended.unseen_since, ended.seen_at) == (None, (), None, NOON)


@given(st.lists(st.tuples(st.sampled_from(list(Sight)), st.integers(0, 10**7)), max_size=40), st.integers())
def test_whatever_is_seen_the_next_look_comes(looks: list[tuple[Sight, int]], seed: int) -> None:
    """After any looks: the next one is later, a finding is never on what is seen, and counts add up."""
    standing, now = ACCEPTED, NOON
    for sight, late in looks:
        now += timedelta(seconds=late)
        standing, again = follow(standing, sight, now, seed)
        assert now < again <= now + SCHEDULE.longest_again * 1.1
        assert (standing.unseen_since is None) <= (standing.found_at is None)
        assert min(standing.tries, standing.calm) == 0 or sight is Sight.UNANSWERED
    assert standing.looks == len(looks)
