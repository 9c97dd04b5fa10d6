"""Finds decisions: by text and filters, sorted, a page at a time, the last as fast as the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Row, Select, func, select, tuple_

from sinks.site.store import lexicon
from sinks.site.store.criteria import Criteria, Place, Sort, Way
from sinks.site.store.entries import Decision
from sinks.site.store.looking import COUNTED, Seen, among, keep_order, look, newest, with_decisions
from sinks.site.store.planning import Plan, plan
from sinks.site.store.ranking import relevance
from sinks.site.store.rows import from_row
from sinks.site.store.tables import decision
from sinks.site.store.turning import Key, Page, from_query, of_keys, of_ranks
from sinks.site.words import Phrase
from streams.domain.stages import Kind

RANKED = 300
"""With more results than these the newest come first: to rank all would mean to read all."""
_DAY_ZERO = date(1970, 1, 1)
_MOST_DAYS = (date.max - _DAY_ZERO).days
_C = decision.c
_SORTED_BY = {Sort.AMOUNT: _C.amount, Sort.DECIDED: _C.decided_on}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of results."""

    decisions: tuple[Decision, ...]
    count: int
    """Of all results, as far as they were counted."""
    more: bool
    """Whether there are more than `count`."""
    about: int | None = None
    """How many there are by a sample, where there are more."""
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
    way = plan(connection, criteria, sort)
    if way is None:
        return _NOTHING
    seen = look(connection, way)
    if sort is Sort.RELEVANCE and not (way.ranked and seen.whole and seen.count <= RANKED):
        sort = Sort.NEWEST
    if sort is Sort.RELEVANCE:
        page = of_ranks(_ranked(connection, seen.ids, way.phrases), place, size)
    elif seen.whole and (sort is Sort.NEWEST or seen.count <= COUNTED):
        page = of_keys(_keys(connection, seen.ids, sort), place, size)
    else:
        page = _on_the_way(connection, way, seen, sort, place=place, size=size)
    return Found(
        decisions=_read(connection, page.ids),
        count=seen.count,
        more=not seen.whole,
        about=seen.about,
        sort=sort,
        phrases=way.phrases,
        before=page.before,
        after=page.after,
        last=page.last if page.after else None,
    )


def _ranked(connection: Connection, ids: Sequence[int], phrases: Sequence[Phrase]) -> list[int]:
    """Return the decisions that answer best first; of equals the newest."""
    told = select(_C.id, _C.kind, _C.subject, _C.natural, _C.number, _C.subject_code, _C.columns)
    scored = []
    for row in connection.execute(told.where(among(connection, ids))).all():
        score = relevance(
            phrases,
            subject="" if row.natural else row.subject,
            numbers=f"{row.number}\n{row.subject_code}",
            says=partial(_says, row),
        )
        scored.append((-score, -row.id))
    return [-row_id for _, row_id in sorted(scored)]


def _says(row: Row[*tuple[Any, ...]]) -> str:
    """Return the texts that are searched, one a line; none of a natural person's."""
    if row.natural:
        return ""
    columns = orjson.loads(row.columns)
    return "\n".join(columns.get(code, "") for code in lexicon.read_by(Kind(row.kind)))


def _keys(connection: Connection, ids: Sequence[int], sort: Sort) -> list[Key]:
    """Return by what all that were found are sorted, in that order."""
    column = _SORTED_BY.get(sort)
    if column is None:
        return [(one,) for one in ids]
    rows = connection.execute(select(column, _C.id).where(among(connection, ids))).all()
    return sorted(((_number(value), row_id) for value, row_id in rows), reverse=True)


def _on_the_way(
    connection: Connection, way: Plan, seen: Seen, sort: Sort, *, place: Place, size: int
) -> Page:
    """Return a page of more decisions than are known by their ids."""
    if sort is Sort.NEWEST and place == Place() and len(seen.ids) > size:
        return of_keys([(one,) for one in seen.ids[: size + 1]], place, size)
    column = _SORTED_BY.get(sort)
    if column is None:
        wanted = newest(connection, way).order_by(None)
        key: tuple[ColumnElement[Any], ...] = tuple(wanted.selected_columns)
        keep_order(connection)
    elif seen.many or not way.indexed or way.person is not None:
        wanted, key = select(column, _C.id).where(*way.of_decision(connection)), (column, _C.id)
        keep_order(connection)
    else:
        # as no index has it, so that these few are looked up and sorted
        key = (func.coalesce(column, column), _C.id)
        wanted = with_decisions(connection, way, column)
    rows = connection.execute(_beyond(wanted, key, sort, place).limit(size + 1))
    return from_query([(*map(_number, row[:-1]), row[-1]) for row in rows], place, size)


def _beyond(wanted: Select[Any], key: Sequence[ColumnElement[Any]], sort: Sort, place: Place) -> Select[Any]:
    """Return the statement of what lies beyond a place, the nearest first."""
    backwards = place.way is Way.BEFORE
    if len(place.position) == len(key):
        here = _bound(sort, place.position)
        if len(key) == 1:
            wanted = wanted.where(key[0] > here[0] if backwards else key[0] < here[0])
        else:
            wanted = wanted.where(tuple_(*key) > tuple_(*here) if backwards else tuple_(*key) < tuple_(*here))
    return wanted.order_by(*(one.asc() if backwards else one.desc() for one in key))


def _bound(sort: Sort, position: Key) -> tuple[Any, ...]:
    if sort is Sort.DECIDED:
        return (_DAY_ZERO + timedelta(days=min(position[0], _MOST_DAYS)), *position[1:])
    return position


def _number(value: date | int) -> int:
    return (value - _DAY_ZERO).days if isinstance(value, date) else value


def _read(connection: Connection, ids: Sequence[int]) -> tuple[Decision, ...]:
    rows = {
        row["id"]: row
        for row in connection.execute(select(decision).where(among(connection, ids))).mappings()
    }
    return tuple(from_row(rows[one]) for one in ids)
