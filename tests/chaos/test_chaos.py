"""Workers are killed and paused, the broker restarted: afterwards every account balances to the row."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from connectors.sender import Sender
from schemas.codec import Codec
from schemas.store import RepositoryStore
from sinks.ledger.database import open_ledger
from sinks.summary import summary
from streams.catalogue.file import load_calendar
from streams.records import Output
from streams.topics import PORTALS, REJECTED, SHARE, SUBMITTED, WITHHELD, portal_topic
from tests.chaos.decisions import decision, fate
from tests.chaos.town import Town

CITY_PORTALS = tuple(portal for portal in PORTALS if portal != "county-portal")
CODEC = Codec(RepositoryStore())
STALLED_S = 120
"""Longer than any transaction stays open and any pause between tries: who writes nothing then never will."""
READERS = {
    "rejected": lambda value: CODEC.decode_rejected(value).event_id,
    "withheld": lambda value: CODEC.decode_withheld(value).event_id,
    "released": lambda value: CODEC.decode_public(value).event_id,
    "shared": lambda value: CODEC.decode_shared(value).event_id,
}


@cache
def day() -> "datetime":
    """Return a recent working day."""
    calendar = load_calendar(None)
    moment = datetime.now(UTC) - timedelta(days=1)
    while not calendar.is_working_day(moment.date()):
        moment -= timedelta(days=1)
    return moment


def hand_in(town: Town, first: int, last: int) -> None:
    """Send the decisions of these numbers and wait until the broker has them."""
    events = [decision(number, day().date()) for number in range(first, last)]
    outputs = [Output(SUBMITTED.name, event.key, CODEC.encode_submitted(event)) for event in events]
    Sender(town.kafka, patience_s=120).send(outputs)


def ids(total: int, wanted: str) -> Counter[str]:
    """Return the event ids of this fate, each once."""
    return Counter(
        str(decision(number, day().date()).event_id) for number in range(total) if fate(number) == wanted
    )


@pytest.fixture
def town(tmp_path: Path, cache: Path, postgres_url: str) -> Iterator[Town]:
    with Town(tmp_path, cache, postgres_url) as running:
        yield running


@pytest.mark.timeout(900)
def test_the_review_is_exactly_once(town: Town) -> None:
    """Of 20,000 decisions none is lost and none doubled, through 5 kills, a pause and a broker's crash."""
    total, seed = 20_000, random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)  # noqa: S311 -- chooses faults
    faults = ["kill", "kill", "pause", "kill", "broker", "kill", "kill"]
    chance.shuffle(faults)
    workers = ["review-1", "review-2"]
    for name in workers:
        town.start(name, "worker", "review")
    hand_in(town, 0, total // 2)
    step = total // 2 // len(faults)
    for number, fault in enumerate(faults):
        first = total // 2 + number * step
        hand_in(town, first, total if number == len(faults) - 1 else first + step)
        time.sleep(chance.uniform(0.2, 1.5))
        match fault:
            case "kill":
                town.kill(chance.choice(workers))
            case "pause":
                town.pause(chance.choice(workers), 12)
            case "broker":
                town.restart_broker()
        town.revive()
    topics = {
        REJECTED.name: "rejected",
        WITHHELD.name: "withheld",
        SHARE.name: "shared",
        **{portal_topic(portal).name: "released" for portal in CITY_PORTALS},
    }
    wanted = {topic: ids(total, "released" if f == "shared" else f) for topic, f in topics.items()}
    seen: dict[str, Counter[str]] = {topic: Counter() for topic in topics}
    moved = time.monotonic()
    while any(wanted[topic] - seen[topic] for topic in topics) and time.monotonic() < moved + STALLED_S:
        town.revive()
        before = seen
        seen = {topic: town.counts(topic, READERS[f]) for topic, f in topics.items()}
        if seen != before:
            moved = time.monotonic()
    balance = {
        topic: ((wanted[topic] - seen[topic]).total(), (seen[topic] - wanted[topic]).total())
        for topic in topics
    }
    assert set(balance.values()) == {(0, 0)}, f"lost, doubled {balance}; seed {seed}\n{town.warnings()}"


@pytest.mark.timeout(900)
def test_every_portal_applies_every_decision_once(town: Town) -> None:
    """Sink workers, recorder and a portal are killed: each portal has applied each decision once."""
    total, seed = 1_000, random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)  # noqa: S311 -- chooses faults
    town.open_portals(CITY_PORTALS)
    for name, role in (
        ("review-1", "review"),
        ("deliver-1", "deliver"),
        ("deliver-2", "deliver"),
        ("record", "record"),
    ):
        town.start(name, "worker", role)
    victims = ["deliver-1", "deliver-2", "record", "portal-credit-china", "deliver-1", "deliver-2"]
    chance.shuffle(victims)
    step = total // len(victims)
    for number, victim in enumerate(victims):
        hand_in(town, number * step, total if number == len(victims) - 1 else (number + 1) * step)
        time.sleep(chance.uniform(0.5, 3))
        town.kill(victim)
        town.revive()
    ledger = open_ledger(town.database_url)
    settled = town.wait(lambda: summary(ledger).balanced and summary(ledger).submitted == total, 400)
    released = ids(total, "released").total()
    balance = summary(ledger)
    ledger.dispose()
    assert settled, f"seed {seed}: {balance}"
    assert balance.published == released
    for portal in CITY_PORTALS:
        statistics = asyncio.run(town.ask(portal, "/statistics"))
        applied = [times for revisions in statistics["decisions"].values() for times in revisions.values()]
        assert applied == [1] * released, f"{portal}, seed {seed}"


@pytest.mark.timeout(600)
@pytest.mark.parametrize("away", ["broker", "database", "portals"])
def test_thirty_seconds_away_lose_nothing(town: Town, away: str) -> None:
    """Broker, database or all portals are away for 30 s: nothing ends but a fenced worker, all catches up."""
    total = 300
    town.open_portals(CITY_PORTALS)
    for role in ("review", "deliver", "record"):
        town.start(role, "worker", role)
    hand_in(town, 0, total // 2)
    match away:
        case "broker":
            town.restart_broker(away_s=30)
        case "database":
            with town.database_away():
                hand_in(town, total // 2, total)
                time.sleep(30)
        case "portals":
            for portal in CITY_PORTALS:
                town.processes[f"portal-{portal}"].kill()
                town.processes[f"portal-{portal}"].wait()
            hand_in(town, total // 2, total)
            time.sleep(30)
    ended = [name for name in ("review", "deliver", "record") if town.crashes(name)]
    assert ended in ([], ["review"] if away == "broker" else [])
    if away == "broker":
        town.revive()
        hand_in(town, total // 2, total)
    ledger = open_ledger(town.database_url)
    settled = town.wait(lambda: summary(ledger).balanced and summary(ledger).submitted == total, 200)
    balance = summary(ledger)
    ledger.dispose()
    assert settled, balance
    assert balance.published == ids(total, "released").total()
