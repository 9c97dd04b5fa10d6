"""Reads single decisions, histories, subjects, suggestions and what is new."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from sinks.site.store.entries import Decision, Revision
from sinks.site.store.looking import among, look
from sinks.site.store.planning import Plan
from sinks.site.store.rows import from_row, to_revision
from sinks.site.store.tables import decision, revision
from sinks.site.words import phrases

_C = decision.c
_LOOKED_AT = 60
"""Newest decisions that suggestions are taken from."""


def one(connection: Connection, public_id: str) -> tuple[Decision, tuple[Revision, ...]] | None:
    """Return a decision, withdrawn or not, with its history, the newest step first."""
    row = connection.execute(select(decision).where(_C.public_id == public_id)).mappings().first()
    if row is None:
        return None
    steps = (
        select(revision)
        .where(revision.c.public_id == public_id)
        .order_by(revision.c.revision.desc())
        .limit(100)
    )
    return from_row(row), tuple(to_revision(step) for step in connection.execute(steps).mappings())


def last_turn(connection: Connection) -> int:
    """Return the number of the last change, 0 before the first."""
    return int(connection.execute(select(func.coalesce(func.max(_C.turn), 0))).scalar_one())


def since(connection: Connection, turn: int, limit: int) -> tuple[Decision, ...]:
    """Return what was changed after `turn`, the earliest first."""
    rows = connection.execute(select(decision).where(_C.turn > turn).order_by(_C.turn).limit(limit))
    return tuple(from_row(row) for row in rows.mappings())


def subject_name(connection: Connection, code: str) -> str | None:
    """Return what the newest decision calls the subject with that code."""
    newest = select(_C.subject).where(_C.subject_code == code, ~_C.withdrawn, ~_C.natural)
    return connection.execute(newest.order_by(_C.id.desc()).limit(1)).scalar()


def suggestions(connection: Connection, text: str, most: int) -> tuple[str, ...]:
    """Return names of subjects, never of natural persons, that hold what was typed; the newest first."""
    asked = phrases(text)
    if not asked:
        return ()
    seen = look(connection, Plan(where=(), indexed=True, phrases=asked, names=True))
    newest_seen = among(connection, seen.ids[:_LOOKED_AT])
    rows = connection.execute(select(_C.id, _C.subject).where(newest_seen))
    newest = sorted(rows, key=lambda row: row.id, reverse=True)
    return tuple(dict.fromkeys(row.subject for row in newest))[:most]


def listed(connection: Connection, *, after: int, limit: int) -> Sequence[tuple[str, str]]:
    """Return public id and day of change of the pages after a decision, without natural persons."""
    rows = connection.execute(
        select(_C.public_id, _C.last_seen)
        .where(_C.id > after, ~_C.withdrawn, ~_C.natural)
        .order_by(_C.id)
        .limit(limit)
    )
    return [(row.public_id, row.last_seen.date().isoformat()) for row in rows]


def sitemap_starts(connection: Connection, size: int) -> Sequence[int]:
    """Return after which decision each sitemap of `size` pages begins."""
    starts = [0]
    ids = select(_C.id).where(~_C.withdrawn, ~_C.natural).order_by(_C.id)
    while True:
        last = ids.where(_C.id > starts[-1]).limit(1)
        end = connection.execute(last.offset(size - 1)).scalar()
        if end is None or connection.execute(ids.where(_C.id > end).limit(1)).scalar() is None:
            return starts
        starts.append(end)
