"""Refused rows that were mended under another key, in the ledger on both databases."""

from dataclasses import replace
from itertools import permutations

import pytest
from sqlalchemy import Engine

from sinks.deadlines import Contact, Deadlines
from sinks.path import path_of
from sinks.settling import Status
from sinks.summary import summary
from streams.domain.stages import DecisionKey, Rejected, Submitted
from tests.sinks import make
from tests.sinks.make import BOTH, CODEC, DUE, NOON, Event, Log
from tests.sinks.recording import record

MENDS = "退回编号"


def typed(number: int, revision: int, key: str) -> Submitted:
    """Return a hand-in under a wrong key."""
    return make.submitted(number, revision, key=DecisionKey(f"{key}{number}"))


def refused(number: int, revision: int, key: str) -> Rejected:
    """Return its refusal."""
    return make.rejected(number, revision, key=DecisionKey(f"{key}{number}"))


def mending(event: Submitted, *revisions: int) -> Submitted:
    """Return a hand-in that mends earlier ones."""
    ids = " ".join(make.event_of(int(event.event_id[-12:-4], 16), one) for one in revisions)
    return replace(event, columns={**event.columns, MENDS: ids})


def story(number: int) -> list[Event]:
    """Return a row that is mended twice before its key is right, and then goes to both portals."""
    return [
        typed(number, 1, "a|"),
        refused(number, 1, "a|"),
        mending(typed(number, 2, "b|"), 1),
        refused(number, 2, "b|"),
        mending(make.submitted(number, 3), 1, 2),
        *((portal, make.public(number, 3)) for portal in BOTH),
        *(make.receipt(number, portal, 3) for portal in BOTH),
    ]


def test_one_decision_is_left(ledger: Engine) -> None:
    """Whichever topic is read first, refused ones belong to the mended decision; nothing stays open."""
    log = Log()
    topics = sorted({log.record(event).topic for event in story(0)})
    log = Log()
    for number, order in enumerate(permutations(topics), start=1):
        records = [log.record(event) for event in story(number)]
        for topic in order:
            record(ledger, [one for one in records if one.topic == topic])
        (path,) = path_of(ledger, make.key_of(number))
        assert (path.status, path.received_at) == (Status.PUBLISHED, NOON), order
        assert set(path.event_ids) == {make.event_of(number, revision) for revision in (1, 2, 3)}, order
        assert path_of(ledger, f"a|{number}") == path_of(ledger, f"b|{number}") == (), order
        if number == 8:
            break
    told = summary(ledger)
    assert (told.submitted, told.published, told.rejected) == (8, 8, 0)


def test_the_alert_of_what_was_mended_ends(ledger: Engine) -> None:
    """An overdue refused decision is resolved once it was mended under its right key."""
    log = Log()
    deadlines = Deadlines(ledger, CODEC, lambda _: Contact(department="某局", responsible="李科长"))
    begin, rest = story(1)[:2], story(1)[2:]
    record(ledger, [log.record(event) for event in begin])
    after = DUE.replace(day=DUE.day + 1)
    assert deadlines.tick(NOON, make.reached(after)).raised_overdue == 1
    record(ledger, [log.record(event) for event in rest])
    told = deadlines.tick(NOON, make.reached(after))
    assert (told.raised_overdue, told.resolved) == (0, 1)


@pytest.mark.parametrize("known", [True, False])
def test_only_refused_events_are_mended(ledger: Engine, *, known: bool) -> None:
    """An event that was published keeps its decision, and one that never comes makes none."""
    log = Log()
    first: list[Event] = [make.submitted(1), *((portal, make.public(1)) for portal in BOTH)] if known else []
    other = replace(make.submitted(2), columns={**make.submitted(2).columns, MENDS: make.event_of(1)})
    record(ledger, [log.record(event) for event in (*first, other)])
    assert len(path_of(ledger, make.key_of(1))) == known
    (path,) = path_of(ledger, make.key_of(2))
    assert path.status is Status.RECEIVED
    assert summary(ledger).submitted == 1 + known
