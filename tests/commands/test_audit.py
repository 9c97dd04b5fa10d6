"""`gongshi audit verify` as it is run."""

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from sinks.ledger.audit import Entry, Note, append
from sinks.ledger.database import migrate, open_ledger, writing
from sinks.ledger.tables import audit

AT = datetime(2026, 9, 24, 2, 0, tzinfo=UTC)


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of a ledger with five rows on its audit trail, which the environment names."""
    address = f"sqlite:///{tmp_path}/ledger.db"
    migrate(address)
    engine = open_ledger(address)
    with writing(engine, chained=True) as connection:
        append(connection, [Note(entry=Entry.RECEIVED, event_id=f"event-{n}", at=AT) for n in range(5)])
    engine.dispose()
    monkeypatch.setenv("GONGSHI_DATABASE_URL", address)
    return address


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    gongshi = Path(sys.executable).with_name("gongshi")
    return subprocess.run(
        [gongshi, "audit", "verify", *arguments], capture_output=True, text=True, check=False
    )


def tamper(url: str, statements: Sequence[object]) -> None:
    engine = open_ledger(url)
    with writing(engine) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]
    engine.dispose()


def test_a_whole_trail_is_told_with_its_length(url: str) -> None:
    """Exit 0, the number of rows in Chinese or as JSON."""
    assert "5 条" in run().stdout
    done = run("--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, {"rows": 5, "broken_at": None})


def test_a_changed_row_and_a_missing_one_are_found(url: str) -> None:
    """Exit 1 with the row at which the chain breaks: the one after the gap, then the changed one."""
    tamper(url, [delete(audit).where(audit.c.seq == 4)])
    done = run("--json")
    assert (done.returncode, json.loads(done.stdout)["broken_at"]) == (1, 5)
    tamper(url, [update(audit).where(audit.c.seq == 2).values(event_id="another")])
    done = run()
    assert done.returncode == 1
    assert "第 2 条" in done.stderr
