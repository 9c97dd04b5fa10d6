"""Finds decisions: by text and filters, sorted, a page at a time, the last as fast as the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_

from sinks.site.store.criteria import Criteria, Place, Sort, Way
from sinks.site.store.entries import Decision
from sinks.site.store.planning import Plan, plan
from sinks.site.store.ranking import relevance
from sinks.site.store.rows import from_row
from sinks.site.store.tables import decision
from sinks.site.words import Phrase
from streams.domain.stages import Kind

COUNTED = 1_000
"""More results than these are "more than": counting on would cost more than it tells."""
RANKED = 300
"""With more results than these the newest come first: to rank all would mean to read all."""
SORTED = 5_000
"""So many results are sorted; of more one comes soon enough on the way through all in that order."""
_DAY_ZERO = date(1970, 1, 1)
_MOST_DAYS = (date.max - _DAY_ZERO).days
_C = decision.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of results."""

    decisions: tuple[Decision, ...]
    count: int
    """Of all results, as far as they were counted."""
    more: bool
    """Whether there are more than `count`."""
    sort: Sort
    """The order that was possible."""
    phrases: tuple[Phrase, ...]
    """What is to be marked."""
    before: Place | None
    after: Place | None
    last: Place | None


_NOTHING = Found(
    decisions=(), count=0, more=False, sort=Sort.NEWEST, phrases=(), before=None, after=None, last=None
)


def find(connection: Connection, criteria: Criteria, sort: Sort, place: Place, size: int) -> Found:
    """Return a page of at most `size` decisions that are public; see `plan` for what is found."""
    way = plan(connection, criteria)
    if way is None:
        return _NOTHING
    count = _count(connection, way, sort)
    if sort is Sort.RELEVANCE and (not way.ranked or count > RANKED):
        sort = Sort.NEWEST
    if sort is Sort.RELEVANCE:
        rows, before, after, last = _ranked(connection, way, place, size)
    else:
        rows, before, after, last = _sorted(connection, _ordered(way, sort, count), sort, place, size)
    return Found(
        decisions=tuple(from_row(row) for row in rows),
        count=min(count, COUNTED),
        more=count > COUNTED,
        sort=sort,
        phrases=way.phrases,
        before=before,
        after=after,
        last=last if after else None,
    )


def _count(connection: Connection, way: Plan, sort: Sort) -> int:
    by_amount = sort is Sort.AMOUNT
    where = (*way.where, _C.amount.is_not(None)) if by_amount else way.where
    source = way.source if by_amount or way.bare is None else way.bare
    most = SORTED if sort in (Sort.AMOUNT, Sort.DECIDED) and way.walked else COUNTED
    some = select(way.row_id).select_from(source).where(*where).limit(most + 1)
    return connection.execute(select(func.count()).select_from(some.subquery())).scalar_one()


def _ordered(way: Plan, sort: Sort, count: int) -> Plan:
    """Return the plan for an order: many decisions are walked through in it, few are sorted."""
    if sort is Sort.NEWEST or count <= SORTED or not way.walked:
        return way
    return Plan(where=way.walked, phrases=way.phrases)


Page = tuple[Sequence[Any], Place | None, Place | None, Place]


def _ranked(connection: Connection, way: Plan, place: Place, size: int) -> Page:
    told = select(_C.id, _C.kind, _C.subject, _C.natural, _C.number, _C.subject_code, _C.columns)
    scored = []
    for row in connection.execute(told.select_from(way.source).where(*way.where)):
        score = relevance(
            way.phrases,
            kind=Kind(row.kind),
            subject="" if row.natural else row.subject,
            numbers=f"{row.number}\n{row.subject_code}",
            columns={} if row.natural else orjson.loads(row.columns),
        )
        scored.append((-score, -row.id))
    scored.sort()
    end = max(0, (len(scored) - 1) // size * size)
    start = min(max(0, place.position[0]), RANKED) if place.position else 0
    if place.way is Way.BEFORE and not place.position:
        start = end
    wanted = [-row_id for _, row_id in scored[start : start + size]]
    page = connection.execute(select(decision).where(_C.id.in_(wanted))).mappings()
    rows = {row["id"]: row for row in page}
    before = Place(position=(max(0, start - size),)) if start else None
    after = Place(position=(start + size,)) if start + size < len(scored) else None
    return [rows[row_id] for row_id in wanted], before, after, Place(position=(end,))


def _sorted(connection: Connection, way: Plan, sort: Sort, place: Place, size: int) -> Page:
    key = _key(way, sort)
    backwards = place.way is Way.BEFORE
    wanted: Select[Any] = select(*decision.c).select_from(way.source).where(*way.where)
    if sort is Sort.AMOUNT:
        wanted = wanted.where(_C.amount.is_not(None))
    if len(place.position) == len(key):
        here = tuple(_bound(sort, place.position))
        side = tuple_(*key) > tuple_(*here) if backwards else tuple_(*key) < tuple_(*here)
        wanted = wanted.where(side if len(key) > 1 else (key[0] > here[0] if backwards else key[0] < here[0]))
    order = [one.asc() for one in key] if backwards else [one.desc() for one in key]
    rows = list(connection.execute(wanted.order_by(*order).limit(size + 1)).mappings())
    further = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    before = after = None
    if rows:
        first = Place(way=Way.BEFORE, position=_position(sort, rows[0]))
        final = Place(way=Way.AFTER, position=_position(sort, rows[-1]))
        before = first if (further if backwards else place.position) else None
        after = final if ((place.position or False) if backwards else further) else None
    return rows, before, after, Place(way=Way.BEFORE)


def _key(way: Plan, sort: Sort) -> tuple[ColumnElement[Any], ...]:
    if sort is Sort.AMOUNT:
        return (_C.amount, _C.id)
    if sort is Sort.DECIDED:
        return (_C.decided_on, _C.id)
    return (way.row_id,)


def _position(sort: Sort, row: Any) -> tuple[int, ...]:
    if sort is Sort.AMOUNT:
        return (row["amount"], row["id"])
    if sort is Sort.DECIDED:
        return ((row["decided_on"] - _DAY_ZERO).days, row["id"])
    return (row["id"],)


def _bound(sort: Sort, position: tuple[int, ...]) -> tuple[Any, ...]:
    if sort is Sort.DECIDED:
        return (_DAY_ZERO + timedelta(days=min(position[0], _MOST_DAYS)), *position[1:])
    return position
