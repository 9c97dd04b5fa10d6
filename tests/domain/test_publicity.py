"""How long penalties stay public, before and after the order of 2025 came into force."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.domain.enumerations import read_penalty_types
from streams.domain.publicity import Gravity, after_months, publicity, read_gravity

OLD, NEW = date(2026, 3, 31), date(2026, 4, 1)


def period(types: str, decided: date, **more: object) -> tuple[Gravity, date, date]:
    """Return class, shortest and chosen end."""
    asked = {"declared": None, "declared_end": None, **more}
    found = publicity(decided=decided, types=read_penalty_types(types), **asked)  # type: ignore[arg-type]
    return found.gravity, found.shortest_until, found.until


@pytest.mark.parametrize(
    ("types", "decided", "gravity", "shortest", "until"),
    [
        ("警告", NEW, Gravity.SLIGHT, NEW, date(2026, 7, 1)),
        ("警告、通报批评", NEW, Gravity.SLIGHT, NEW, date(2026, 7, 1)),
        ("罚款", NEW, Gravity.ORDINARY, date(2026, 7, 1), date(2027, 4, 1)),
        ("罚款", OLD, Gravity.ORDINARY, date(2026, 6, 30), date(2029, 3, 31)),
        ("暂扣许可证件", NEW, Gravity.ORDINARY, date(2026, 7, 1), date(2027, 4, 1)),
        ("吊销许可证件", NEW, Gravity.SERIOUS, date(2027, 4, 1), date(2029, 4, 1)),
        ("警告、吊销许可证件", OLD, Gravity.SERIOUS, date(2027, 3, 31), date(2029, 3, 31)),
        ("限制从业", NEW, Gravity.SERIOUS, date(2027, 4, 1), date(2029, 4, 1)),
    ],
)
def test_the_rule_of_the_decision_day_counts(
    types: str, decided: date, gravity: Gravity, shortest: date, until: date
) -> None:
    """The gravest kind of penalty gives the class, the decision day the order, both together the period."""
    assert period(types, decided) == (gravity, shortest, until)


@pytest.mark.parametrize(
    ("end", "until"),
    [
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2026, 5, 1), date(2026, 7, 1)),
        (date(2030, 1, 1), date(2027, 4, 1)),
    ],
)
def test_a_declared_end_counts_within_the_bounds(end: date, until: date) -> None:
    """A department may shorten the longest period and lengthen none: not below the shortest, not above."""
    assert period("罚款", NEW, declared_end=end)[2] == until


def test_the_items_usual_period_counts_without_a_declared_end() -> None:
    """The catalogue's months hold where the department names no end."""
    assert period("罚款", NEW, usual_months=6)[2] == date(2026, 10, 1)


def test_a_declared_class_goes_before_the_derived_one() -> None:
    """The sector's own standard knows better than the kinds of penalty."""
    assert period("罚款", NEW, declared=Gravity.SERIOUS)[0] is Gravity.SERIOUS


@pytest.mark.parametrize(("types", "sure"), [("罚款", False), ("警告", True), ("吊销许可证件", True)])
def test_a_class_that_cannot_be_derived_is_flagged(types: str, sure: bool) -> None:  # noqa: FBT001 -- a table
    """A fine alone does not tell whether it is a large one."""
    found = publicity(decided=NEW, types=read_penalty_types(types), declared=None, declared_end=None)
    assert found.derived
    assert found.sure is sure


@pytest.mark.parametrize(
    ("text", "gravity", "readable"),
    [
        ("一般", Gravity.ORDINARY, True),
        ("2", Gravity.SERIOUS, True),
        ("0", None, True),
        ("", None, True),
        ("很重", None, False),
    ],
)
def test_classes_are_read_as_they_are_written(
    text: str,
    gravity: Gravity | None,
    readable: bool,  # noqa: FBT001 -- a table
) -> None:
    """Words and the codes of 2016 are read; anything else is told apart from nothing."""
    assert read_gravity(text) == (gravity, readable)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 400))
def test_months_later_is_never_a_month_off(day: date, months: int) -> None:
    """The day after so many months lies in that month, on the same day or the month's last."""
    later = after_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).month != later.month
