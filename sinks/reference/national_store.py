"""What the reference national platform keeps, in a SQLite file of its own that survives `kill -9`."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

SCHEMA = """
CREATE TABLE IF NOT EXISTS record (
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, number TEXT NOT NULL, subject TEXT NOT NULL,
  row BLOB NOT NULL, removed INTEGER NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX IF NOT EXISTS one_record ON record (kind, number, subject) WHERE NOT removed;
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, count INTEGER NOT NULL);
"""
COUNTERS = ("received", "applied", "removed", "duplicates", "refused", "unauthorised", "misbehaved")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of an import, which has been checked."""

    number: str
    """文书号"""
    subject: str
    """相对人名称"""
    columns: Mapping[str, str]


class DoubleError(ValueError):
    """A row whose number and subject stand there with other content; `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class UnknownRecordError(ValueError):
    """An id that was never given."""


class NationalStore:
    """Records and counters; one thread uses it.

    A row is known by document number and subject among those not removed (`domain.md` 1.4).
    """

    def __init__(self, path: Path) -> None:
        """Open or create the file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode=WAL").close()
        self._db.execute("PRAGMA synchronous=NORMAL").close()
        self._db.executescript(SCHEMA).close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def count(self, name: str) -> None:
        """Count one event of `COUNTERS`."""
        self._db.execute(
            "INSERT INTO counter VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET count = count + 1", (name,)
        )

    def take(self, kind: str, rows: tuple[Row, ...]) -> tuple[str, ...]:
        """Take all rows or none, and return their ids. Raises `DoubleError`."""
        with self._transaction():
            return tuple(self._take(kind, line, row) for line, row in enumerate(rows, 1))

    def remove(self, kind: str, ids: tuple[str, ...]) -> None:
        """Remove all records or none; one that is removed already stays so. Raises `UnknownRecordError`."""
        with self._transaction():
            for one in ids:
                known = self._db.execute(
                    "SELECT removed FROM record WHERE id = ? AND kind = ?", (one, kind)
                ).fetchone()
                if known is None:
                    raise UnknownRecordError(one)
                self.count("duplicates" if known["removed"] else "removed")
                self._db.execute("UPDATE record SET removed = 1, row = '{}' WHERE id = ?", (one,))

    def records(self, number: str | None = None) -> list[dict[str, Any]]:
        """Return the records, in the order of their arrival, also removed ones; all, or of one number."""
        rows = self._db.execute("SELECT * FROM record WHERE ? IN (number, '') ORDER BY id", (number or "",))
        return [
            {
                "id": str(row["id"]),
                "kind": row["kind"],
                "number": row["number"],
                "removed": bool(row["removed"]),
                "columns": orjson.loads(row["row"]),
            }
            for row in rows
        ]

    def statistics(self) -> dict[str, Any]:
        """Return the counters, and how many records are public."""
        counted = dict(self._db.execute("SELECT name, count FROM counter").fetchall())
        published = self._db.execute("SELECT count(*) FROM record WHERE NOT removed").fetchone()[0]
        return {**dict.fromkeys(COUNTERS, 0), **counted, "published": published}

    def _take(self, kind: str, line: int, row: Row) -> str:
        known = self._db.execute(
            "SELECT id, row FROM record WHERE kind = ? AND number = ? AND subject = ? AND NOT removed",
            (kind, row.number, row.subject),
        ).fetchone()
        if known is None:
            self.count("applied")
            made = self._db.execute(
                "INSERT INTO record (kind, number, subject, row) VALUES (?, ?, ?, ?)",
                (kind, row.number, row.subject, orjson.dumps(row.columns)),
            )
            return str(made.lastrowid)
        if orjson.loads(known["row"]) != row.columns:
            raise DoubleError(line)
        self.count("duplicates")
        return str(known["id"])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
