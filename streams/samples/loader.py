"""Reads the sample decisions, with their days laid around the day of the run."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from json import loads

DAY = re.compile(r"([+-]\d+)(wd|d)")
"""A whole value: `-3wd` is three working days before today, `+365d` a year from today."""
IN_TEXT = re.compile(r"\{([+-]\d+)d\}")
"""A day within a text: `{-20d}` becomes `2026年11月3日`."""
YEAR = "{year}"
"""The year of the decision, as in document numbers."""

IsWorkingDay = Callable[[date], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A sample that is wrong, with the finding that says so."""

    line: int
    """Line in `decisions.jsonl`, from 1."""
    column: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withholding:
    """A sample that the law forbids to publish."""

    line: int
    """Line in `decisions.jsonl`, from 1."""
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A sample that a person must look at, with the sign that says so."""

    line: int
    """Line in `decisions.jsonl`, from 1."""
    column: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What must become of the samples."""

    submitted: int
    published: int
    rejected: int
    withheld: int
    held: int
    due_soon: int
    overdue: int
    portals: Mapping[str, int]
    """Portal id → decisions to be delivered there."""
    refusals: tuple[Refusal, ...]
    withholdings: tuple[Withholding, ...]
    holds: tuple[Hold, ...]


def samples(today: date, is_working_day: IsWorkingDay) -> tuple[Mapping[str, str], ...]:
    """Return a row a decision: official column code → text, and `不予公开理由` where one is declared."""
    lines = _text("decisions.jsonl").splitlines()
    return tuple(_rendered(loads(line), today, is_working_day) for line in lines)


def expected() -> Expected:
    """Return what `expected.toml` declares."""
    told = tomllib.loads(_text("expected.toml"))
    refusals = tuple(Refusal(**row) for row in told.pop("refusal"))
    withholdings = tuple(Withholding(**row) for row in told.pop("withholding"))
    holds = tuple(Hold(**row) for row in told.pop("hold"))
    return Expected(**told, refusals=refusals, withholdings=withholdings, holds=holds)


def _rendered(row: Mapping[str, str], today: date, is_working_day: IsWorkingDay) -> Mapping[str, str]:
    decided = next((text for code, text in row.items() if code.endswith("_JDRQ")), "")
    token = DAY.fullmatch(decided)
    year = (_day(token, today, is_working_day) if token else today).year

    def value(text: str) -> str:
        if token := DAY.fullmatch(text):
            return _day(token, today, is_working_day).isoformat()
        return IN_TEXT.sub(lambda match: _spoken(today, int(match[1])), text).replace(YEAR, str(year))

    return {code: value(text) for code, text in row.items()}


def _day(token: re.Match[str], today: date, is_working_day: IsWorkingDay) -> date:
    count = int(token[1])
    if token[2] == "d":
        return today + timedelta(days=count)
    step, day = timedelta(days=1 if count > 0 else -1), today
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def _spoken(today: date, days: int) -> str:
    day = today + timedelta(days=days)
    return f"{day.year}年{day.month}月{day.day}日"


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
