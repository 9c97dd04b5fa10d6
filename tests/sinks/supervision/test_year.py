"""The figures of a year equal those reckoned from what was made to happen, to the last digit.

`GONGSHI_YEAR_DECISIONS` makes the year a larger one.
"""

import os
import random
from collections import Counter
from dataclasses import fields

import pytest
from sqlalchemy import Engine

from sinks.supervision.counting import report
from streams.domain.supervision.figures import Figures
from streams.domain.supervision.month import Month
from streams.domain.supervision.report import Report
from tests.sinks.supervision.fates import TODAY, Fate, fates
from tests.sinks.supervision.reckoning import Reckoned, reckon
from tests.sinks.supervision.telling import CALENDAR, tell
from tests.sinks.supervision.town import catalogue

DECISIONS = int(os.environ.get("GONGSHI_YEAR_DECISIONS", "1500"))
MONTHS = range(1, 13)


@pytest.fixture
def year(ledger: Engine) -> list[Fate]:
    """Give a year that the ledger has."""
    seed = int(os.environ.get("GONGSHI_YEAR_SEED") or random.SystemRandom().randrange(10**6))
    print("seed", seed)  # noqa: T201 -- shown where the test fails
    made = fates(random.Random(seed), DECISIONS)  # noqa: S311 -- chooses a year
    tell(ledger, made)
    return made


@pytest.mark.timeout(3_000)
def test_each_month_is_as_reckoned(ledger: Engine, year: list[Fate]) -> None:
    """Counts, blame, days, findings, missing numbers, ranks and trend of every month, item by item."""
    reckoned = {number: reckon(year, number) for number in MONTHS}
    for number in MONTHS:
        made = report(ledger, Month(2026, number), catalogue(), CALENDAR, TODAY)
        compare(made, reckoned[number])
        for one in made.departments:
            told = {
                point.month.number: point.timeliness
                for point in one.trend
                if point.month.year == 2026 and point.timeliness.whole
            }
            assert {month: (rate.part, rate.whole) for month, rate in told.items()} == {
                month: timely(reckoned[month], one.code)
                for month in range(1, number + 1)
                if timely(reckoned[month], one.code)[1]
            }
    assert sum(counts["late_by_portal"] for found in reckoned.values() for counts in found.figures.values())


def compare(made: Report, wanted: Reckoned) -> None:
    """Compare one month."""
    places = {(name_code(one.department), one.code, one.kind): one for one in made.items}
    assert places.keys() == wanted.figures.keys()
    for place, counts in wanted.figures.items():
        assert told(places[place].figures) == +counts, place
        assert dict(places[place].distribution.days) == wanted.days.get(place, {}), place
    whole = sum(wanted.figures.values(), Counter[str]())
    numbers = {"missing_numbers": len(wanted.gaps)}
    assert told(made.both.figures) == +Counter({**whole, **numbers})
    assert {(one.code, one.column): one.rows for one in made.findings} == wanted.findings
    gaps = {(line.department, line.gap.series.replace("*", str(n))) for line in made.gaps
            if not line.gap.jumps for n in range(line.gap.first, line.gap.last + 1)}  # fmt: skip
    assert gaps == wanted.gaps
    assert sum(line.gap.jumps for line in made.gaps) == wanted.jumps
    ranks = {one.code: one.rank for one in made.departments if one.rank}
    assert ranks == {
        code: 1 + sum(other > share for other in wanted.shares.values())
        for code, share in wanted.shares.items()
    }


def timely(found: Reckoned, code: str) -> tuple[int, int]:
    """Return how many of a department are in time, and of how many."""
    mine = [counts for place, counts in found.figures.items() if place[0] == code]
    in_time = sum(counts["in_time"] for counts in mine)
    return in_time, in_time + sum(counts["published_late"] + counts["overdue"] for counts in mine)


def told(figures: Figures) -> dict[str, int]:
    """Return what is not 0."""
    return {one.name: n for one in fields(figures) if (n := getattr(figures, one.name))}


NAMES = {one.name: one.code for one in catalogue().departments}


def name_code(name: str) -> str:
    """Return the code of the department with that name."""
    return NAMES[name]
