"""How long a penalty stays public: shortest and longest period under the rules of its decision day."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from streams.domain.enumerations import PenaltyTypes

COLUMN = "CF_SXYZCD"
"""失信严重程度: the class that the sector authority's own standard gives; the templates of 2018 lack it."""

HEADERS = ("失信严重程度", "违法严重程度", "严重程度")


class Gravity(StrEnum):
    """Class of a penalty, which decides how long it is public."""

    SLIGHT = "轻微"
    ORDINARY = "一般"
    SERIOUS = "严重"


_WRITINGS: Mapping[str, Gravity | None] = MappingProxyType(
    {
        **{gravity.value: gravity for gravity in Gravity},
        **{f"{gravity.value}失信": gravity for gravity in Gravity},
        "较重": Gravity.SERIOUS,
        "未定": None,
        # the codes of 2016: 0 未定 1 一般 2 较重 3 严重
        "0": None,
        "1": Gravity.ORDINARY,
        "2": Gravity.SERIOUS,
        "3": Gravity.SERIOUS,
    }
)
_SLIGHT_ONLY = ("警告", "通报批评")
_SERIOUS = ("吊销", "限制从业", "责令关闭")
_ORDINARY = ("暂扣", "降低资质")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The periods of one class, as in force from a day on."""

    in_force: date
    shortest_months: int
    longest_months: int
    source: str


_ORDER_58 = "国家发展改革委令2023年第58号《失信行为纠正后的信用信息修复管理办法(试行)》"
_ORDER_36 = "国家发展改革委令2025年第36号《信用修复管理办法》"
RULES: Mapping[Gravity, tuple[Rule, ...]] = MappingProxyType(
    {
        gravity: (
            Rule(in_force=date.min, shortest_months=old[0], longest_months=old[1], source=_ORDER_58),
            Rule(in_force=date(2026, 4, 1), shortest_months=new[0], longest_months=new[1], source=_ORDER_36),
        )
        for gravity, old, new in (
            (Gravity.SLIGHT, (0, 36), (0, 3)),
            (Gravity.ORDINARY, (3, 36), (3, 12)),
            (Gravity.SERIOUS, (12, 36), (12, 36)),
        )
    }
)
"""`domain.md` 3.3; the newest rule in force on the decision day counts. What was decided before the order of
2023 came into force follows that order, as what was public then was judged by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publicity:
    """How long one penalty is public."""

    gravity: Gravity
    derived: bool
    """Whether the class was derived from the kinds of penalty; else it was declared."""
    sure: bool
    """Whether the rule allows to derive it; a fine alone does not tell whether it is a large one."""
    shortest_until: date
    """Last day of the shortest period; only an approved repair of a slight one may end it before."""
    until: date
    """Last day on which it is public."""
    source: str
    """The order that says so, in Chinese."""


def read_gravity(text: str) -> tuple[Gravity | None, bool]:
    """Return the class that `text` declares (None: none), and whether it could be read."""
    written = text.strip()
    return _WRITINGS.get(written), written == "" or written in _WRITINGS


@lru_cache(maxsize=4096)
def publicity(
    *,
    decided: date,
    types: PenaltyTypes,
    declared: Gravity | None,
    declared_end: date | None,
    usual_months: int | None = None,
) -> Publicity:
    """Return the period of a penalty decided on `decided`.

    It begins on the decision day. `declared_end` (公示截止期) counts within the bounds of the rule, else the
    item's `usual_months`, else the longest period.
    """
    derived, sure = _derived(types)
    gravity = declared or derived
    rule = next(rule for rule in reversed(RULES[gravity]) if rule.in_force <= decided)
    shortest = after_months(decided, rule.shortest_months)
    longest = after_months(decided, rule.longest_months)
    wished = declared_end or (after_months(decided, usual_months) if usual_months else longest)
    return Publicity(
        gravity=gravity,
        derived=declared is None,
        sure=declared is not None or sure,
        shortest_until=shortest,
        until=min(max(wished, shortest), longest),
        source=rule.source,
    )


def _derived(types: PenaltyTypes) -> tuple[Gravity, bool]:
    """Return the class that the kinds of penalty speak for, the gravest, and whether they settle it."""
    if types.of(*_SERIOUS):
        return Gravity.SERIOUS, True
    if types.of(*_ORDINARY):
        return Gravity.ORDINARY, True
    if types.names and all(name in _SLIGHT_ONLY for name in types.names):
        return Gravity.SLIGHT, True
    return Gravity.ORDINARY, False


def after_months(day: date, months: int) -> date:
    """Return the same day `months` later, the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
