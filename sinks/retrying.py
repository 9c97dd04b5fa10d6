"""When a delivery is tried again, and when no more."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sinks.ports import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Retries:
    """Exponential backoff with full jitter, over three days."""

    base: timedelta = timedelta(seconds=1)
    longest: timedelta = timedelta(hours=1)
    give_up_after: timedelta = timedelta(hours=72)
    """Counted from the first try."""
    longest_asked: timedelta = timedelta(hours=24)
    """A portal's `Retry-After` counts up to here."""

    def next_try(
        self, answer: Answer, *, attempts: int, first_try_at: datetime, now: datetime, random: Random
    ) -> datetime | None:
        """Return when to try again after `attempts` tries, or None to give up."""
        ceiling = min(self.longest, self.base * 2 ** min(attempts - 1, 30))
        pause = ceiling * random.random()
        if answer.retry_after is not None:
            # spread over the ceiling as well, or all that were told the same moment come back at once
            pause += min(answer.retry_after, self.longest_asked)
        moment = now + pause
        return moment if moment <= first_try_at + self.give_up_after else None
