"""Working days as the State Council's yearly notices set them, and the day on which a decision is due."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import lru_cache

from chinese_calendar import constants

DEADLINE_WORKING_DAYS = 7
"""发改办财金〔2018〕424号: public within 7 working days from the day of the decision."""

COUNT_FIRST_DAY = False
"""民法典 art. 201: a period in days starts on the day after; so the day of the decision is no day 1."""

_ONE = timedelta(days=1)
_SATURDAY = 5
_NOTICES = frozenset(day.year for day in constants.holidays)


class Calendar:
    """Tells working days; days in `overrides` (day → whether it is worked) go before everything else."""

    def __init__(
        self,
        overrides: Mapping[date, bool] | None = None,
        *,
        known_years: Collection[int] = (),
        count_first_day: bool = COUNT_FIRST_DAY,
    ) -> None:
        """Take `known_years` as years whose notice is wholly in `overrides`."""
        self.counts_first_day = count_first_day
        self._overrides = dict(overrides or {})
        self._known = _NOTICES | frozenset(known_years)
        self._due = lru_cache(maxsize=8192)(self._reckon)

    def known(self, year: int) -> bool:
        """Tell whether the State Council's notice for `year` is at hand; else Monday to Friday are worked."""
        return year in self._known

    def is_working_day(self, day: date) -> bool:
        """Tell whether offices work on `day`."""
        override = self._overrides.get(day)
        if override is not None:
            return override
        if day in constants.workdays:
            return True
        return day.weekday() < _SATURDAY and day not in constants.holidays

    def due_day(self, decided: date, working_days: int = DEADLINE_WORKING_DAYS) -> date:
        """Return the last day on which a decision of `decided` is public in time.

        Raises `OverflowError` where that is beyond the year 9999.
        """
        return self._due(decided, working_days)

    def working_days_after(self, day: date, count: int) -> tuple[date, ...]:
        """Return the first `count` working days after `day`, in order."""
        found: list[date] = []
        while len(found) < count:
            day += _ONE
            if self.is_working_day(day):
                found.append(day)
        return tuple(found)

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days lie after `start` and not after `end`; negative when it is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
        return sum(map(self.is_working_day, days))

    def days_taken(self, decided: date, published: date) -> int:
        """Return on which working day from `decided` it was public: 7 at most when by the due day.

        What is published on a day without work counts to the working day after it. 0: at once.
        """
        start = decided - _ONE if self.counts_first_day else decided
        return 0 if published <= start else self.working_days_between(start, published - _ONE) + 1

    def _reckon(self, decided: date, working_days: int) -> date:
        day = decided - _ONE if self.counts_first_day else decided
        left = working_days
        while left > 0:
            day += _ONE
            left -= self.is_working_day(day)
        return day
