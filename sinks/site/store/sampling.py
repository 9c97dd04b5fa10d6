"""Tells about how many decisions are found, by slices of them out of all times."""

from dataclasses import dataclass

from sqlalchemy import Connection, ScalarSelect, func, literal, select, union_all

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


def sample(connection: Connection, plan: Plan, decisions: int) -> Sample:
    """Return what is met of about so many decisions."""
    if decisions <= SLICES * SLICE:
        return Sample(newest=(), count=0, about=0)
    slices = [_slice(connection, plan, number, _top(number, decisions)) for number in range(SLICES)]
    met: list[set[int]] = [set() for _ in range(SLICES)]
    for number, row_id in connection.execute(union_all(*slices)):
        met[number].add(row_id)
    others = sorted(map(len, met))[1:-1]
    return Sample(
        newest=tuple(sorted(met[0], reverse=True)),
        count=len(set().union(*met)),
        about=sum(others) * decisions / (len(others) * SLICE),
    )


def _top(number: int, decisions: int) -> ScalarSelect[int]:
    """Return the id at the upper end of a slice: what has been changed last until then stands about there."""
    turn = decisions - number * (decisions // SLICES)
    return select(_C.id).where(_C.turn <= turn).order_by(_C.turn.desc()).limit(1).scalar_subquery()


def _slice(connection: Connection, plan: Plan, number: int, top: ScalarSelect[int]) -> Statement:
    """Return the statement of what is found in a slice, as its number and ids."""
    words, row_id = lexicon.words_table(connection)
    below = number > 0
    if connection.dialect.name == "sqlite":
        ids = select(_C.id).order_by(_C.id.desc())
        bottom = (ids.where(_C.id <= top) if below else ids).limit(1).offset(SLICE - 1).scalar_subquery()
        found = plan.beside(select(literal(number), row_id), words, row_id)
        found = found.where(plan.match(connection), row_id >= func.coalesce(bottom, 0))
        return found.where(row_id <= top) if below else found
    latest = select(row_id, lexicon.postgres_words.c.words).order_by(row_id.desc()).limit(SLICE)
    few = (latest.where(row_id <= top) if below else latest).subquery(f"slice_{number}")
    return plan.beside(select(literal(number), few.c.id), few, few.c.id).where(
        plan.match(connection, few.c.words)
    )
