"""What a static feed keeps of its decisions, in a SQLite file beside its pages."""

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson

from sinks.ports import Delivery
from streams.domain.stages import Action, Kind, SubjectClass

PAGE = 100
"""Decisions a page of the archive; it must stay, as a decision stays on its page."""
NUMBERS: Mapping[Kind, str] = {Kind.LICENCE: "XK_WSH", Kind.PENALTY: "CF_WSH"}
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, key_digest TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL,
  turn INTEGER NOT NULL, content BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS by_turn ON entry (turn);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One decision as the feed shows it; of a withdrawn one only number, date and reason."""

    id: str
    """A UUID without a meaning: from a digest of the key a masked name could be guessed."""
    number: str
    """文书号"""
    decided_on: str
    updated: str
    """When this revision came first, ISO 8601."""
    withdrawn: bool = False
    reason: str = ""
    natural: bool = False
    """The subject is a natural person."""
    kind: str = ""
    department: str = ""
    public_until: str = ""
    objection: bool = False
    columns: Mapping[str, str]


def entry_of(delivery: Delivery, now: datetime) -> Entry:
    """Return what is shown of a delivery; its id is a new one."""
    told = orjson.loads(delivery.body)
    kind = Kind(told["kind"])
    shown = Entry(
        id=str(uuid4()),
        number=told["columns"].get(NUMBERS[kind], ""),
        decided_on=told["decided_on"],
        updated=now.isoformat(timespec="seconds"),
        reason=told["reason"],
        columns={},
    )
    if delivery.action is Action.WITHDRAW:
        return replace(shown, withdrawn=True)
    return replace(
        shown,
        natural=told["subject_class"] == SubjectClass.NATURAL,
        kind=kind,
        department=told["department"],
        public_until=told["public_until"] or "",
        objection=told["objection"],
        columns=told["columns"],
    )


class Entries:
    """Entries in the order of their arrival; any number of processes may use one file.

    `secure_delete`: of what was withdrawn nothing stays in the file.
    """

    def __init__(self, file: Path) -> None:
        """Take the file's path; `changing` makes it."""
        self._file = file

    @contextmanager
    def changing(self) -> Iterator["Change"]:
        """Hold the file alone, and keep what was changed unless this ends with an exception.

        Raises `sqlite3.Error` and `OSError`.
        """
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with closing(sqlite3.connect(self._file, isolation_level=None, timeout=30.0)) as db:
            db.executescript(_SCHEMA).close()
            db.execute("PRAGMA secure_delete=ON").close()
            db.execute("BEGIN IMMEDIATE").close()
            try:
                yield Change(db)
            except BaseException:
                db.execute("ROLLBACK").close()
                raise
            db.execute("COMMIT").close()


class Change:
    """What may be done while the file is held."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put(self, delivery: Delivery, entry: Entry) -> int:
        """Take a revision, unless it or a newer one is here; return the decision's place, from 1."""
        digest = hashlib.sha256(delivery.key.encode()).hexdigest()
        known = self._db.execute(
            "SELECT seq, revision, content FROM entry WHERE key_digest = ?", (digest,)
        ).fetchone()
        turn = self._db.execute("SELECT coalesce(max(turn), 0) + 1 FROM entry").fetchone()[0]
        if known is None:
            made = self._db.execute(
                "INSERT INTO entry (key_digest, revision, turn, content) VALUES (?, ?, ?, ?)",
                (digest, delivery.revision, turn, _packed(entry)),
            )
            return int(made.lastrowid or 0)
        seq, revision, content = known
        if revision < delivery.revision:
            entry = replace(entry, id=_unpacked(content).id)
            self._db.execute(
                "UPDATE entry SET revision = ?, turn = ?, content = ? WHERE seq = ?",
                (delivery.revision, turn, _packed(entry), seq),
            )
        return int(seq)

    def at(self, seq: int) -> Entry:
        """Return the entry of a place."""
        row = self._db.execute("SELECT content FROM entry WHERE seq = ?", (seq,)).fetchone()
        return _unpacked(row[0])

    def page(self, number: int) -> tuple[Entry, ...]:
        """Return a page of the archive, from 1; newest first."""
        return self._read("WHERE seq > ? AND seq <= ? ORDER BY seq DESC", (number - 1) * PAGE, number * PAGE)

    def latest(self, limit: int) -> tuple[Entry, ...]:
        """Return those that came or changed last, newest first."""
        return self._read("ORDER BY turn DESC LIMIT ?", limit)

    def pages(self) -> int:
        """Return how many pages the archive has."""
        last = self._db.execute("SELECT coalesce(max(seq), 0) FROM entry").fetchone()[0]
        return page_of(last)

    def _read(self, which: str, *figures: int) -> tuple[Entry, ...]:
        rows = self._db.execute(f"SELECT content FROM entry {which}", figures)  # noqa: S608 -- fixed words of this class
        return tuple(_unpacked(row[0]) for row in rows)


def page_of(seq: int) -> int:
    """Return the archive's page that a place is on, from 1; 0 for 0."""
    return -(-seq // PAGE)


def _packed(entry: Entry) -> bytes:
    return orjson.dumps(asdict(entry))


def _unpacked(content: bytes) -> Entry:
    told: dict[str, Any] = orjson.loads(content)
    return Entry(**told)
