"""What filters ask for, as words of the full-text index: only that finds the few among a million at once.

A facet begins with `_`, which no word of a text holds (`sinks.site.words`). Days and amounts have one for
each step of a ladder; a range asks for the rungs that cover it, and the row itself decides at its ends.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from sinks.site.store.criteria import Criteria
from sinks.site.store.entries import Decision
from streams.domain.enumerations import LICENCE_TYPES, OTHER, PENALTY_TYPES
from streams.domain.stages import Kind

NONE = "_none"
"""The facet that no decision has."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_MOST_DIGITS = 15
"""Of an amount in 分; the official column takes 10,000 万元, which has 10."""
_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        **{name: Kind.PENALTY for name in PENALTY_TYPES.values() if name != OTHER},
        **{name: Kind.LICENCE for name in LICENCE_TYPES.values() if name != OTHER},
    }
)
"""Class → the kind that all of it are of: the index need not be asked for that, half of everything, too."""


def facets_of(decision: Decision) -> tuple[str, ...]:
    """Return the facets that a decision which is public is found by."""
    day = decision.decided_on
    found = [
        f"_k{decision.kind}",
        _named("a", decision.authority_code),
        _named("i", decision.item),
        *(_named("c", name) for name in decision.classes),
        f"_d{day.year // 10}",
        f"_y{day.year}",
        f"_m{day:%Y%m}",
    ]
    if decision.amount is not None:
        digits = str(decision.amount)[:_MOST_DIGITS]
        found += [f"_f{len(digits)}", f"_f{len(digits)}x{digits[0]}"]
    return tuple(dict.fromkeys(found))


def asked_for(criteria: Criteria) -> tuple[tuple[str, ...], ...]:
    """Return groups of facets: a decision that is asked for has at least one of each group."""
    groups: list[tuple[str, ...]] = []
    if criteria.kind and criteria.kind is not _KINDS.get(criteria.category):
        groups.append((f"_k{criteria.kind}",))
    for sign, value in (("a", criteria.authority), ("i", criteria.item), ("c", criteria.category)):
        if value:
            groups.append((_named(sign, value),))
    if criteria.since or criteria.until:
        groups.append(tuple(_days(criteria.since or date.min, criteria.until or date.max)))
    if criteria.least is not None or criteria.most is not None:
        most = 10**_MOST_DIGITS - 1 if criteria.most is None else criteria.most
        groups.append(tuple(_amounts(max(0, criteria.least or 0), most)))
    return tuple(group or (NONE,) for group in groups)


@lru_cache(4096)
def _named(sign: str, value: str) -> str:
    """Return one word for any value: what is no letter or digit is written as its number."""
    return f"_{sign}" + "".join(one if one.isalnum() else f"_{ord(one):x}_" for one in value.casefold())


def _days(since: date, until: date) -> Iterator[str]:
    first, last = max(since, date(_FIRST_YEAR, 1, 1)), min(until, date(_LAST_YEAR, 12, 31))
    month, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    while month <= end:
        year = month // 12
        if month % 120 == 0 and month + 119 <= end:
            yield f"_d{year // 10}"
            month += 120
        elif month % 12 == 0 and month + 11 <= end:
            yield f"_y{year}"
            month += 12
        else:
            yield f"_m{year}{month % 12 + 1:02}"
            month += 1


def _amounts(least: int, most: int) -> Iterator[str]:
    for digits in range(1, _MOST_DIGITS + 1):
        lowest = 0 if digits == 1 else 10 ** (digits - 1)
        if least <= lowest and 10**digits - 1 <= most:
            yield f"_f{digits}"
            continue
        firsts = range(0 if digits == 1 else 1, 10)
        yield from _rungs(digits, firsts, least, most)


def _rungs(digits: int, firsts: Sequence[int], least: int, most: int) -> Iterator[str]:
    step = 10 ** (digits - 1)
    for first in firsts:
        if first * step <= most and (first + 1) * step - 1 >= least:
            yield f"_f{digits}x{first}"
