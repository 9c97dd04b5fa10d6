"""Reads the statistics out of the sums: by month, kind, authority and class, and how many were in time."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from sinks.site.store.tables import tally

_C = tally.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeliness:
    """How many decisions were public in time, of those whose first publication is known."""

    timely: int = 0
    known: int = 0

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nothing is known."""
        return self.timely / self.known if self.known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """All that is counted."""

    total: int
    kinds: Mapping[str, int]
    months: Mapping[str, Mapping[str, int]]
    """Month of decision (`2026-09`) → kind → decisions; the latest twelve that have any."""
    authorities: Mapping[str, Mapping[str, int]]
    """Code → kind → decisions."""
    timeliness: Mapping[str, Timeliness]
    """Authority's code → timeliness."""
    classes: Mapping[str, int]
    """Class of penalty → decisions; one decision may be of several."""
    fined: int
    """Fines and confiscations together, in 分."""


def statistics(connection: Connection, authority: str = "") -> Statistics:
    """Return the figures of everything that is public, or of one authority's."""
    months: dict[str, Counter[str]] = {}
    authorities: dict[str, Counter[str]] = {}
    timeliness: dict[str, Timeliness] = {}
    kinds: Counter[str] = Counter()
    fined = 0
    of_one = (_C.authority_code == authority,) if authority else ()
    by_month, by_class = (_C.penalty_class == "", *of_one), (_C.penalty_class != "", *of_one)
    for code, kind, *sums in _summed(connection, (_C.authority_code, _C.kind), by_month):
        decisions, timely, known, fines = sums
        kinds[kind] += decisions
        authorities.setdefault(code, Counter())[kind] += decisions
        so_far = timeliness.get(code, Timeliness())
        timeliness[code] = Timeliness(timely=so_far.timely + timely, known=so_far.known + known)
        fined += fines
    for month, kind, decisions, *_ in _summed(connection, (_C.month, _C.kind), by_month):
        months.setdefault(month, Counter())[kind] = decisions
    classes = {name: decisions for name, decisions, *_ in _summed(connection, (_C.penalty_class,), by_class)}
    return Statistics(
        total=sum(kinds.values()),
        kinds=kinds,
        months=dict(sorted(months.items())[-12:]),
        authorities=dict(sorted(authorities.items())),
        timeliness=timeliness,
        classes=dict(sorted(classes.items(), key=lambda pair: (-pair[1], pair[0]))),
        fined=fined,
    )


def _summed(
    connection: Connection, by: Sequence[ColumnElement[str]], where: Sequence[ColumnElement[bool]]
) -> Iterator[tuple[Any, ...]]:
    """Yield `by` and the sums: decisions, those in time, those of which it is known, fines."""
    columns = (_C.decisions, _C.timely, _C.known, _C.fined)
    asked = select(*by, *map(func.sum, columns)).where(*where).group_by(*by)
    for row in connection.execute(asked):
        yield (*row[: len(by)], *map(int, row[len(by) :]))  # PostgreSQL's sum of whole numbers is a decimal


def together(timeliness: Mapping[str, Timeliness]) -> Timeliness:
    """Return the timeliness of all authorities."""
    return Timeliness(
        timely=sum(one.timely for one in timeliness.values()),
        known=sum(one.known for one in timeliness.values()),
    )
