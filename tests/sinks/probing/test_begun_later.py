"""Looking begins with a ledger that is older, and with a portals' file that is right."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect, text

from sinks.ledger.database import MIGRATIONS, migrate, open_ledger, writing
from streams.domain.errors import ConfigurationError
from streams.roles import parts_of
from streams.settings import Settings
from streams.world import make_world

ROW = (
    "INSERT INTO delivery (portal, decision_key, revision, event_id, action, body, state, attempts, lease,"
    " created_at, next_try_at, settled_at, status, reason, remote_id) VALUES ('city-portal', :key, 1, 'e',"
    " 'publish', :body, :state, 1, '', '2026-03-02 04:00:00', '2026-03-02 04:00:00', '2026-03-02 04:00:01',"
    " 200, '', '')"
)
PORTAL = (
    '[city-portal]\nurl = "https://portal.example/decisions"\nsecret = "whsec_c2VjcmV0LWZvci10ZXN0cw=="\n'
)


def to(ledger: Engine, revision: str) -> None:
    """Bring the tables to a revision, up or down."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(ledger) as connection:
        config.attributes["connection"] = connection
        step = command.downgrade if "sighting" in inspect(connection).get_table_names() else command.upgrade
        step(config, revision)


def test_what_was_accepted_before_is_looked_for_now(ledger_url: str) -> None:
    """Migrating makes all accepted deliveries due, the oldest first, and no others; it can be taken back."""
    ledger = open_ledger(ledger_url, create=True)
    to(ledger, "0010")
    with writing(ledger) as connection:
        for key, state in (("a", "accepted"), ("b", "dead"), ("c", "waiting")):
            connection.execute(text(ROW), {"key": key, "state": state, "body": b"{}"})
    migrate(ledger_url)
    with ledger.connect() as connection:
        due = connection.execute(
            text("SELECT decision_key FROM delivery WHERE probe_at IS NOT NULL AND probe_at = settled_at")
        ).all()
    assert [row.decision_key for row in due] == ["a"]
    to(ledger, "0010")
    with ledger.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM delivery")).scalar() == 3
        assert "probe_at" not in {column["name"] for column in inspect(connection).get_columns("delivery")}
    migrate(ledger_url)
    ledger.dispose()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('probe = "https://portal.example/query"', "names the decision by"),
        ('probe = "exchange:"', "exchange:, file: or feed: where the portal's url is such"),
    ],
)
def test_a_wrong_probe_ends_the_process_at_its_start(tmp_path: Path, line: str, told: str) -> None:
    """A deliver process with a probe that can look at nothing tells so instead of starting."""
    file = tmp_path / "portals.toml"
    file.write_text(f"{PORTAL}{line}\n", encoding="utf-8")
    settings = Settings(
        bootstrap_servers="127.0.0.1:1", database_url=f"sqlite:///{tmp_path}/ledger.db", portals=file
    )
    with pytest.raises(ConfigurationError, match=told):
        parts_of("deliver", make_world(settings, "ledger"))


def test_without_probes_nobody_looks(tmp_path: Path) -> None:
    """A portals' file without any probe makes no prober, with one it makes one."""
    counts = []
    for line in ("", 'probe = "https://portal.example/q?n={number}"'):
        file = tmp_path / "portals.toml"
        file.write_text(f"{PORTAL}{line}\n", encoding="utf-8")
        settings = Settings(
            bootstrap_servers="127.0.0.1:1", database_url=f"sqlite:///{tmp_path}/ledger.db", portals=file
        )
        counts.append(len(parts_of("deliver", make_world(settings, "ledger"))))
    assert counts[1] == counts[0] + 1
