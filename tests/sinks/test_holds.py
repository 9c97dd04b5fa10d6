"""What becomes of held decisions in the ledger, on both databases, whichever topic is read first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import groupby, permutations

import pytest
from sqlalchemy import Engine, select

from sinks.deadlines import Contact, Deadlines
from sinks.holds import held
from sinks.ledger.audit import verify
from sinks.ledger.database import reading
from sinks.ledger.tables import decision, outgoing
from sinks.path import path_of
from sinks.settling import Status
from streams.domain.events import AlertKind
from streams.domain.stages import Action, Cause, Review, Ruling, Submitted
from tests.sinks import make
from tests.sinks.make import BOTH, CODEC, DUE, NOON, Event, Log
from tests.sinks.recording import record

Story = Callable[[int], list[Event]]
DAY = timedelta(days=1)


def ruled(number: int, ruling: Ruling, revision: int = 2) -> Submitted:
    """Return the hand-in with which a person rules on the first event."""
    review = Review(ruling=ruling, held=make.event_of(number), by="李审核", at=NOON)
    return replace(make.submitted(number, revision), action=Action.PUBLISH, review=review)


def released(number: int, revision: int, *, accepted: bool = True) -> list[Event]:
    """Return a release to both portals, and their receipts."""
    receipts = [make.receipt(number, portal, revision) for portal in BOTH] if accepted else []
    return [*((portal, make.public(number, revision)) for portal in BOTH), *receipts]


def waiting(number: int) -> list[Event]:
    """Return a hand-in that is held."""
    return [make.submitted(number), make.held(number)]


def withdrawn(number: int) -> list[Event]:
    gone = replace(make.submitted(number, 2), action=Action.WITHDRAW)
    return [*waiting(number), gone, make.unchanged(number, 2, Cause.NOT_PUBLISHED)]


def overtaken(number: int) -> list[Event]:
    late = [ruled(number, Ruling.APPROVE), make.unchanged(number, 2, Cause.OVERTAKEN)]
    return [*waiting(number), make.submitted(number, 3), *released(number, 3), *late]


def a_held_correction(number: int) -> list[Event]:
    first = [make.submitted(number), *released(number, 1)]
    return [*first, make.submitted(number, 2), make.held(number, 2)]


STORIES: dict[str, tuple[Story, Status, bool]] = {
    "held": (waiting, Status.HELD, True),
    "mended": (
        lambda n: [*waiting(n), make.submitted(n, 2), *released(n, 2)],
        Status.PUBLISHED,
        False,
    ),
    "withdrawn": (withdrawn, Status.WITHDRAWN, False),
    "declared secret": (
        lambda n: [*waiting(n), make.submitted(n, 2), make.withheld(n, 2)],
        Status.WITHHELD,
        False,
    ),
    "approved": (
        lambda n: [*waiting(n), ruled(n, Ruling.APPROVE), *released(n, 2)],
        Status.PUBLISHED,
        False,
    ),
    "approved, on its way": (
        lambda n: [*waiting(n), ruled(n, Ruling.APPROVE), *released(n, 2, accepted=False)],
        Status.RECEIVED,
        True,
    ),
    "withheld": (
        lambda n: [*waiting(n), ruled(n, Ruling.WITHHOLD), make.withheld(n, 2)],
        Status.WITHHELD,
        False,
    ),
    "returned": (
        lambda n: [*waiting(n), ruled(n, Ruling.RETURN), make.rejected(n, 2)],
        Status.REJECTED,
        True,
    ),
    "ruled too late": (overtaken, Status.PUBLISHED, False),
    "a correction": (a_held_correction, Status.HELD, False),
}


@pytest.mark.parametrize("name", STORIES)
def test_where_a_held_decision_ends(ledger: Engine, name: str) -> None:
    """After each story it stands where it must, is listed only while it waits, and its clock runs or not."""
    story, status, running = STORIES[name]
    log = Log()
    topics = [topic for topic, _ in groupby(sorted(log.record(one).topic for one in story(0)))]
    log = Log()
    for number, order in enumerate(permutations(topics), start=1):
        records = [log.record(event) for event in story(number)]
        for topic in order:
            record(ledger, [one for one in records if one.topic == topic])
        (path,) = path_of(ledger, make.key_of(number))
        assert path.status == status, order
        assert bool(held(ledger, make.key_of(number))) == (status is Status.HELD), order
        with reading(ledger) as connection:
            row = select(decision.c.open).where(decision.c.identity == make.key_of(number))
            assert connection.execute(row).scalar_one() is running, order
        if number == 6:
            break
    assert verify(ledger).broken_at is None


def test_the_clock_of_what_is_held_runs(ledger: Engine) -> None:
    """Held decisions are warned of and overdue like others; the end of a hold that publishes resolves it.

    A decision that is sent back stays overdue; one that is withheld for good is resolved.
    """
    log = Log()
    deadlines = Deadlines(ledger, CODEC, lambda _: Contact(department="某局", responsible="李科长"))

    def tick(days: int) -> tuple[int, int, int]:
        today = DUE + days * DAY
        told = deadlines.tick(NOON + days * DAY, make.reached(today))
        return told.raised_due_soon, told.raised_overdue, told.resolved

    record(ledger, [log.record(event) for number in (1, 2, 3) for event in waiting(number)])
    assert [tick(days) for days in (-3, -1, 1)] == [(0, 0, 0), (3, 0, 0), (0, 3, 0)]
    ends: list[Event] = [
        ruled(1, Ruling.APPROVE), *released(1, 2),
        ruled(2, Ruling.WITHHOLD), make.withheld(2, 2),
        ruled(3, Ruling.RETURN), make.rejected(3, 2),
    ]  # fmt: skip
    record(ledger, [log.record(event) for event in ends])
    assert tick(1) == (0, 0, 2)
    with reading(ledger) as connection:
        payloads = connection.execute(select(outgoing.c.payload).order_by(outgoing.c.id)).scalars()
        alerts = [CODEC.decode_alert(payload) for payload in payloads]
    resolved = {one.key for one in alerts if one.kind is AlertKind.RESOLVED}
    assert resolved == {make.key_of(1), make.key_of(2)}


def test_who_ruled_is_on_record_though_it_came_too_late(ledger: Engine) -> None:
    """A ruling without effect stands on the audit trail with who and what, like any other."""
    log = Log()
    record(ledger, [log.record(event) for event in overtaken(1)])
    (path,) = path_of(ledger, make.key_of(1))
    assert [line.entry for line in path.audit if line.by == "李审核"] == ["approve"]
