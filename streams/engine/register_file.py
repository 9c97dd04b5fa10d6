"""A partition's part of the register in a SQLite file: a cache that can be thrown away at any moment."""

import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from streams.domain.errors import UnavailableError

log = logging.getLogger(__name__)

LAYOUT = 1
"""Rises with every change of the tables or of what the values mean; another one's file is made anew."""
BUSY_S = 1.0
KEYS_AT_ONCE = 500

TABLES = """
CREATE TABLE about (source TEXT NOT NULL, position INTEGER NOT NULL);
CREATE TABLE entry (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""


class BrokenFileError(UnavailableError):
    """A file of the register cannot be used; a new one in its place can."""


class RegisterFile:
    """Decision key → bytes of its entry, and up to which offset of the topic that is so.

    Entries and position are written in one transaction, so that after a crash both are those of some
    earlier moment. Every method raises `BrokenFileError` where SQLite fails; one thread uses it.
    """

    def __init__(self, path: Path, source: str) -> None:
        """Open the file, or make it anew where it is broken, in use, or of another topic than `source`."""
        self._path = path
        self._source = source
        try:
            self._db = self._opened()
            known = self._db.execute("SELECT source, position FROM about").fetchone()
        except sqlite3.Error:
            known = None
        if known is None or known[0] != source:
            self.clear()
        else:
            self.position: int = known[1]

    def clear(self) -> None:
        """Make the file anew: nothing is known, from the beginning."""
        log.warning("making %s anew", self._path.name)
        self.destroy()
        with self._edge():
            self._db = self._opened()
            self._db.executescript(f"BEGIN; {TABLES} PRAGMA user_version = {LAYOUT}; COMMIT;").close()
            self._db.execute("INSERT INTO about VALUES (?, 0)", (self._source,))
        self.position = 0

    def destroy(self) -> None:
        """Close and delete the file; who still has it open keeps the deleted one to itself."""
        self.close()
        for name in (self._path.name, f"{self._path.name}-wal", f"{self._path.name}-shm"):
            self._path.with_name(name).unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file."""
        with suppress(sqlite3.Error, AttributeError):
            self._db.close()

    def find(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """Return the entries of those `keys` that are known."""
        found: dict[str, bytes] = {}
        with self._edge():
            for start in range(0, len(keys), KEYS_AT_ONCE):
                some = keys[start : start + KEYS_AT_ONCE]
                marks = ",".join("?" * len(some))
                found.update(self._db.execute(f"SELECT key, value FROM entry WHERE key IN ({marks})", some))  # noqa: S608 -- marks only
        return found

    def keep(self, entries: Iterable[tuple[str, bytes]], position: int | None = None) -> None:
        """Write entries, and the position up to which the file is true where that has moved."""
        with self._edge():
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany(
                "INSERT INTO entry VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                entries,
            )
            if position is not None:
                self._db.execute("UPDATE about SET position = ?", (position,))
            self._db.execute("COMMIT")
        if position is not None:
            self.position = position

    def _opened(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=BUSY_S, isolation_level=None)
        try:
            # nobody else has business here: so the log needs no shared memory, and a second user is noticed
            db.execute("PRAGMA locking_mode = EXCLUSIVE").close()
            db.execute("PRAGMA journal_mode = WAL").close()
            # written out at checkpoints only: after a power failure an earlier moment is there, but whole
            db.execute("PRAGMA synchronous = NORMAL").close()
            db.execute("PRAGMA cache_size = -16000").close()
            if db.execute("PRAGMA user_version").fetchone()[0] not in (0, LAYOUT):
                raise sqlite3.DatabaseError("another layout")
        except sqlite3.Error:
            db.close()
            raise
        return db

    @contextmanager
    def _edge(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise BrokenFileError(f"{self._path.name} is of no use: {type(error).__name__}") from error
