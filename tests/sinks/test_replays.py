"""What the ledger remembers of HTTP requests, on both databases, whoever asks at the same time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Barrier

import pytest
from sqlalchemy import Engine, select

from sinks.ledger.database import reading
from sinks.ledger.hand_ins import hand_in
from sinks.replays import LedgerReplays
from streams.replays import KEPT, LEASE, Answered, Asked, InFlight, Reused, Started

NOON = datetime(2026, 9, 25, 4, 0, tzinfo=UTC)
ASKED = Asked(department="11370100MB9A000146", key="key-of-theirs", sha256="0" * 64)
ANSWER = Answered(status=202, body=b'{"accepted": 1}')


class Clock:
    """Stands still until it is moved on."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def replays(ledger: Engine, clock: Clock) -> LedgerReplays:
    numbers = count(1)
    return LedgerReplays(ledger=ledger, now=clock, new_id=lambda: f"try-{next(numbers)}")


def begin(replays: LedgerReplays, asked: Asked = ASKED) -> Started:
    """Begin a request that nobody is at."""
    begun = replays.begin(asked)
    assert isinstance(begun, Started)
    return begun


def test_a_request_is_worked_on_once(replays: LedgerReplays) -> None:
    """The first try begins, the next is told that it is in flight, and after the answer gets that."""
    first = begin(replays)
    assert isinstance(replays.begin(ASKED), InFlight)
    replays.finish(ASKED, first.owner, ANSWER)
    assert replays.begin(ASKED) == ANSWER


def test_of_many_at_once_one_begins(replays: LedgerReplays) -> None:
    """Eight tries at the same moment: one begins, seven are in flight, in several rounds."""
    barrier = Barrier(8)

    def ask(number: int) -> object:
        barrier.wait(60)
        return replays.begin(replace(ASKED, key=f"round-{number}"))

    with ThreadPoolExecutor(8) as threads:
        for number in range(5):
            begun = list(threads.map(ask, [number] * 8))
            assert sum(isinstance(one, Started) for one in begun) == 1
            assert sum(isinstance(one, InFlight) for one in begun) == 7


def test_a_key_stands_for_one_content(replays: LedgerReplays) -> None:
    """Another content with the key is told so, before and after the answer; another department is apart."""
    first, other = begin(replays), replace(ASKED, sha256="1" * 64)
    assert isinstance(replays.begin(other), Reused)
    replays.finish(ASKED, first.owner, ANSWER)
    assert isinstance(replays.begin(other), Reused)
    begin(replays, replace(other, department="11370100MB9A0009XU"))


def test_a_lease_that_ends_is_taken_over(replays: LedgerReplays, clock: Clock) -> None:
    """A try that is renewed stays; one that is not can be taken over, with the revision of the first."""
    first = begin(replays)
    clock.at += LEASE - timedelta(seconds=1)
    replays.renew(ASKED, first.owner)
    clock.at += LEASE - timedelta(seconds=1)
    assert isinstance(replays.begin(ASKED), InFlight)
    clock.at += timedelta(seconds=2)
    second = begin(replays)
    assert second.owner != first.owner
    assert second.revision == first.revision == int(NOON.timestamp() * 1000)


def test_who_lost_the_lease_decides_nothing(replays: LedgerReplays, clock: Clock) -> None:
    """What a try says that another has taken over from counts no more, nor does anything after the answer."""
    first = begin(replays)
    clock.at += LEASE + timedelta(seconds=1)
    second = begin(replays)
    replays.finish(ASKED, first.owner, Answered(status=422, body=b"late"))
    replays.give_up(ASKED, first.owner)
    assert isinstance(replays.begin(ASKED), InFlight)
    replays.finish(ASKED, second.owner, ANSWER)
    replays.give_up(ASKED, second.owner)
    assert replays.begin(ASKED) == ANSWER


def test_who_gives_up_lets_the_next_begin(replays: LedgerReplays) -> None:
    """After a failure that was told, a retry begins at once, as the same revision."""
    first = begin(replays)
    replays.give_up(ASKED, first.owner)
    assert begin(replays).revision == first.revision


def test_answers_are_kept_for_72_hours(replays: LedgerReplays, clock: Clock) -> None:
    """Then all of it is gone from the ledger at the next request, and the key is free."""
    replays.finish(ASKED, begin(replays).owner, ANSWER)
    clock.at += KEPT
    assert replays.begin(ASKED) == ANSWER
    clock.at += timedelta(seconds=1)
    begin(replays, replace(ASKED, key="another"))
    with reading(replays.ledger) as connection:
        assert len(connection.execute(select(hand_in)).all()) == 1
    begin(replays, replace(ASKED, sha256="1" * 64))


def test_keys_are_kept_as_digests(replays: LedgerReplays) -> None:
    """The key itself, which a department chose, does not stand in the ledger."""
    begin(replays)
    with reading(replays.ledger) as connection:
        [row] = connection.execute(select(hand_in)).all()
    assert ASKED.key not in str(row)
