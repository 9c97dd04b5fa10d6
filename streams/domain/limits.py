"""What a portal bears: how much at once, how often, and when nothing at all."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of one portal, over all processes that deliver to it."""

    concurrency: int = 16
    """Requests under way at once, of each process."""
    rate: float | None = None
    """Requests a second, at most; None: as many as it takes."""
    batch: int = 1
    """Deliveries in one request, at most; only what waits already goes together."""
    quiet: tuple[time, time] | None = None
    """From when to when nothing is sent, in China's time; it may go over midnight."""
    off_after: timedelta = timedelta(hours=72)
    """How long it may fail in one go until it is switched off, for a person to look at."""

    def quiet_at(self, moment: datetime) -> bool:
        """Tell whether nothing is to be sent at that moment, which is aware."""
        if self.quiet is None:
            return False
        begin, end = self.quiet
        at = moment.astimezone(SHANGHAI).time()
        return begin <= at < end if begin <= end else at >= begin or at < end
