"""`gongshi probes` on a ledger, and what `gongshi status` tells of what was seen."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, insert, update

from sinks.body import render
from sinks.ledger.database import migrate, open_ledger, writing
from sinks.ledger.sightings import sighting
from sinks.ledger.tables import delivery
from sinks.outbox import Outbox
from streams.cli import gongshi
from streams.records import spans_of
from tests.sinks import make
from tests.sinks.make import CITY, CODEC, CREDIT, Log
from tests.sinks.recording import record

HOUR = timedelta(hours=1)
NOW = datetime.now(UTC)


def seen(number: int, sight: str, *, late: bool, differs: str = "") -> dict[str, object]:
    """Return a row of what was seen at the city's portal."""
    unseen_since = None if sight == "seen" else NOW - 30 * HOUR
    return {
        "decision_key": make.key_of(number),
        "portal": CITY,
        "revision": 1,
        "event_id": make.event_of(number),
        "sight": sight,
        "looks": 7,
        "tries": 7,
        "calm": 0,
        "looked_at": NOW,
        "seen_at": NOW if sight == "seen" else None,
        "last_seen_at": None,
        "unseen_since": unseen_since,
        "found_at": NOW - HOUR if late else None,
        "differs": differs,
        "reason": "",
    }


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Return a ledger, which the environment names: one decision seen, one otherwise, one missing in time."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    migrate(url)
    monkeypatch.setenv("GONGSHI_DATABASE_URL", url)
    engine, log = open_ledger(url), Log()
    records = [one for number in (1, 2, 3) for one in log.released(make.public(number))]
    spans = spans_of(sorted(records, key=lambda one: (one.topic, one.offset)))
    record(engine, records)
    Outbox(engine, "deliver", CODEC, render).apply(records, spans)
    later = {1: NOW + 90 * HOUR, 2: NOW + HOUR / 2, 3: NOW + HOUR / 2}
    with writing(engine) as connection:
        for number, at in later.items():
            connection.execute(
                update(delivery)
                .where(delivery.c.decision_key == make.key_of(number))
                .values(state="accepted", settled_at=NOW - 30 * HOUR, probe_at=at)
            )
        rows = [
            seen(1, "seen", late=False),
            seen(2, "different", late=True, differs="CF_NR CF_NR_FK"),
            seen(3, "missing", late=False),
        ]
        connection.execute(insert(sighting), rows)
    return engine


def run(*arguments: str) -> Result:
    """Run the command; it succeeds."""
    done = CliRunner().invoke(gongshi, [*arguments])
    assert done.exit_code == 0, done.output
    return done


def lines(*arguments: str) -> list[dict[str, object]]:
    """Return the JSON lines of `gongshi probes`."""
    return [json.loads(line) for line in run("probes", "--json", *arguments).stdout.splitlines()]


def test_each_portal_is_counted(ledger: Engine) -> None:
    """A line a portal: what is not seen yet, for how long, and the findings by their kind."""
    told = {line["portal"]: line for line in lines()}
    assert (told[CITY]["seen"], told[CITY]["unseen"]) == (1, 2)
    assert told[CITY]["findings"] == {"different": 1}
    assert told[CITY]["oldest"] >= 30 * 3600
    assert told[CREDIT]["unseen"] == 2  # those that nobody looks at are due as well
    assert told["county-portal"] == {
        "portal": "county-portal",
        "seen": 0,
        "unseen": 0,
        "oldest": 0.0,
        "findings": {},
    }
    assert "内容不符" in run("probes").stdout


def test_what_is_missing_is_listed(ledger: Engine) -> None:
    """A finding shows its decision and the columns; with --all also what still has time."""
    (line,) = lines("--missing")
    assert (line["key"], line["sight"], line["differs"]) == (
        make.key_of(2),
        "different",
        ["CF_NR", "CF_NR_FK"],
    )
    assert [one["sight"] for one in lines("--missing", "--all")] == ["different", "missing"]
    assert lines("--missing", "--portal", CREDIT) == []
    shown = run("probes", "--missing", "--all").stdout
    assert all(word in shown for word in ("CF_NR、CF_NR_FK", "未见公示(未到时限)", "共 2 件"))


def test_it_can_be_looked_for_at_once(ledger: Engine) -> None:
    """After a portal was mended, all that is not seen is due now, and what is seen stays as it was."""
    assert "2 件" in run("probes", "--again").stdout
    with ledger.connect() as connection:
        due = connection.execute(
            delivery.select().where(delivery.c.portal == CITY, delivery.c.probe_at <= datetime.now(UTC))
        ).all()
    assert {row.decision_key for row in due} == {make.key_of(2), make.key_of(3)}


def test_a_decisions_path_tells_what_was_seen(ledger: Engine) -> None:
    """`gongshi status` shows for each portal whether it is seen, since when, and what differs."""
    (path,) = json.loads(run("status", make.key_of(2), "--json").stdout)
    (city,) = [line for line in path["portals"] if line["portal"] == CITY]
    assert (city["sight"], city["differs"]) == ("different", ["CF_NR", "CF_NR_FK"])
    shown = run("status", make.key_of(2)).stdout
    assert all(word in shown for word in ("内容不符，超时", "CF_NR、CF_NR_FK"))
    assert "相符" in run("status", make.key_of(1)).stdout
