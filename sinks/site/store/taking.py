"""Takes what the site's topic says into its database, with the position in the same transaction."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, Engine, delete, func, select

from sinks.codecs import PublicCodec
from sinks.ledger import positions
from sinks.ledger.database import reading, writing
from sinks.ledger.upsert import chunks, insert_into
from sinks.reading import read_public
from sinks.site.store import lexicon, tallying
from sinks.site.store.entries import DIVIDER, Decision, applied, changed, public_id
from sinks.site.store.rows import from_row, to_row
from sinks.site.store.tables import decision, revision
from streams.domain.stages import Action
from streams.records import Record, Span

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Batch:
    before: Mapping[str, Decision]
    after: dict[str, Decision] = field(default_factory=dict)
    steps: list[dict[str, object]] = field(default_factory=list)


class SiteTaker:
    """A `streams.records.Handler` of one `portal.<id>` topic.

    A revision counts once, and none after a newer one. Of a withdrawn decision everything goes but number,
    day and reason.
    """

    def __init__(self, engine: Engine, group: str, codec: PublicCodec, secret: bytes) -> None:
        self._engine = engine
        self._group = group
        self._codec = codec
        self._secret = secret

    def positions(self, partitions: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], int]:
        """Return the next offset of each partition that the site has."""
        with reading(self._engine) as connection:
            return positions.stored(connection, self._group, partitions)

    def apply(self, records: Sequence[Record], spans: Mapping[tuple[str, int], Span]) -> None:
        """Take a batch in; see `Handler.apply`."""
        expected, unreadable = read_public(records, self._codec)
        if unreadable:
            log.error("%d records of the site's topic are no decisions", len(unreadable))
        events = [(one.event, one.seen_at, public_id(one.event.key, self._secret)) for one in expected]
        with writing(self._engine, chained=True) as connection:
            positions.advance(connection, self._group, spans)
            batch = _Batch(_known(connection, sorted({name for _, _, name in events})))
            for event, seen_at, name in events:
                known = batch.after.get(name) or batch.before.get(name)
                found = applied(event, seen_at, known, name)
                if found is None:
                    continue
                batch.after[name] = found
                batch.steps.append(
                    {
                        "public_id": name,
                        "revision": found.revision,
                        "action": str(event.action),
                        "seen_at": seen_at,
                        "reason": event.reason,
                        "changed": DIVIDER.join(changed(known, found))
                        if known and event.action is Action.CORRECT
                        else "",
                    }
                )
            if batch.after:
                _write(connection, batch)


def _known(connection: Connection, names: Sequence[str]) -> dict[str, Decision]:
    known: dict[str, Decision] = {}
    for some in chunks(names):
        rows = connection.execute(select(decision).where(decision.c.public_id.in_(some))).mappings()
        known |= {row["public_id"]: from_row(row) for row in rows}
    return known


def _write(connection: Connection, batch: _Batch) -> None:
    turn = connection.execute(select(func.coalesce(func.max(decision.c.turn), 0))).scalar_one()
    placed = _placed(connection, batch)
    fresh = [replace(one, turn=turn + count) for count, one in enumerate(placed, 1)]
    old = [batch.before[one.public_id] for one in fresh if one.public_id in batch.before]
    lexicon.take_away(connection, old)
    for some in chunks([one.public_id for one in old]):
        connection.execute(delete(decision).where(decision.c.public_id.in_(some)))
    connection.execute(decision.insert(), [to_row(one) for one in fresh])
    lexicon.put(connection, fresh)
    tallying.count(connection, old, fresh)
    connection.execute(insert_into(connection, revision).on_conflict_do_nothing(), batch.steps)
    for some in chunks([one.public_id for one in fresh if one.withdrawn]):
        connection.execute(delete(revision).where(revision.c.public_id.in_(some)))


def _placed(connection: Connection, batch: _Batch) -> list[Decision]:
    """Return the decisions with ids that nobody else has: two may have come in the same millisecond."""
    ids = [one.id for one in batch.after.values()]
    taken: dict[int, str] = {}
    for some in chunks(ids):
        found = select(decision.c.id, decision.c.public_id).where(decision.c.id.in_(some))
        taken |= {row.id: row.public_id for row in connection.execute(found)}
    placed = []
    for one in batch.after.values():
        at = one.id
        while taken.setdefault(at, one.public_id) != one.public_id:
            at += 1
            there = select(decision.c.public_id).where(decision.c.id == at)
            if at not in taken and (name := connection.execute(there).scalar()):
                taken[at] = name
        placed.append(replace(one, id=at))
    return placed
