"""A late decision is put down to whoever had it in hand when its due day ended."""

from datetime import UTC, date, datetime, timedelta

import pytest

from streams.domain.supervision.lateness import HandIn, Held, Lateness, Party, Reviewed, Way, lateness

DUE = date(2026, 3, 11)
END = datetime(2026, 3, 11, 16, tzinfo=UTC)
"""Midnight in China."""
HOUR = timedelta(hours=1)
BEFORE, AFTER = END - HOUR, END + HOUR


def hand_in(
    reviewed: Reviewed, at: datetime = BEFORE, *, reviewed_at: datetime | None = BEFORE, revision: int = 1
) -> HandIn:
    """Return a hand-in for two portals."""
    return HandIn(
        revision=revision, seen_at=at, reviewed=reviewed, reviewed_at=reviewed_at, portals=("a", "b")
    )


def way(
    portal: str, *, accepted: datetime | None = None, tried: datetime | None = None, failing: bool = False
) -> Way:
    """Return a first revision's way to a portal."""
    return Way(portal=portal, revision=1, accepted_at=accepted, first_try_at=tried, failing=failing)


PASSED = hand_in(Reviewed.PASSED)


@pytest.mark.parametrize(
    ("hand_ins", "ways", "party", "held"),
    [
        ([], [], Party.DEPARTMENT, Held.NOT_HANDED_IN),
        ([hand_in(Reviewed.PASSED, AFTER)], [], Party.DEPARTMENT, Held.NOT_HANDED_IN),
        ([hand_in(Reviewed.PASSED, END)], [], Party.DEPARTMENT, Held.NOT_HANDED_IN),
        ([hand_in(Reviewed.REFUSED)], [], Party.DEPARTMENT, Held.REFUSED),
        (
            [hand_in(Reviewed.REFUSED), hand_in(Reviewed.PASSED, AFTER, revision=2)],
            [],
            Party.DEPARTMENT,
            Held.REFUSED,
        ),
        ([hand_in(Reviewed.REFUSED, reviewed_at=AFTER)], [], Party.PLATFORM, Held.UNDER_REVIEW),
        ([hand_in(Reviewed.PENDING, reviewed_at=None)], [], Party.PLATFORM, Held.UNDER_REVIEW),
        ([hand_in(Reviewed.HELD)], [], Party.PLATFORM, Held.AWAITS_RULING),
        ([hand_in(Reviewed.PASSED, reviewed_at=END)], [], Party.PLATFORM, Held.UNDER_REVIEW),
        ([PASSED], [], Party.PLATFORM, Held.NOT_SENT),
        ([PASSED], [way("a", accepted=BEFORE), way("b", tried=AFTER)], Party.PLATFORM, Held.NOT_SENT),
        ([PASSED], [way("a", tried=BEFORE), way("b")], Party.PLATFORM, Held.NOT_SENT),
        ([PASSED], [way("a", accepted=BEFORE), way("b", failing=True)], Party.PORTAL, Held.NOT_TAKEN),
        (
            [PASSED],
            [way("a", accepted=BEFORE), way("b", tried=BEFORE, accepted=AFTER)],
            Party.PORTAL,
            Held.NOT_TAKEN,
        ),
    ],
)
def test_who_had_it_is_told(hand_ins: list[HandIn], ways: list[Way], party: Party, held: Held) -> None:
    """Before midnight counts, midnight itself is too late."""
    found = lateness(DUE, hand_ins, ways)
    assert (found.party, found.held) == (party, held)


def test_the_portals_that_did_not_take_it_are_named() -> None:
    """Only those that did not have it in time."""
    ways = [way("a", accepted=BEFORE), way("b", tried=BEFORE)]
    assert lateness(DUE, [PASSED], ways) == Lateness(party=Party.PORTAL, held=Held.NOT_TAKEN, portals=("b",))
