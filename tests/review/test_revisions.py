"""The real review on a real broker: duplicates, corrections and withdrawals of one decision, in order."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from confluent_kafka import Consumer

from connectors.sender import Sender
from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams.domain.stages import Action, DecisionKey, EventId, Ground, Submitted
from streams.engine.register import partition_of
from streams.records import Output
from streams.topics import PORTALS, REJECTED, SHARE, SUBMITTED, UNCHANGED, WITHHELD, portal_topic
from tests.chaos.decisions import decision

CODEC = Codec(RepositoryStore())
DAY = date(2026, 11, 20)
CITY_PORTALS = tuple(portal for portal in PORTALS if portal != "county-portal")
READERS = {
    REJECTED.name: CODEC.decode_rejected,
    WITHHELD.name: CODEC.decode_withheld,
    UNCHANGED.name: CODEC.decode_unchanged,
    SHARE.name: CODEC.decode_shared,
    **{portal_topic(portal).name: CODEC.decode_public for portal in PORTALS},
}

pytestmark = pytest.mark.timeout(180)


def event(number: int, revision: int, **changes: Any) -> Submitted:
    """Return a hand-in of the decision of this number; revisions make event ids."""
    first = decision(number, DAY)
    columns = {**first.columns, **changes.pop("columns", {})}
    told = {"event_id": EventId(f"{number:08}-{revision:04}"), "revision": revision, "columns": columns}
    return replace(first, **{**told, **changes})


def withdraw(number: int, revision: int) -> Submitted:
    """Return a withdrawal."""
    return event(number, revision, action=Action.WITHDRAW, reason="行政复议决定撤销")


def output(submitted: Submitted) -> Output:
    """Return the record of a hand-in."""
    return Output(SUBMITTED.name, submitted.key, CODEC.encode_submitted(submitted))


def told(
    kafka: Mapping[str, Any], keys: set[DecisionKey], count: int
) -> dict[DecisionKey, dict[str, list[Any]]]:
    """Return key → topic → its events in order, when `count` have come and nothing more does."""
    consumer = Consumer(
        {**kafka, "group.id": "told", "auto.offset.reset": "earliest", "isolation.level": "read_committed"}
    )
    consumer.subscribe(list(READERS))
    found: dict[DecisionKey, dict[str, list[Any]]] = {key: {} for key in keys}
    silent, seen = 0, 0
    for _ in range(300):
        messages = [one for one in consumer.consume(1_000, 0.2) if one.error() is None]
        for message in messages:
            topic = message.topic() or ""
            one = READERS[topic](message.value())
            if one.key in keys:
                found[one.key].setdefault(topic, []).append(one)
                seen += 1
        silent = 0 if messages else silent + 1
        if seen >= count and silent > 5:
            break
    consumer.close()
    return found


async def test_each_portal_hears_what_happened_in_order(kafka: dict[str, Any]) -> None:
    """Duplicates do nothing, corrections and withdrawals reach all portals, the late and the unknown none."""
    published, unknown, hidden, misplaced = 1, 2, 4, 5
    other = {"CF_SY": "经查，当事人销售的电线不合格，货值金额4000元。"}
    events = [
        event(published, 10),
        event(published, 10),
        event(published, 11),
        event(published, 12, columns=other),
        event(published, 13, columns={"CF_NR": ""}),
        withdraw(published, 20),
        event(published, 15),
        withdraw(unknown, 10),
        event(hidden, 10),
        event(hidden, 11, ground=Ground.STATE_SECRET),
    ]
    late = event(misplaced, 10)
    elsewhere = (partition_of(late.key, SUBMITTED.partitions) + 1) % SUBMITTED.partitions
    sender = Sender(kafka)
    await asyncio.to_thread(sender.send, [output(one) for one in events[:6]])
    await asyncio.to_thread(
        sender.send,
        [*map(output, events[6:]), replace(output(late), partition=elsewhere)],
    )
    keys = {one.key for one in (*events, late)}
    counted = 3 * 7 + 3 + 1 + 1 + 2 * 7 + 1 + 1
    found = await asyncio.to_thread(told, kafka, keys, counted)

    mine = found[events[0].key]
    wanted = [(Action.PUBLISH, 10), (Action.CORRECT, 12), (Action.WITHDRAW, 20)]
    for topic in (SHARE.name, *(portal_topic(portal).name for portal in CITY_PORTALS)):
        assert [(one.action, one.revision) for one in mine[topic]] == wanted, topic
    assert [one.cause for one in mine[UNCHANGED.name]] == ["same_event", "same_content", "overtaken"]
    assert [one.revision for one in mine[REJECTED.name]] == [13]
    (refusal,) = found[events[7].key].pop(REJECTED.name)
    assert [one.code for one in refusal.findings] == ["WITHDRAW_UNKNOWN"]
    assert found[events[7].key] == {}
    secret = found[events[8].key]
    assert [one.action for one in secret["portal.credit-china"]] == [Action.PUBLISH, Action.WITHDRAW]
    assert [one.ground for one in secret[WITHHELD.name]] == [Ground.STATE_SECRET]
    (refusal,) = found[late.key][REJECTED.name]
    assert [one.code for one in refusal.findings] == ["KEY_MISPLACED"]
