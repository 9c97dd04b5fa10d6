"""What a reference portal keeps, in a SQLite file of its own that survives `kill -9`."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

SCHEMA = """
CREATE TABLE IF NOT EXISTS message (
  webhook_id TEXT PRIMARY KEY, remote_id TEXT NOT NULL, received_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS decision (
  id INTEGER PRIMARY KEY, decision_key TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL, action TEXT NOT NULL,
  event_id TEXT NOT NULL, kind TEXT NOT NULL, department_code TEXT NOT NULL, body BLOB NOT NULL,
  changed_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS application (
  decision_key TEXT NOT NULL, revision INTEGER NOT NULL, event_id TEXT NOT NULL, times INTEGER NOT NULL,
  PRIMARY KEY (decision_key, revision));
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, count INTEGER NOT NULL);
"""
COUNTERS = ("received", "applied", "duplicates", "stale", "refused", "unauthorised", "misbehaved")


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What became of one message."""

    remote_id: str
    duplicate: bool
    """The same idempotency key has been here before."""
    stale: bool
    """A newer revision, or the same one under another idempotency key, is already here."""


class PortalStore:
    """Decisions, messages and counters of one portal; one thread uses it."""

    def __init__(self, portal: str, path: Path) -> None:
        """Open or create the file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._portal = portal
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

    def apply(self, webhook_id: str, body: bytes, told: Mapping[str, Any], now: datetime) -> Applied:
        """Take one message in a single transaction; a known one changes nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            applied = self._apply(webhook_id, body, told, now.isoformat())
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        return applied

    def decision(self, key: str) -> sqlite3.Row | None:
        """Return the decision's row."""
        found: sqlite3.Row | None = self._db.execute(
            "SELECT * FROM decision WHERE decision_key = ?", (key,)
        ).fetchone()
        return found

    def decisions(self, filters: Mapping[str, str], *, limit: int, offset: int) -> list[dict[str, Any]]:
        """Return published decisions as they were sent; `filters` is by kind or department_code."""
        known = {name: filters[name] for name in ("kind", "department_code") if name in filters}
        where = "".join(f" AND {name} = ?" for name in known)
        rows = self._db.execute(
            f"SELECT body FROM decision WHERE action <> 'withdraw'{where} ORDER BY id LIMIT ? OFFSET ?",  # noqa: S608 -- column names of the line above
            (*known.values(), limit, offset),
        )
        return [orjson.loads(row["body"]) for row in rows]

    def statistics(self) -> dict[str, Any]:
        """Return the counters, and how often each revision of each decision was applied."""
        counted = dict.fromkeys(COUNTERS, 0) | dict(
            self._db.execute("SELECT name, count FROM counter").fetchall()
        )
        published = self._db.execute("SELECT count(*) FROM decision WHERE action <> 'withdraw'").fetchone()[0]
        applied: dict[str, dict[str, int]] = {}
        for row in self._db.execute("SELECT decision_key, revision, times FROM application"):
            applied.setdefault(row["decision_key"], {})[str(row["revision"])] = row["times"]
        return {"portal": self._portal, **counted, "published": published, "decisions": applied}

    def _apply(self, webhook_id: str, body: bytes, told: Mapping[str, Any], now: str) -> Applied:
        self.count("received")
        known = self._db.execute(
            "SELECT remote_id FROM message WHERE webhook_id = ?", (webhook_id,)
        ).fetchone()
        if known:
            self.count("duplicates")
            return Applied(remote_id=known["remote_id"], duplicate=True, stale=False)
        before = self.decision(told["decision_key"])
        stale = before is not None and before["revision"] >= told["revision"]
        if stale:
            self.count("stale")
        else:
            self._change(body, told, now)
        after = self.decision(told["decision_key"])
        remote_id = f"{self._portal}-{after['id']}" if after else ""
        self._db.execute("INSERT INTO message VALUES (?, ?, ?)", (webhook_id, remote_id, now))
        return Applied(remote_id=remote_id, duplicate=False, stale=stale)

    def _change(self, body: bytes, told: Mapping[str, Any], now: str) -> None:
        self.count("applied")
        row = {name: told[name] for name in ("decision_key", "revision", "action", "event_id")}
        row |= {"kind": told.get("kind", ""), "department_code": told.get("department_code", "")}
        self._db.execute(
            "INSERT INTO decision"
            " (decision_key, revision, action, event_id, kind, department_code, body, changed_at) VALUES"
            " (:decision_key, :revision, :action, :event_id, :kind, :department_code, :body, :now)"
            " ON CONFLICT (decision_key) DO UPDATE SET revision = excluded.revision,"
            " action = excluded.action, event_id = excluded.event_id, body = excluded.body,"
            " changed_at = excluded.changed_at",
            {**row, "body": body, "now": now},
        )
        self._db.execute(
            "INSERT INTO application VALUES (:decision_key, :revision, :event_id, 1)"
            " ON CONFLICT (decision_key, revision) DO UPDATE SET times = times + 1",
            row,
        )
