"""A portal's circuit breaker as rules: when it opens, is tried again, and is switched off."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random


class Condition(StrEnum):
    """How a portal is dealt with."""

    CLOSED = "closed"
    """It works: all that waits is delivered."""
    OPEN = "open"
    """It fails: nobody tries before `next_try_at`."""
    HALF_OPEN = "half_open"
    """One delivery is under way to see whether it works again."""
    OFF = "off"
    """It has failed too long, or a person has switched it off: nobody tries until one switches it on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaking:
    """When a breaker opens and how long it stays so."""

    failures: int = 5
    """Different deliveries that fail one after the other until it opens."""
    first: timedelta = timedelta(seconds=1)
    longest: timedelta = timedelta(seconds=60)
    longest_asked: timedelta = timedelta(hours=24)
    """A portal's `Retry-After` counts up to here: for one delivery at once, for all when it opens."""

    def pause(self, openings: int, random: Random) -> timedelta:
        """Return how long it stays open at its n-th opening in a row: doubling, with jitter from half on."""
        ceiling: timedelta = min(self.longest, self.first * 2 ** min(openings - 1, 30))
        return timedelta(seconds=ceiling.total_seconds() * (0.5 + random.random() / 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaker:
    """What is known of one portal's health."""

    condition: Condition = Condition.CLOSED
    failures: int = 0
    """In a row, of different deliveries: one that is always refused by a fault of its own opens nothing."""
    last_failed: int = 0
    """The delivery that failed last; 0: none."""
    openings: int = 0
    """Without a success in between."""
    failing_since: datetime | None = None
    next_try_at: datetime | None = None

    def way_off(self, now: datetime, off_after: timedelta) -> float:
        """Return how far it is on the way to being switched off: 0 to 1."""
        if self.condition is Condition.OFF:
            return 1.0
        if self.failing_since is None:
            return 0.0
        return min(1.0, (now - self.failing_since) / off_after)


WELL = Breaker()


def worked(breaker: Breaker) -> Breaker:
    """Return what follows when the portal has answered as it should; one that is off stays off."""
    return breaker if breaker.condition is Condition.OFF else WELL


def failed(
    breaker: Breaker,
    *,
    delivery: int,
    retry_after: timedelta | None,
    now: datetime,
    off_after: timedelta,
    breaking: Breaking,
    random: Random,
) -> Breaker:
    """Return what follows when the portal as a whole has failed a delivery."""
    if breaker.condition is Condition.OFF:
        return breaker
    since = breaker.failing_since or now
    different = breaker.last_failed != delivery
    counted = replace(
        breaker, failing_since=since, failures=breaker.failures + different, last_failed=delivery
    )
    if now - since >= off_after:
        return replace(counted, condition=Condition.OFF, next_try_at=None)
    if breaker.condition is Condition.OPEN:
        return counted  # of a try that began before it opened
    if breaker.condition is Condition.CLOSED and counted.failures < breaking.failures:
        return counted
    openings = breaker.openings + 1
    asked = min(retry_after or timedelta(), breaking.longest_asked)
    pause = max(breaking.pause(openings, random), asked)
    return replace(counted, condition=Condition.OPEN, openings=openings, next_try_at=now + pause)


def may_probe(breaker: Breaker, now: datetime) -> bool:
    """Tell whether it is time to see if the portal works again.

    A half-open one whose probe's time is over was left by a process that is gone.
    """
    waiting = breaker.condition in (Condition.OPEN, Condition.HALF_OPEN)
    return waiting and breaker.next_try_at is not None and breaker.next_try_at <= now


def probing(breaker: Breaker, until: datetime) -> Breaker:
    """Return the breaker while one delivery is under way, given up at `until`."""
    return replace(breaker, condition=Condition.HALF_OPEN, next_try_at=until)
