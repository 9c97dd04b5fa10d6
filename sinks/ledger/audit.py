"""The audit trail: rows of which each carries the hash of the one before."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from sinks.ledger.bulk import insert_all
from sinks.ledger.database import reading
from sinks.ledger.tables import audit
from sinks.ledger.upsert import row_of

BEGINNING = "0" * 64


class Entry(StrEnum):
    """What is put on record."""

    RECEIVED = "received"
    REJECTED = "rejected"
    WITHHELD = "withheld"
    RELEASED = "released"
    HELD = "held"
    MASKED = "masked"
    """Personal data was masked: `about` proves where."""
    UNCHANGED = "unchanged"
    OVERTAKEN = "overtaken"
    WITHDRAWN = "withdrawn"
    APPROVE = "approve"
    """A person has ruled on what was held: `by` says who."""
    WITHHOLD = "withhold"
    RETURN = "return"
    ACCEPTED = "accepted"
    DEAD = "dead"
    REPLAYED = "replayed"
    """A person had a dead letter sent again: `by` says who."""
    SWITCHED_ON = "switched_on"
    """A person had a portal delivered to again: `by` says who."""
    SWITCHED_OFF = "switched_off"
    SEEN = "seen"
    """A portal was seen to show just what it got: `about` is that body's SHA-256."""
    MISSING = "missing"
    """Not seen in time, as the next three."""
    DIFFERENT = "different"
    DOUBLED = "doubled"
    STILL_SHOWN = "still_shown"
    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    RESOLVED = "resolved"
    PERIOD_OVER = "period_over"
    """Its withdrawal was asked for, as its publicity period has ended."""
    CATALOGUE_SET = "catalogue_set"
    """An entry of the catalogue, named by its key and the hash of what it says now."""
    CATALOGUE_REMOVED = "catalogue_removed"
    COUNTS_DECLARED = "counts_declared"
    """A department's count of a month was handed in: `about` proves what, `by` says who."""
    NUMBERS_EXCUSED = "numbers_excused"
    NUMBERS_UNEXCUSED = "numbers_unexcused"
    SPOT_CHECKED = "spot_checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing that happened to an event; the decision is named by its event id only."""

    entry: Entry
    event_id: str
    portal: str = ""
    by: str = ""
    """The person who did it, "" where the program did."""
    about: str = ""
    """A hash of what else is on file of it, so that the chain proves that too."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What came of checking the chain."""

    rows: int
    broken_at: int | None
    """Number of the first row that does not fit, or None."""


def append(connection: Connection, notes: Sequence[Note]) -> None:
    """Add rows in the caller's transaction, which must be `writing(…, chained=True)`."""
    if not notes:
        return
    last = connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).first()
    seq, previous = (last.seq, last.hash) if last else (0, BEGINNING)
    rows = []
    for note in notes:
        seq += 1
        digest = _digest(previous, seq, note)
        rows.append({**row_of(note), "seq": seq, "previous": previous, "hash": digest})
        previous = digest
    insert_all(connection, audit, rows)


def verify(engine: Engine) -> Verification:
    """Check the whole chain, a row at a time. Raises `UnavailableError`."""
    ordered = select(audit).order_by(audit.c.seq)
    with (
        reading(engine) as connection,
        connection.execution_options(yield_per=1_000).execute(ordered) as rows,
    ):
        return _checked(rows)


def _checked(rows: Iterable[Row[Any]]) -> Verification:
    count, previous = 0, BEGINNING
    for row in rows:
        count += 1
        about = {name: getattr(row, name) for name in ("entry", "event_id", "portal", "by", "about", "at")}
        note = Note(**about)
        if (row.seq, row.previous, row.hash) != (count, previous, _digest(previous, row.seq, note)):
            return Verification(rows=count, broken_at=row.seq)
        previous = row.hash
    return Verification(rows=count, broken_at=None)


def _digest(previous: str, seq: int, note: Note) -> str:
    moment = note.at.astimezone(UTC).isoformat(timespec="microseconds")
    # who did it, and about what, came later: a row without them has the hash that it had before
    later = (note.by, f"#{note.about}" if note.about else "")
    parts = (previous, str(seq), moment, note.entry, note.event_id, note.portal, *filter(None, later))
    text = "\x1f".join(parts)
    return hashlib.sha256(text.encode()).hexdigest()
