"""A ledger that cannot be opened says why, and nothing of who asks."""

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from sinks.ledger.database import migrate, open_ledger, reading
from sinks.ledger.reasons import away
from streams.domain.errors import ConfigurationError, UnavailableError
from streams.embedded.ports import free_port

QUESTION = text("SELECT count(*) FROM decision")


def told(url: str) -> str:
    """Return what a reader of the ledger hears."""
    engine = open_ledger(url)
    with pytest.raises(UnavailableError) as raised, reading(engine) as connection:
        connection.execute(QUESTION)
    engine.dispose()
    return str(raised.value)


def test_postgresql_says_why(postgres_url: str) -> None:
    """A missing database, user, server, host and table are told apart, without names."""
    url = make_url(postgres_url)
    for change, reason in (
        ({"database": "nowhere_db"}, "no such database"),
        (
            {"username": "nobody_u", "password": "Secret7"},
            "authentication failed: look at its user and password",
        ),
        ({"port": free_port()}, "cannot connect: nothing listens at its host and port"),
        ({"host": "no-such-host.invalid"}, "cannot connect: no such host"),
        ({}, "it has no tables; run gongshi migrate"),
    ):
        changed = url.set(**change)
        assert told(changed.render_as_string(hide_password=False)) == f"the ledger is away: {reason}"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ('FATAL:  password authentication failed for user "zhang"', "authentication failed: look at"),
        ("fe_sendauth: no password supplied", "authentication failed: look at"),
        (
            'FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "zhang"',
            "authentication failed: its server",
        ),
        ("FATAL:  the database system is starting up", "its server is starting"),
        ("致命错误:  用户 zhang 不行", "cannot connect"),
        ("server closed the connection of zhang unexpectedly", "OperationalError"),
    ],
)
def test_words_of_the_driver_are_never_passed_on(words: str, reason: str) -> None:
    """What libpq says is looked at only: neither the user nor the host it names goes on."""
    prefix = 'connection failed: connection to server at "10.0.0.9", port 5432 failed: '
    cause = psycopg.OperationalError(words if "closed" in words else prefix + words)
    reached = away(OperationalError("SELECT 1", {}, cause))
    assert reached is not None
    assert reached.startswith(reason)
    assert not any(secret in reached for secret in ("zhang", "10.0.0.9", "5432"))


def test_a_missing_file_is_told_and_not_made(tmp_path: Path) -> None:
    """Who only reads makes neither folder nor file; who brings the tables about makes both."""
    file = tmp_path / "away ?#%41" / "ledger.db"
    url = f"sqlite:///{file}"
    reason = "the ledger is away: its file is not there, or may not be opened"
    assert told(url) == reason
    file.parent.mkdir()
    assert told(url) == reason
    assert not list(file.parent.iterdir())
    file.parent.rmdir()
    migrate(url)
    with reading(open_ledger(url)) as connection:
        assert connection.execute(QUESTION).scalar() == 0


def test_other_files_are_told(tmp_path: Path) -> None:
    """A file that is no database, one without tables, and a folder that cannot be made are told as such."""
    file = tmp_path / "ledger.db"
    file.write_text("部门,事项\n" * 100, encoding="utf-8")
    assert told(f"sqlite:///{file}") == "the ledger is away: its file is no SQLite database"
    file.write_bytes(b"")
    assert told(f"sqlite:///{file}") == "the ledger is away: it has no tables; run gongshi migrate"
    with pytest.raises(ConfigurationError, match=r"folder .*ledger.db cannot be made"):
        migrate(f"sqlite:///{file}/below.db")
