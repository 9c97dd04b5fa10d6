"""The one place that reads the clock; everything else is told the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""Days are days in China."""


def now() -> datetime:
    """Return this moment, UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the day that it is in China."""
    return now().astimezone(SHANGHAI).date()
