"""Duplicates, corrections and withdrawals while workers are killed: each portal ends with the last word."""

import random
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from confluent_kafka import Consumer

from connectors.sender import Sender
from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams.domain.stages import Action, DecisionKey, EventId, Public, Submitted
from streams.records import Output
from streams.topics import PORTALS, REJECTED, SUBMITTED, UNCHANGED, portal_topic
from tests.chaos.decisions import decision, fate
from tests.chaos.test_chaos import day
from tests.chaos.town import Town

CODEC = Codec(RepositoryStore())
CITY_TOPICS = tuple(portal_topic(portal).name for portal in PORTALS if portal != "county-portal")
KEYS = 1_200
WITHDRAWN = "withdrawn"

State = tuple[str, int]
"""Content, or `WITHDRAWN`, and the revision that says so."""


@pytest.fixture
def town(tmp_path: Path, cache: Path, postgres_url: str) -> Iterator[Town]:
    with Town(tmp_path, cache, postgres_url) as running:
        yield running


def history(number: int, chance: random.Random) -> list[Submitted]:
    """Return events of one decision in the order in which they arrive: late ones and repeated ones too."""
    first, events = decision(number, day().date()), list[Submitted]()
    revisions = chance.sample(range(1, 100), chance.randint(1, 5))
    if chance.random() < 0.7:
        revisions.sort()
    for revision in revisions:
        about = replace(first, event_id=EventId(f"chaos-{number}-{revision}"), revision=revision)
        if chance.random() < 0.3:
            events.append(replace(about, action=Action.WITHDRAW, reason="撤销"))
        else:
            content = f"经查，当事人销售的第{chance.randint(1, 2)}批次电线不合格。"
            events.append(replace(about, columns={**first.columns, "CF_SY": content}))
        if chance.random() < 0.3:
            events.append(chance.choice(events))
    return events


def wanted(events: Sequence[Submitted]) -> tuple[State | None, set[str]]:
    """Return what a portal must have in the end, and the events that must be refused; told independently.

    What counts is the event of the highest revision. A withdrawal before anything is known is refused.
    """
    newest: Submitted | None = None
    shown: State | None = None
    refused = set()
    for event in events:
        if newest is None and event.action is Action.WITHDRAW:
            refused.add(str(event.event_id))
        elif newest is None or event.revision > newest.revision:
            newest = event
            state = WITHDRAWN if event.action is Action.WITHDRAW else event.columns["CF_SY"]
            if shown is None or shown[0] != state:  # saying the same again sends nothing
                shown = (state, event.revision)
    return shown, refused


def read(town: Town, topics: Sequence[str], enough: int) -> dict[str, list[bytes]]:
    """Return topic → values, as a read_committed reader sees them when nothing more comes."""
    consumer = Consumer(
        {
            **town.kafka,
            "group.id": f"read-{time.monotonic_ns()}",
            "auto.offset.reset": "earliest",
            "isolation.level": "read_committed",
        }
    )
    consumer.subscribe(list(topics))
    found: dict[str, list[bytes]] = defaultdict(list)
    seen = silent = 0
    deadline = time.monotonic() + 200
    while (seen < enough or silent < 8) and time.monotonic() < deadline:
        town.revive()
        messages = [one for one in consumer.consume(10_000, 1.0) if one.error() is None]
        silent, seen = (0 if messages else silent + 1), seen + len(messages)
        for message in messages:
            found[message.topic() or ""].append(message.value() or b"")
    consumer.close()
    return found


def states(values: Sequence[bytes]) -> Mapping[DecisionKey, State]:
    """Return key → what a portal that applies every record has; revisions must rise, each once."""
    shown: dict[DecisionKey, State] = {}
    for value in values:
        public: Public = CODEC.decode_public(value)
        assert public.key not in shown or public.revision > shown[public.key][1]
        withdrawn = public.action is Action.WITHDRAW
        shown[public.key] = (WITHDRAWN if withdrawn else str(public.values["CF_SY"]), public.revision)
    return shown


@pytest.mark.timeout(600)
def test_every_portal_ends_with_the_last_word(town: Town) -> None:
    """Through four kills every portal ends with each decision's newest event, and the unknown is refused."""
    seed = random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)  # noqa: S311 -- chooses histories and faults
    numbers = [number for number in range(KEYS * 2) if fate(number) == "released"][:KEYS]
    histories = {number: history(number, chance) for number in numbers}
    rounds: list[list[Submitted]] = [[] for _ in range(5)]
    for events in histories.values():
        places = sorted(chance.randrange(5) for _ in events)
        for place, event in zip(places, events, strict=True):
            rounds[place].append(event)
    for name in ("review-1", "review-2"):
        town.start(name, "worker", "review")
    sender = Sender(town.kafka, patience_s=120)
    for number, events in enumerate(rounds):
        sender.send([Output(SUBMITTED.name, one.key, CODEC.encode_submitted(one)) for one in events])
        time.sleep(chance.uniform(0.1, 2))
        if number < 4:
            town.kill(chance.choice(("review-1", "review-2")))

    verdicts = {number: wanted(events) for number, events in histories.items()}
    expected = {histories[n][0].key: shown for n, (shown, _) in verdicts.items() if shown}
    refused = set[str]().union(*(refusals for _, refusals in verdicts.values()))
    found = read(town, (*CITY_TOPICS, REJECTED.name, UNCHANGED.name), len(expected) * 6 + len(refused))

    for topic in CITY_TOPICS:
        shown = states(found[topic])
        wrong = {key for key in expected.keys() | shown.keys() if expected.get(key) != shown.get(key)}
        assert not wrong, f"{topic}: {len(wrong)} of {len(expected)} differ; seed {seed}"
    rejections = [CODEC.decode_rejected(value) for value in found[REJECTED.name]]
    assert {one.event_id for one in rejections} == refused, f"seed {seed}"
    assert {one.findings[0].code for one in rejections} == {"WITHDRAW_UNKNOWN"}
    assert found[UNCHANGED.name], "the histories must hold duplicates"
