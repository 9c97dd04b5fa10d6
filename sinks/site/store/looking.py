"""Looks up which decisions are found without reading all that match: few are known whole, many by the newest.

PostgreSQL's index tells all matches at once and in no order, which is fine for a few; of what stands in every
tenth decision the newest are soon met on the way from the newest on. Which of the two it is tells a sample
(`sampling.py`), not the planner, which takes a phrase of frequent words for rare. SQLite's index is read
in the order of the decisions, either way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Connection, Select, any_, bindparam, func, select

from sinks.site.store import lexicon
from sinks.site.store.planning import Plan
from sinks.site.store.sampling import sample
from sinks.site.store.tables import decision

COUNTED = 500
"""More results than these are counted only where the index tells them all at once."""
FEW = 1_000
"""Up to so many results are looked up at once on SQLite."""
MANY = 4_000
"""Up to so many results are looked up at once on PostgreSQL."""
PAGE = 20
"""Results of a usual page."""
_C = decision.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen of the decisions that are found."""

    ids: tuple[int, ...]
    """Newest first: all, or else the newest ones."""
    whole: bool
    """Whether `ids` are all."""
    count: int
    """Of all, where `whole`; else there are more than these."""
    about: int | None = None
    """How many there are by a sample, to one digit; None where that tells no more than `count`."""
    many: bool = False
    """Whether there are too many to sort them."""


def look(connection: Connection, plan: Plan) -> Seen:
    """Return all decisions that are found, if these can be looked up at once; else some of the newest."""
    if not plan.indexed:
        return _all_or_newest(_ids(connection, newest(connection, plan).limit(COUNTED + 1)))
    seen = _by_words(connection, plan)
    if plan.person is None:
        return seen
    if not seen.whole:
        return replace(seen, ids=())  # among the newest there may be the person's, whom the words do not find
    of_person = select(_C.id).where(plan.person, *plan.where).limit(COUNTED + 1)
    both = sorted({*seen.ids, *_ids(connection, of_person)}, reverse=True)
    return Seen(ids=tuple(both), whole=True, count=len(both))


def newest(connection: Connection, plan: Plan) -> Select[Any]:
    """Return the statement of all ids that are found; the newest are first."""
    if not plan.indexed or plan.person is not None:
        return select(_C.id).where(*plan.of_decision(connection)).order_by(_C.id.desc())
    words, row_id = lexicon.words_table(connection)
    found = plan.beside(select(row_id), words, row_id).where(plan.match(connection))
    return found.order_by(row_id.desc())


def with_decisions(connection: Connection, plan: Plan, column: ColumnElement[Any]) -> Select[Any]:
    """Return the statement of what the index finds: a column of the decisions, and their ids, in no order."""
    words, row_id = lexicon.words_table(connection)
    both = words.join(decision, _C.id == row_id)
    return select(column, _C.id).select_from(both).where(plan.match(connection), *plan.ends)


def among(connection: Connection, ids: Sequence[int]) -> ColumnElement[bool]:
    """Return the condition that a decision is one of `ids`, that PostgreSQL need prepare but once."""
    if connection.dialect.name == "postgresql":
        return _C.id == any_(bindparam(None, list(ids), type_=ARRAY(BigInteger)))
    return _C.id.in_(ids)


def keep_order(connection: Connection) -> None:
    """Have PostgreSQL go through decisions in the order that is asked for, whatever it thinks there are.

    For the rest of the transaction.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.set_config("enable_sort", "off", True)))  # noqa: FBT003 -- "is local"


def _by_words(connection: Connection, plan: Plan) -> Seen:
    decisions = connection.execute(select(func.coalesce(func.max(_C.turn), 0))).scalar_one()
    if connection.dialect.name == "sqlite":
        # oldest first: backwards FTS5 goes through each page of its index twice
        ids = _ids(connection, newest(connection, plan).order_by(None).limit(FEW + 1))
        if len(ids) <= FEW:
            return _whole(ids, decisions)
        ids = _ids(connection, newest(connection, plan).limit(COUNTED + 1))
        about = sample(connection, plan, decisions).about
        reckoned, many = _rounded(about, COUNTED), _too_many(about, decisions)
        return Seen(ids=tuple(ids), whole=False, count=COUNTED, about=reckoned, many=many)
    # a look-up in vain costs as much as three samples: the newest alone are believed far below MANY only
    met = sample(connection, plan, decisions, few=0 if plan.ends else MANY // 4)
    if met.about > MANY or (plan.ends and _too_many(met.about, decisions)):
        reckoned = _rounded(met.about, met.count)
        return Seen(ids=met.newest, whole=False, count=met.count, about=reckoned, many=True)
    words, row_id = lexicon.words_table(connection)
    some = plan.beside(select(row_id), words, row_id).where(plan.match(connection)).limit(MANY + 1)
    ids = _ids(connection, some)
    if len(ids) > MANY:  # the sample has misled
        return Seen(ids=met.newest, whole=False, count=MANY, many=True)
    return _whole(ids, decisions)


def _whole(ids: Sequence[int], decisions: int) -> Seen:
    many = _too_many(len(ids), decisions)
    return Seen(ids=tuple(sorted(ids, reverse=True)), whole=True, count=len(ids), many=many)


def _too_many(found: float, decisions: int) -> bool:
    """Tell whether a page of results is sooner met on the way than all are sorted.

    To sort looks at each that is found; the way to a page of 20 is 20 times `decisions` / `found` long, and a
    step of it takes half the time.
    """
    return found > COUNTED and found * found > PAGE / 2 * decisions


def _rounded(about: float, count: int) -> int | None:
    rounded = int(float(f"{about:.0e}"))
    return rounded if rounded > count else None


def _all_or_newest(ids: Sequence[int]) -> Seen:
    whole = len(ids) <= COUNTED
    return Seen(ids=tuple(ids), whole=whole, count=min(len(ids), COUNTED), many=not whole)


def _ids(connection: Connection, wanted: Select[Any]) -> Sequence[int]:
    return connection.execute(wanted).scalars().all()
