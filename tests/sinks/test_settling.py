"""What a decision's facts say, whatever their order."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinks.facts import Facts, day_in, of_public, of_rejected, of_submitted, of_withheld
from sinks.merging import gathered
from sinks.settling import Acceptance, Decision, Status, settle
from tests.sinks import make
from tests.sinks.make import BOTH, CITY, CREDIT, NOON


def acceptance(portal: str, revision: int = 1, minutes: int = 0) -> Acceptance:
    """Return that a portal has accepted a revision so many minutes after noon."""
    return Acceptance(portal=portal, revision=revision, accepted_at=NOON + timedelta(minutes=minutes))


def decision_of(facts: list[Facts], acceptances: list[Acceptance]) -> Decision:
    """Return what the facts make."""
    return settle(list(gathered(facts).values()), acceptances, make.due_day)


@st.composite
def histories(draw: st.DrawFn) -> list[Facts]:
    """Draw up to three revisions, each with its hand-in and one outcome or none, some told twice."""
    facts = []
    for revision in range(1, draw(st.integers(1, 3)) + 1):
        at = NOON + timedelta(minutes=draw(st.integers(0, 9)))
        outcome = draw(
            st.sampled_from(
                [
                    [],
                    [of_rejected(make.rejected(1, revision), at)],
                    [of_withheld(make.withheld(1, revision), at)],
                    [of_public(make.public(1, revision), at + timedelta(minutes=n)) for n in range(2)],
                ]
            )
        )
        facts += [of_submitted(make.submitted(1, revision), at), *outcome]
    return facts


@given(
    histories(),
    st.lists(st.tuples(st.sampled_from(BOTH), st.integers(1, 3), st.integers(0, 9))),
    st.randoms(),
)
def test_order_does_not_matter(
    facts: list[Facts], accepted: list[tuple[str, int, int]], random: Random
) -> None:
    """The same facts in another order, and told twice, make the same decision."""
    acceptances = [acceptance(*one) for one in accepted]
    expected = decision_of(facts, acceptances)
    again = [*facts, facts[0]]
    random.shuffle(again)
    random.shuffle(acceptances)
    assert decision_of(again, acceptances) == expected


def test_published_means_on_every_portal() -> None:
    """One portal is not enough; the last one makes it public, and its moment counts."""
    released = [of_public(make.public(1), NOON)]
    assert decision_of(released, [acceptance(CITY)]).status is Status.RECEIVED
    done = decision_of(released, [acceptance(CITY, minutes=9), acceptance(CREDIT, minutes=3)])
    assert (done.status, done.open, done.published_at) == (
        Status.PUBLISHED,
        False,
        NOON + timedelta(minutes=9),
    )


def test_verified_means_seen_on_every_portal() -> None:
    """Published and seen everywhere is verified; with one portal unseen, or an older revision, it is not."""
    facts = [of_public(make.public(1), NOON), of_public(make.public(1, 2), NOON)]
    accepted = [acceptance(CITY, 2), acceptance(CREDIT, 2)]
    events = list(gathered(facts).values())

    def status(*seen: tuple[str, int]) -> Status:
        return settle(events, accepted, make.due_day, seen).status

    assert status((CITY, 2), (CREDIT, 2)) is Status.VERIFIED
    assert status((CITY, 2)) is Status.PUBLISHED
    assert status((CITY, 2), (CREDIT, 1)) is Status.PUBLISHED
    assert settle(events, accepted[:1], make.due_day, [(CITY, 2), (CREDIT, 2)]).status is Status.RECEIVED


def test_a_correction_under_way_opens_no_deadline() -> None:
    """A decision that was public everywhere in time cannot miss its due day by a later correction."""
    facts = [of_public(make.public(1), NOON), of_public(make.public(1, 2), NOON)]
    done = decision_of(facts, [acceptance(CITY), acceptance(CREDIT)])
    assert (done.status, done.open, done.open_portals) == (Status.RECEIVED, False, (CITY, CREDIT))


def test_a_newer_acceptance_covers_an_older_revision() -> None:
    """A portal that went straight to revision 2 has what revision 1 asked of it."""
    facts = [of_public(make.public(1), NOON), of_public(make.public(1, 2), NOON)]
    done = decision_of(facts, [acceptance(CITY, 2), acceptance(CREDIT, 2)])
    assert (done.status, done.open) == (Status.PUBLISHED, False)


def test_a_refusal_keeps_the_clock_running() -> None:
    """A rejected decision stays open, and due from the day that the department wrote."""
    facts = [of_submitted(make.submitted(1), NOON), of_rejected(make.rejected(1), NOON)]
    done = decision_of(facts, [])
    assert (done.status, done.open, done.due_on) == (Status.REJECTED, True, make.DUE)


def test_the_hand_ins_own_time_counts() -> None:
    """An outcome that was read before its hand-in does not make the decision arrive earlier."""
    earlier = NOON - timedelta(hours=1)
    done = decision_of([of_public(make.public(1), earlier), of_submitted(make.submitted(1), NOON)], [])
    assert done.received_at == NOON


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-02", date(2026, 3, 2)),
        ("2026/3/2", date(2026, 3, 2)),
        ("2026.03.02", date(2026, 3, 2)),
        (" 2026年3月2日 ", date(2026, 3, 2)),
        ("2026-02-30", None),
        ("9999-12-31", None),
        ("三月二日", None),
        ("", None),
    ],
)
def test_days_are_read_as_departments_write_them(text: str, day: date | None) -> None:
    """The usual ways to write a day are read; anything else is no day, and no error."""
    assert day_in(text) == day
