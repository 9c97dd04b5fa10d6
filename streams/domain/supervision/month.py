"""A month of the calendar, as reports are named by."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Self

from streams.domain.values import CHINA

_WRITTEN = re.compile(r"((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month."""

    year: int
    number: int
    """From 1 to 12."""

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the month in `2026-03`, None when there is none."""
        found = _WRITTEN.fullmatch(text.strip())
        return cls(int(found[1]), int(found[2])) if found else None

    @property
    def first(self) -> date:
        """Return its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Return its last day."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def begins(self) -> datetime:
        """Return when it begins in China."""
        return datetime.combine(self.first, time(), CHINA)

    @property
    def ends(self) -> datetime:
        """Return when the month after it begins in China."""
        return self.back(-1).begins

    def back(self, months: int) -> Self:
        """Return the month so many months before; a negative number leads forward."""
        years, number = divmod(self.year * 12 + self.number - 1 - months, 12)
        return type(self)(years, number + 1)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}"
