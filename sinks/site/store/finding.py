"""Finds decisions: by text and filters, sorted, a page at a time, the last as fast as the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, tuple_

from sinks.site.store import lexicon
from sinks.site.store.criteria import Criteria, Place, Sort, Way
from sinks.site.store.entries import DIVIDER, Decision
from sinks.site.store.rows import from_row
from sinks.site.store.tables import decision
from sinks.site.words import Phrase, phrases
from streams.domain.folding import code as fold_code
from streams.domain.keys import document_number, subject_name

COUNTED = 1_000
"""More results than these are "more than": counting on would cost more than it tells."""
RANKED = 1_000
"""With more results than these the newest come first: to rank all would mean to read all."""
CODE_LENGTH = 18
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    where: tuple[ColumnElement[bool], ...]
    source: Any = decision
    row_id: ColumnElement[int] = _C.id
    phrases: tuple[Phrase, ...] = ()
    ranked: bool = False
    """Whether the words' table is part of the source, so that it can rank."""


def find(connection: Connection, criteria: Criteria, sort: Sort, place: Place, size: int) -> Found:
    """Return a page of at most `size` decisions that are public.

    A withdrawn one is found by its exact document number only, a natural person's by that or the exact name.
    """
    plan = _plan(connection, criteria)
    if plan is None:
        return Found(
            decisions=(),
            count=0,
            more=False,
            sort=Sort.NEWEST,
            phrases=(),
            before=None,
            after=None,
            last=None,
        )
    count = _count(connection, plan, sort)
    if sort is Sort.RELEVANCE and (not plan.ranked or count > RANKED):
        sort = Sort.NEWEST
    if sort is Sort.RELEVANCE:
        rows, before, after, last = _ranked(connection, plan, place, size, count)
    else:
        rows, before, after, last = _sorted(connection, plan, sort, place, size)
    return Found(
        decisions=tuple(from_row(row) for row in rows),
        count=min(count, COUNTED),
        more=count > COUNTED,
        sort=sort,
        phrases=plan.phrases,
        before=before,
        after=after,
        last=last if after else None,
    )


def _plan(connection: Connection, criteria: Criteria) -> _Plan | None:
    """Return how to look, None where the text holds nothing that can be looked for."""
    where = _filters(criteria)
    if not criteria.text:
        return _Plan(where=(~_C.withdrawn, *where))
    exact = _exact(connection, criteria.text)
    if exact is not None:
        return _Plan(where=(exact, *where))
    asked = phrases(criteria.text)
    person = and_(_C.natural, _C.subject_key == subject_name(criteria.text), ~_C.withdrawn)
    known = connection.execute(select(_C.id).where(person).limit(1)).first()
    if not asked:
        return _Plan(where=(person, *where)) if known else None
    words, row_id = _words(connection)
    match = lexicon.matches(connection, asked)
    if known:
        with_words = _C.id.in_(select(row_id).select_from(words).where(match))
        return _Plan(where=(or_(person, with_words), ~_C.withdrawn, *where), phrases=asked)
    source = words.join(decision, _C.id == row_id)
    return _Plan(source=source, where=(match, *where), row_id=row_id, phrases=asked, ranked=True)


def _words(connection: Connection) -> tuple[Any, ColumnElement[int]]:
    if connection.dialect.name == "sqlite":
        return lexicon.sqlite_words, lexicon.sqlite_words.c.rowid
    return lexicon.postgres_words, lexicon.postgres_words.c.id


def _exact(connection: Connection, text: str) -> ColumnElement[bool] | None:
    """Return the condition where `text` is a document number or a code that is known."""
    code = fold_code(text)
    if len(code) == CODE_LENGTH and code.isascii() and code.isalnum():
        return and_(_C.subject_code == code, ~_C.withdrawn)
    number = _C.number_key == document_number(text)
    return number if connection.execute(select(_C.id).where(number).limit(1)).first() else None


def _filters(criteria: Criteria) -> tuple[ColumnElement[bool], ...]:
    wanted: list[ColumnElement[bool]] = []
    if criteria.kind:
        wanted.append(_C.kind == str(criteria.kind))
    for column, value in (
        (_C.authority_code, criteria.authority),
        (_C.item, criteria.item),
        (_C.subject_code, criteria.subject),
    ):
        if value:
            wanted.append(column == value)
    if criteria.category:
        wanted.append(_C.classes.contains(f"{DIVIDER}{criteria.category}{DIVIDER}", autoescape=True))
    if criteria.since:
        wanted.append(_C.decided_on >= criteria.since)
    if criteria.until:
        wanted.append(_C.decided_on <= criteria.until)
    if criteria.least is not None:
        wanted.append(_C.amount >= criteria.least)
    if criteria.most is not None:
        wanted.append(_C.amount <= criteria.most)
    return tuple(wanted)


def _count(connection: Connection, plan: _Plan, sort: Sort) -> int:
    where = (*plan.where, _C.amount.is_not(None)) if sort is Sort.AMOUNT else plan.where
    some = select(plan.row_id).select_from(plan.source).where(*where).limit(COUNTED + 1)
    return connection.execute(select(func.count()).select_from(some.subquery())).scalar_one()


Page = tuple[Sequence[Any], Place | None, Place | None, Place]


def _ranked(connection: Connection, plan: _Plan, place: Place, size: int, total: int) -> Page:
    rank = lexicon.rank(connection, plan.phrases)
    scored = (
        select(*decision.c).select_from(plan.source).where(*plan.where).order_by(rank, plan.row_id.desc())
    )
    end = max(0, (total - 1) // size * size)
    if place.way is Way.BEFORE and not place.position:
        start = end
    else:
        start = min(max(0, place.position[0]), RANKED) if place.position else 0
    rows = connection.execute(scored.limit(size).offset(start)).mappings().all()
    before = Place(position=(max(0, start - size),)) if start else None
    after = Place(position=(start + size,)) if start + size < total else None
    return rows, before, after, Place(position=(end,))


def _sorted(connection: Connection, plan: _Plan, sort: Sort, place: Place, size: int) -> Page:
    key = _key(plan, sort)
    backwards = place.way is Way.BEFORE
    wanted: Select[Any] = select(*decision.c).select_from(plan.source).where(*plan.where)
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


def _key(plan: _Plan, sort: Sort) -> tuple[ColumnElement[Any], ...]:
    if sort is Sort.AMOUNT:
        return (_C.amount, _C.id)
    if sort is Sort.DECIDED:
        return (_C.decided_on, _C.id)
    return (plan.row_id,)


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
