"""When to look at a portal, and from when on what is not seen there is a finding: pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from sinks.probing.comparing import Compared
from sinks.probing.ports import Sight

JITTER = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Pauses between looks at one revision."""

    first: timedelta = timedelta(seconds=2)
    """After a look that did not see it; then twice as long each time."""
    longest: timedelta = timedelta(hours=1)
    again: timedelta = timedelta(days=1)
    """After the first look that saw it; then twice as long each time, as long as it stays."""
    longest_again: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of one revision at one portal."""

    sight: Sight = Sight.UNANSWERED
    """By the last look that had an answer."""
    unseen_since: datetime | None
    """Acceptance, or the first look that no longer saw it; None while it is seen."""
    looks: int = 0
    tries: int = 0
    """Looks in a row that did not see it."""
    calm: int = 0
    """Looks in a row that saw it."""
    looked_at: datetime | None = None
    seen_at: datetime | None = None
    """When it was seen first."""
    last_seen_at: datetime | None = None
    found_at: datetime | None = None
    """Since when it is a finding."""
    differs: tuple[str, ...] = ()
    reason: str = ""


def followed(
    before: Standing,
    told: Compared,
    now: datetime,
    *,
    within: timedelta,
    schedule: Schedule,
    random: Random,
) -> tuple[Standing, datetime]:
    """Return what is known after a look, and when to look again.

    What is not seen becomes a finding once `within` has passed since it was accepted, or seen last. A look
    without an answer finds nothing; one that sees it ends a finding.
    """
    looked = replace(before, looks=before.looks + 1, looked_at=now, reason=told.reason)
    if told.sight is Sight.SEEN:
        after = _seen(looked, now)
        return after, now + _pause(schedule.again, schedule.longest_again, after.calm, random)
    looked = replace(looked, tries=before.tries + 1)
    pause = _pause(schedule.first, schedule.longest, looked.tries, random)
    if told.sight is Sight.UNANSWERED:
        return looked, now + pause
    after = _unseen(looked, told, now, within)
    late = (after.unseen_since or now) + within
    return after, now + pause if after.found_at else min(now + pause, late)


def _seen(looked: Standing, now: datetime) -> Standing:
    return replace(
        looked,
        sight=Sight.SEEN,
        unseen_since=None,
        tries=0,
        calm=looked.calm + 1,
        seen_at=looked.seen_at or now,
        last_seen_at=now,
        found_at=None,
        differs=(),
    )


def _unseen(looked: Standing, told: Compared, now: datetime, within: timedelta) -> Standing:
    since = looked.unseen_since or now
    found_at = looked.found_at or (now if now >= since + within else None)
    return replace(
        looked, sight=told.sight, unseen_since=since, calm=0, found_at=found_at, differs=told.differs
    )


def _pause(first: timedelta, longest: timedelta, number: int, random: Random) -> timedelta:
    times: int = 2 ** min(number - 1, 20)
    return min(longest, first * times) * random.uniform(1 - JITTER, 1 + JITTER)
