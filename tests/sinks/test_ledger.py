"""The ledger's tables, locks and edges on both databases."""

import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, select, update

from sinks.ledger import alerts, breakers, hand_ins, masking, notices, sightings, supervision, unreadables
from sinks.ledger.audit import Entry, Note, append, verify
from sinks.ledger.database import migrate, open_ledger, reading, writing
from sinks.ledger.positions import advance, stored
from sinks.ledger.tables import audit, metadata
from streams.domain.errors import ConfigurationError, StalePositionError, UnavailableError
from streams.records import Span

AT = datetime(2026, 3, 2, 4, 0, 0, 123456, tzinfo=UTC)


def test_migrations_lead_to_the_tables(ledger: Engine) -> None:
    """The tables that the migrations make are those that the code writes to."""
    with reading(ledger) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_opening_waits_while_another_process_makes_the_file(tmp_path: Path) -> None:
    """A file that another process locks, in the journal mode it was born with, is waited for."""
    path = tmp_path / "ledger.db"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE first (number INTEGER)")
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.5, lambda: other.execute("COMMIT"))
    release.start()

    migrate(f"sqlite:///{path}")

    release.join()
    other.close()
    assert "decision" in inspect(open_ledger(f"sqlite:///{path}")).get_table_names()


def test_several_processes_migrate_at_once(ledger_url: str) -> None:
    """Processes that start together on an empty database all find it ready afterwards."""
    code = f"from sinks.ledger.database import migrate; migrate({ledger_url!r})"
    processes = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(4)]

    assert [process.wait(60) for process in processes] == [0, 0, 0, 0]
    engine = open_ledger(ledger_url)
    of_their_own = (
        alerts.alert,
        breakers.breaker,
        hand_ins.hand_in,
        masking.masking,
        notices.notice,
        sightings.sighting,
        supervision.declared_count,
        supervision.excused_number,
        supervision.spot_check,
        unreadables.unreadable,
    )
    assert {table.name for table in of_their_own} <= set(metadata.tables)
    assert set(metadata.tables) <= set(inspect(engine).get_table_names())
    engine.dispose()


def test_migrating_again_changes_nothing(ledger: Engine, ledger_url: str) -> None:
    """A second start finds the tables and their rows as they were."""
    with writing(ledger, chained=True) as connection:
        append(connection, [Note(entry=Entry.RECEIVED, event_id="e1", at=AT)])
    migrate(ledger_url)
    assert verify(ledger).rows == 1


@pytest.mark.parametrize("url", ["nonsense", "mysql://host/name", "sqlite://", "sqlite:///:memory:"])
def test_other_addresses_are_refused(url: str) -> None:
    """An address that is no ledger's is a mistake in the configuration, told in words."""
    with pytest.raises(ConfigurationError, match="sqlite:///"):
        open_ledger(url)


def test_a_ledger_that_is_away_is_unavailable() -> None:
    """No database behind the address means: again later."""
    engine = open_ledger("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(UnavailableError), reading(engine):
        pass
    with pytest.raises(UnavailableError):
        migrate("postgresql://nobody@127.0.0.1:1/nothing")


def test_positions_only_move_on_from_where_one_stood(ledger: Engine) -> None:
    """A batch moves its positions on, over gaps too; one that was already taken is stale."""
    place = ("decision.submitted", 3)
    for span in (Span(5, 8), Span(8, 10), Span(12, 13)):
        with writing(ledger) as connection:
            advance(connection, "g", {place: span})
    with pytest.raises(StalePositionError), writing(ledger) as connection:
        advance(connection, "g", {place: Span(12, 20), ("decision.rejected", 0): Span(0, 4)})
    with reading(ledger) as connection:
        assert stored(connection, "g", [place, ("decision.rejected", 0)]) == {place: 13}
        assert stored(connection, "other", [place]) == {}


def test_the_chain_holds(ledger: Engine) -> None:
    """Rows that were appended in several transactions form one chain that verifies."""
    for number in range(3):
        with writing(ledger, chained=True) as connection:
            note = Note(entry=Entry.ACCEPTED, event_id=f"e{number}", portal="city-portal", at=AT)
            append(connection, [note, Note(entry=Entry.DEAD, event_id="x", at=AT + timedelta(hours=number))])
    verification = verify(ledger)
    assert (verification.rows, verification.broken_at) == (6, None)


@pytest.mark.parametrize(
    "change", [{"event_id": "other"}, {"entry": "dead"}, {"at": AT + timedelta(seconds=1)}]
)
def test_a_changed_row_breaks_the_chain(ledger: Engine, change: dict[str, object]) -> None:
    """Whatever is changed in a row, verifying names the row."""
    with writing(ledger, chained=True) as connection:
        append(connection, [Note(entry=Entry.RECEIVED, event_id=f"e{n}", at=AT) for n in range(4)])
    with writing(ledger) as connection:
        connection.execute(update(audit).where(audit.c.seq == 3).values(change))
    assert verify(ledger).broken_at == 3


def test_a_removed_row_breaks_the_chain(ledger: Engine) -> None:
    """A row that is taken out is missed."""
    with writing(ledger, chained=True) as connection:
        append(connection, [Note(entry=Entry.RECEIVED, event_id=f"e{n}", at=AT) for n in range(4)])
    with writing(ledger) as connection:
        connection.execute(audit.delete().where(audit.c.seq == 2))
    assert verify(ledger).broken_at == 3


def test_processes_append_to_one_chain(ledger: Engine, ledger_url: str) -> None:
    """Processes that append at the same time break no link."""
    code = f"""
from datetime import UTC, datetime
from sinks.ledger.audit import Entry, Note, append
from sinks.ledger.database import open_ledger, writing
engine = open_ledger({ledger_url!r})
for number in range(40):
    with writing(engine, chained=True) as connection:
        note = Note(entry=Entry.RECEIVED, event_id=str(number), at=datetime(2026, 3, 2, tzinfo=UTC))
        append(connection, [note])
"""
    processes = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    verification = verify(ledger)
    assert (verification.rows, verification.broken_at) == (120, None)


def test_moments_come_back_as_they_went(ledger: Engine) -> None:
    """A moment keeps its microseconds and its zone, and one without a zone is refused."""
    with writing(ledger, chained=True) as connection:
        append(connection, [Note(entry=Entry.RECEIVED, event_id="e", at=AT)])
    with reading(ledger) as connection:
        assert connection.execute(select(audit.c.at)).scalar_one() == AT
    with pytest.raises(Exception, match="needs its zone"), reading(ledger) as connection:
        connection.execute(select(audit).where(audit.c.at == AT.replace(tzinfo=None)))
