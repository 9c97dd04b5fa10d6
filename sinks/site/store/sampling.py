"""Tells about how many decisions are found, by slices of them out of all times."""

from dataclasses import dataclass

from sqlalchemy import Connection, ScalarSelect, and_, func, literal, select, union_all

from sinks.site.store import lexicon
from sinks.site.store.planning import Plan, Statement
from sinks.site.store.tables import decision

SLICES, SLICE = 5, 600
"""Of all that there are: slices, and decisions in each. The first slice are the newest."""
_C = decision.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What was met in the slices."""

    newest: tuple[int, ...]
    """Of those that are found, the ones in the first slice, newest first."""
    count: int
    """Of all slices."""
    about: float
    """How many are found in all; the slices with the most and with the fewest are not reckoned with.

    A word that came up last month is in every other decision of the newest slice and in no earlier one.
    """


def sample(connection: Connection, plan: Plan, decisions: int, *, few: int | None = None) -> Sample:
    """Return what is met of about so many decisions.

    Where the newest tell of no more than `few` that is believed: each slice costs as much as a look-up.
    """
    if decisions <= SLICES * SLICE:
        return Sample(newest=(), count=0, about=0)
    newest = {row_id for _, row_id in connection.execute(_slice(connection, plan, 0, None)).all()}
    by_newest = len(newest) * decisions / SLICE
    if few is not None and by_newest <= few:
        return Sample(newest=_latest_first(newest), count=len(newest), about=by_newest)
    older: list[set[int]] = [set() for _ in range(1, SLICES)]
    slices = [_slice(connection, plan, number, _top(number, decisions)) for number in range(1, SLICES)]
    for number, row_id in connection.execute(union_all(*slices)).all():
        older[number - 1].add(row_id)
    others = sorted(map(len, (newest, *older)))[1:-1]
    return Sample(
        newest=_latest_first(newest),
        count=len(newest.union(*older)),
        about=sum(others) * decisions / (len(others) * SLICE),
    )


def _latest_first(ids: set[int]) -> tuple[int, ...]:
    return tuple(sorted(ids, reverse=True))


def _top(number: int, decisions: int) -> ScalarSelect[int]:
    """Return the id at the upper end of a slice: what has been changed last until then stands about there."""
    turn = decisions - number * (decisions // SLICES)
    return select(_C.id).where(_C.turn <= turn).order_by(_C.turn.desc()).limit(1).scalar_subquery()


def _slice(connection: Connection, plan: Plan, number: int, top: ScalarSelect[int] | None) -> Statement:
    """Return the statement of what is found in a slice, as its number and ids; without a top: the newest."""
    words, row_id = lexicon.words_table(connection)
    if connection.dialect.name == "sqlite":
        ids = select(_C.id) if top is None else select(_C.id).where(_C.id <= top)
        bottom = ids.order_by(_C.id.desc()).limit(1).offset(SLICE - 1).scalar_subquery()
        found = plan.beside(select(literal(number), row_id), words, row_id)
        found = found.where(plan.match(connection), row_id >= func.coalesce(bottom, 0))
        return found if top is None else found.where(row_id <= top)
    latest = select(row_id, lexicon.postgres_words.c.words).order_by(row_id.desc()).limit(SLICE)
    few = (latest if top is None else latest.where(row_id <= top)).subquery(f"slice_{number}")
    found = select(literal(number), few.c.id).where(plan.match(connection, few.c.words))
    if not plan.ends:
        return found
    # not a join: of a small table that is planned as one with all of it, five times over
    ends = select(and_(*plan.ends)).select_from(decision).where(_C.id == few.c.id)
    return found.where(ends.scalar_subquery())
