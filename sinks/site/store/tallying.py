"""Keeps the sums that the statistics are made of, in the transaction that changes a decision."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from sqlalchemy import Connection, delete

from sinks.ledger.upsert import insert_into
from sinks.site.store.entries import Decision
from sinks.site.store.tables import tally
from streams.domain.stages import Kind

_SUMS = ("decisions", "timely", "known", "fined")
Place: TypeAlias = tuple[str, str, str, str]
"""The primary key of a sum: authority, kind, month, class."""


def count(connection: Connection, before: Iterable[Decision], after: Iterable[Decision]) -> None:
    """Take decisions as they stood out of the sums and put them in as they stand; withdrawn ones count not.

    No sums are read first, so the order of batches does not matter.
    """
    changes: dict[Place, list[int]] = {}
    for sign, decisions in ((-1, before), (1, after)):
        for one in decisions:
            for place, sums in _sums(one):
                of_place = changes.setdefault(place, [0] * len(_SUMS))
                for at, value in enumerate(sums):
                    of_place[at] += sign * value
    keys = [column.name for column in tally.primary_key]
    rows = [
        dict(zip((*keys, *_SUMS), (*place, *sums), strict=True))
        for place, sums in sorted(changes.items())
        if any(sums)
    ]
    if not rows:
        return
    insert = insert_into(connection, tally)
    added = {name: tally.c[name] + insert.excluded[name] for name in _SUMS}
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=added), rows)
    connection.execute(delete(tally).where(tally.c.decisions == 0))


def _sums(one: Decision) -> Iterator[tuple[Place, tuple[int, int, int, int]]]:
    """Yield where a decision counts, and what for: `_SUMS`."""
    if one.withdrawn:
        return
    month = f"{one.decided_on.year}-{one.decided_on.month:02}"
    timely, known = one.timely is True, one.timely is not None
    yield (one.authority_code, str(one.kind), month, ""), (1, timely, known, one.amount or 0)
    if one.kind is Kind.PENALTY:
        for name in one.classes:
            yield (one.authority_code, str(one.kind), "", name), (1, 0, 0, 0)
