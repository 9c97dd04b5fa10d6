"""What a decision's next event means, by what is known of the decision."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.domain.digesting import digest_of
from streams.domain.revising import Entry, Revised, refused, revise
from streams.domain.stages import (
    Action,
    Cause,
    Checked,
    DecisionKey,
    Enriched,
    EventId,
    Ground,
    Held,
    Kind,
    Origin,
    Outcome,
    PortalId,
    Public,
    Rejected,
    Released,
    Review,
    Ruling,
    Shared,
    SubjectClass,
    Submitted,
    Unchanged,
    Withheld,
)

KEY = DecisionKey("11370100MB9A000146|济市监罚〔2026〕1号|济南样例商贸有限公司")
ORIGIN = Origin(connector="file", department="11370100MB9A000146", reference="样例.csv:2")
CITY, CHINA, COUNTY = PortalId("city-portal"), PortalId("credit-china"), PortalId("county-portal")
NUMBERS = {"CF_WSH": "济市监罚〔2026〕1号", "CF_XDR_MC": "济南样例商贸有限公司"}
DAY = date(2026, 9, 24)


def event(number: int, name: str = "") -> EventId:
    """Return the id of an event; `name` tells events of one revision apart."""
    return EventId(f"{number:08}{name}")


def released(
    revision: int,
    content: str = "罚款贰仟元整",
    *,
    name: str = "",
    action: Action = Action.PUBLISH,
    portals: Sequence[PortalId] = (CITY, CHINA),
    restricted: str = "",
) -> Released:
    """Return what desensitizing makes of a hand-in."""
    values = {**NUMBERS, "CF_NR": content}
    about = {
        "event_id": event(revision, name),
        "key": KEY,
        "revision": revision,
        "action": action,
        "kind": Kind.PENALTY,
        "subject_class": SubjectClass.LEGAL,
        "department": "济南市市场监督管理局",
        "department_code": "11370100MB9A000146",
        "region": "370100",
        "item": "",
        "decided_on": DAY,
        "due_on": DAY,
        "reason": "更正" if action is Action.CORRECT else "",
    }
    return Released(
        public=Public(**about, portals=tuple(portals), values=values),  # type: ignore[arg-type]
        shared=Shared(**about, values={**values, "CF_FR_ZJHM": restricted}),  # type: ignore[arg-type]
        origin=ORIGIN,
    )


def withdrawal(revision: int, *, name: str = "") -> Released:
    """Return a withdrawal; the catalogue's portals stand in it, whoever has the decision."""
    return released(revision, "", name=name, action=Action.WITHDRAW, portals=(CITY,))


def withheld(revision: int, ground: Ground = Ground.STATE_SECRET, *, name: str = "") -> Withheld:
    """Return what enriching makes of a declared secret."""
    submitted = Submitted(
        event_id=event(revision, name),
        key=KEY,
        revision=revision,
        action=Action.PUBLISH,
        kind=Kind.PENALTY,
        columns={},
        ground=ground,
        origin=ORIGIN,
        submitted_at=datetime(2026, 9, 24, tzinfo=UTC),
    )
    checked = Checked(
        submitted=submitted,
        key=KEY,
        subject_class=SubjectClass.LEGAL,
        values={**NUMBERS, "CF_NR": "秘密"},
    )
    enriched = Enriched(
        checked=checked,
        department="济南市市场监督管理局",
        department_code="11370100MB9A000146",
        region="370100",
        item="",
        responsible="",
        portals=(CITY, CHINA),
        decided_on=DAY,
        due_on=DAY,
    )
    return Withheld(
        event_id=submitted.event_id,
        key=KEY,
        revision=revision,
        kind=Kind.PENALTY,
        department=enriched.department,
        department_code=enriched.department_code,
        decided_on=DAY,
        ground=ground,
        basis="",
        origin=ORIGIN,
        enriched=enriched,
    )


def held(revision: int, content: str = "罚款贰仟元整", *, name: str = "") -> Held:
    """Return what holding makes of a hand-in with a sign."""
    source = released(revision, content, name=name)
    about = source.public
    return Held(
        event_id=about.event_id,
        key=KEY,
        revision=revision,
        kind=about.kind,
        department=about.department,
        department_code=about.department_code,
        decided_on=DAY,
        due_on=DAY,
        signs=(),
        origin=ORIGIN,
        released=source,
    )


def ruling(on: Held, outcome: Outcome, ruled: Ruling = Ruling.APPROVE) -> Outcome:
    """Return `outcome` as that of a person's ruling on what was held."""
    review = Review(
        ruling=ruled, held=on.event_id, by="李审核", at=datetime(2026, 9, 25, tzinfo=UTC), reason=""
    )
    if isinstance(outcome, Withheld) and outcome.enriched:
        checked = outcome.enriched.checked
        submitted = replace(checked.submitted, review=review)
        enriched = replace(outcome.enriched, checked=replace(checked, submitted=submitted))
        return replace(outcome, enriched=enriched)
    assert isinstance(outcome, Released | Rejected)
    return replace(outcome, review=review)


def rejection(revision: int) -> Rejected:
    """Return a refusal."""
    return refused(released(revision), "WITHDRAW_UNKNOWN")


class Desk:
    """Judges one event after the other, as the register does."""

    def __init__(self, *before: Outcome) -> None:
        self.known: Entry | None = None
        for outcome in before:
            self.take(outcome)

    def take(self, outcome: Outcome) -> Revised:
        """Judge the next event."""
        revised = revise(outcome, self.known, digest_of(outcome, b""))
        self.known = revised.entry or self.known
        return revised


def told(revised: Revised) -> list[tuple[Action, tuple[PortalId, ...], int]]:
    """Return what portals are told: action, portals, revision."""
    publics = [one.public if isinstance(one, Released) else one for one in revised.outcomes]
    return [(one.action, one.portals, one.revision) for one in publics if isinstance(one, Public)]


def cause(revised: Revised) -> Cause:
    """Return why nothing happens; fails where something does."""
    (outcome,) = revised.outcomes
    assert isinstance(outcome, Unchanged)
    return outcome.cause


def test_the_first_is_published() -> None:
    """What nobody knew goes out as it came, whatever it calls itself."""
    first = released(5)
    assert Desk().take(first).outcomes == (first,)
    assert told(Desk().take(released(5, action=Action.CORRECT))) == [(Action.PUBLISH, (CITY, CHINA), 5)]


def test_the_same_event_does_nothing() -> None:
    """An event that arrives twice is published once, and leaves nothing new in the register."""
    desk = Desk(released(5))
    revised = desk.take(released(5))
    assert (cause(revised), revised.entry) == (Cause.SAME_EVENT, None)


def test_the_same_content_does_nothing() -> None:
    """A later event with the same content is accepted and changes nothing, but counts as the last word."""
    desk = Desk(released(5))
    assert cause(desk.take(released(9))) is Cause.SAME_CONTENT
    assert cause(desk.take(released(7, "罚款叁仟元整"))) is Cause.OVERTAKEN


def test_other_content_is_a_correction() -> None:
    """The same decision with other content goes to the portals as a correction, called so or not."""
    assert told(Desk(released(5)).take(released(6, "罚款叁仟元整"))) == [(Action.CORRECT, (CITY, CHINA), 6)]


def test_a_restricted_value_is_content() -> None:
    """A mended document number, which no portal shows, is a correction for the credit platform."""
    revised = Desk(released(5)).take(released(6, restricted="11010519491231002X"))
    assert told(revised) == [(Action.CORRECT, (CITY, CHINA), 6)]


def test_the_reason_is_no_content() -> None:
    """The same content with a reason for a correction is still the same."""
    assert cause(Desk(released(5)).take(released(6, action=Action.CORRECT))) is Cause.SAME_CONTENT


def test_a_portal_that_is_left_withdraws() -> None:
    """A correction that goes to fewer portals is withdrawn from those that it leaves, without its content."""
    desk = Desk(released(5, portals=(CITY, COUNTY)))
    revised = desk.take(released(6, portals=(CITY, CHINA)))
    assert told(revised) == [(Action.CORRECT, (CITY, CHINA), 6), (Action.WITHDRAW, (COUNTY,), 6)]
    assert isinstance(revised.outcomes[1], Public)
    assert revised.outcomes[1].values == NUMBERS
    assert told(desk.take(withdrawal(7))) == [(Action.WITHDRAW, (CITY, CHINA), 7)]


def test_a_withdrawal_reaches_those_that_have_it() -> None:
    """A withdrawal goes to the portals that the decision went to, not to those of today's catalogue."""
    revised = Desk(released(5, portals=(CITY, CHINA, COUNTY))).take(withdrawal(6))
    assert told(revised) == [(Action.WITHDRAW, (CITY, CHINA, COUNTY), 6)]
    (outcome,) = revised.outcomes
    assert isinstance(outcome, Released)
    assert outcome.shared.action is Action.WITHDRAW


def test_withdrawing_the_unknown_is_refused() -> None:
    """A withdrawal of what never came, or was only refused, comes back with its reason."""
    (outcome,) = Desk(rejection(1)).take(withdrawal(6)).outcomes
    assert isinstance(outcome, Rejected)
    assert [one.code for one in outcome.findings] == ["WITHDRAW_UNKNOWN"]
    assert outcome.origin == ORIGIN


def test_a_late_publish_does_not_overtake() -> None:
    """What is older than a withdrawal never leaves; what is newer is published anew."""
    desk = Desk(released(5), withdrawal(8))
    assert cause(desk.take(released(7, "罚款叁仟元整"))) is Cause.OVERTAKEN
    assert cause(desk.take(withdrawal(9))) is Cause.NOT_PUBLISHED
    assert told(desk.take(released(10))) == [(Action.PUBLISH, (CITY, CHINA), 10)]


def test_a_refused_correction_leaves_what_stands() -> None:
    """After a refused correction the published version stands, and the next one corrects that."""
    desk = Desk(released(5), rejection(6))
    assert cause(desk.take(released(7))) is Cause.SAME_CONTENT
    assert told(desk.take(released(8, "罚款叁仟元整"))) == [(Action.CORRECT, (CITY, CHINA), 8)]


def test_what_becomes_secret_is_withdrawn() -> None:
    """A published decision that is withheld now is taken from its portals, without naming the ground."""
    desk = Desk(released(5, portals=(CITY, COUNTY)))
    revised = desk.take(withheld(6))
    assert isinstance(revised.outcomes[0], Withheld)
    assert told(revised) == [(Action.WITHDRAW, (CITY, COUNTY), 6)]
    gone = revised.outcomes[1]
    assert isinstance(gone, Released)
    assert (gone.public.reason, gone.public.values, gone.shared.values) == ("依法不予公开", NUMBERS, NUMBERS)
    assert cause(desk.take(withheld(7))) is Cause.SAME_CONTENT
    assert cause(desk.take(withdrawal(8))) is Cause.NOT_PUBLISHED


def test_a_secret_from_the_beginning_tells_no_portal() -> None:
    """A decision that was never public is withheld and nothing else; another ground is told again."""
    desk = Desk()
    assert told(desk.take(withheld(6))) == []
    (outcome,) = desk.take(withheld(7, Ground.PRIVACY)).outcomes
    assert isinstance(outcome, Withheld)


def test_events_of_one_moment_keep_their_order() -> None:
    """Events of the same revision follow their ids, and each leaves with a higher revision than the last."""
    desk = Desk(released(5, name="a"))
    assert told(desk.take(released(5, "罚款叁仟元整", name="b"))) == [(Action.CORRECT, (CITY, CHINA), 6)]
    assert told(desk.take(withdrawal(5, name="c"))) == [(Action.WITHDRAW, (CITY, CHINA), 7)]
    assert cause(desk.take(released(5, name="a"))) is Cause.OVERTAKEN
    assert told(desk.take(released(6))) == [(Action.PUBLISH, (CITY, CHINA), 8)]


@pytest.mark.parametrize("secret", [b"", b"key"])
def test_the_digest_is_of_what_is_told(secret: bytes) -> None:
    """The digest ignores ids, revision, reason and order of columns, and nothing else that anybody sees."""
    one, again = released(5), released(9, action=Action.CORRECT)
    turned = dict(reversed(list(again.shared.values.items())))
    again = replace(again, shared=replace(again.shared, values=turned))
    assert digest_of(one, secret) == digest_of(again, secret)
    others = [
        released(5, "罚款叁仟元整"),
        released(5, restricted="1"),
        released(5, portals=(CITY,)),
        replace(one, public=replace(one.public, item="CF-1")),
        replace(one, public=replace(one.public, values={**one.public.values, "CF_NR": "罚款*元整"})),
        withdrawal(5),
        withheld(5),
    ]
    digests = {digest_of(other, secret) for other in [one, *others]}
    assert len(digests) == len(others) + 1


def test_a_secret_makes_other_digests() -> None:
    """Without the key nobody can tell which content a digest is of."""
    assert digest_of(released(5), b"key") != digest_of(released(5), b"")


def test_what_is_held_goes_nowhere_until_it_is_approved() -> None:
    """A held decision tells no portal; approved, it is published above the revision that was held."""
    first = held(5)
    desk = Desk()
    assert desk.take(first).outcomes == (first,)
    assert cause(desk.take(first)) is Cause.SAME_EVENT
    approved = ruling(first, released(6, name="approved"))
    assert told(desk.take(approved)) == [(Action.PUBLISH, (CITY, CHINA), 6)]
    assert cause(desk.take(approved)) is Cause.OVERTAKEN
    assert cause(desk.take(first)) is Cause.SAME_EVENT


def test_a_held_correction_leaves_what_stands() -> None:
    """While a correction is held the portals keep what they have; approved, it is a correction there."""
    desk = Desk(released(5))
    correction = held(6, "罚款叁仟元整")
    assert told(desk.take(correction)) == []
    approved = ruling(correction, released(7, "罚款叁仟元整", name="approved"))
    assert told(desk.take(approved)) == [(Action.CORRECT, (CITY, CHINA), 7)]


def test_a_ruling_counts_for_the_last_event_only() -> None:
    """A ruling on what was corrected, withdrawn or ruled on meanwhile has no effect."""
    first = held(5)
    rulings = (
        ruling(first, released(6, name="approved")),
        ruling(first, withheld(6, name="withheld"), Ruling.WITHHOLD),
        ruling(first, rejection(6), Ruling.RETURN),
    )
    for meanwhile in (held(7), released(7, "罚款叁仟元整"), withdrawal(7), *rulings):
        for late in rulings:
            assert cause(Desk(first, meanwhile).take(late)) is Cause.OVERTAKEN
    for late in rulings:
        assert cause(Desk().take(late)) is Cause.OVERTAKEN


def test_a_ruling_takes_no_place_of_its_own() -> None:
    """A department's next event counts even if its own rising number is that of the ruling."""
    first = held(5)
    desk = Desk(first, ruling(first, released(6, name="z-approved")))
    assert told(desk.take(released(6, "罚款叁仟元整"))) == [(Action.CORRECT, (CITY, CHINA), 7)]


def test_what_is_withheld_by_a_person_is_withdrawn() -> None:
    """A held correction that a person withholds is taken from the portals that have the version before."""
    desk = Desk(released(5))
    correction = held(6, "罚款叁仟元整")
    desk.take(correction)
    revised = desk.take(ruling(correction, withheld(7, name="ruled"), Ruling.WITHHOLD))
    assert told(revised) == [(Action.WITHDRAW, (CITY, CHINA), 7)]


def test_what_is_sent_back_can_be_mended_or_withdrawn() -> None:
    """After a person has sent a decision back, a mended one is published, and a withdrawal accepted."""
    first = held(5)
    back = ruling(first, rejection(6), Ruling.RETURN)
    assert told(Desk(first, back).take(released(7, "罚款叁仟元整"))) == [(Action.PUBLISH, (CITY, CHINA), 7)]
    assert cause(Desk(first, back).take(withdrawal(7))) is Cause.NOT_PUBLISHED


def test_what_was_approved_is_not_held_again() -> None:
    """The same content once more, with the same sign, changes nothing; other content is held again."""
    first = held(5)
    desk = Desk(first, ruling(first, released(6, name="approved")))
    assert cause(desk.take(held(8))) is Cause.SAME_CONTENT
    other = held(9, "罚款叁仟元整")
    assert desk.take(other).outcomes == (other,)


def test_what_is_held_can_be_mended_withdrawn_and_declared() -> None:
    """The department's next word ends the wait: without a sign it is published, or taken back, or secret."""
    assert told(Desk(held(5)).take(released(6, "罚款叁仟元整"))) == [(Action.PUBLISH, (CITY, CHINA), 6)]
    withdrawn = Desk(held(5))
    assert cause(withdrawn.take(withdrawal(6))) is Cause.NOT_PUBLISHED
    assert cause(withdrawn.take(withdrawal(7))) is Cause.NOT_PUBLISHED
    assert told(withdrawn.take(released(8))) == [(Action.PUBLISH, (CITY, CHINA), 8)]
    declared = withheld(6)
    assert Desk(held(5)).take(declared).outcomes == (declared,)


def test_withdrawing_while_a_correction_is_held() -> None:
    """A withdrawal after a held correction, or after one that was sent back, reaches those that have it."""
    correction = held(6, "罚款叁仟元整")
    back = ruling(correction, rejection(7), Ruling.RETURN)
    for before in ((released(5), correction), (released(5), correction, back)):
        assert told(Desk(*before).take(withdrawal(8))) == [(Action.WITHDRAW, (CITY, CHINA), 8)]
        assert told(Desk(*before).take(withheld(8))) == [(Action.WITHDRAW, (CITY, CHINA), 8)]


def test_what_is_held_late_waits_for_nobody() -> None:
    """A held event that arrives after a newer one was judged neither waits nor changes anything."""
    for newer in (released(7), withdrawal(7), held(7, "罚款叁仟元整")):
        desk = Desk(released(5), newer)
        assert cause(desk.take(held(6, "罚款肆仟元整"))) is Cause.OVERTAKEN


def ruling_on(held: Held, ruled: Ruling) -> Outcome:
    """Return what the review makes of the same record with a ruling: a new event, right behind the old."""
    revision = held.revision + 1
    assert held.released
    content = str(held.released.public.values["CF_NR"])
    made: dict[Ruling, Outcome] = {
        Ruling.APPROVE: released(revision, content, name="ruled"),
        Ruling.WITHHOLD: withheld(revision, name="ruled"),
        Ruling.RETURN: rejection(revision),
    }
    return ruling(held, made[ruled], ruled)


STEPS = st.lists(
    st.one_of(
        st.sampled_from(["publish", "hold", "hold", "withdraw", "withhold"]),
        st.tuples(st.sampled_from(list(Ruling)), st.integers(0, 4)),
    ),
    max_size=12,
)


@given(STEPS)
def test_nothing_held_is_shown_unless_approved(steps: list[str | tuple[Ruling, int]]) -> None:
    """Whatever happens around holds, portals show the last word that needed no person, or was approved.

    Rulings on what is no longer the last word change nothing.
    """
    desk, shown, expected = Desk(), "", ""
    waiting: Held | None = None
    holds: list[Held] = []
    for number, step in enumerate(steps, start=1):
        revision, outcome = 10 * number, None
        if isinstance(step, str):
            waiting = None
            made: dict[str, Outcome] = {
                "publish": released(revision, f"第{number}稿"),
                "hold": held(revision, f"第{number}稿"),
                "withdraw": withdrawal(revision),
                "withhold": withheld(revision),
            }
            outcome = made[step]
            if isinstance(outcome, Held):
                waiting = outcome
                holds.append(outcome)
            else:
                expected = f"第{number}稿" if step == "publish" else ""
        elif step[1] < len(holds):
            ruled, on = step[0], holds[step[1]]
            outcome = ruling_on(on, ruled)
            if on is waiting:
                expected = {Ruling.APPROVE: f"第{on.revision // 10}稿", Ruling.WITHHOLD: ""}.get(
                    ruled, expected
                )
                waiting = None
        if outcome is None:
            continue
        for one in desk.take(outcome).outcomes:
            if isinstance(one, Released):
                shown = "" if one.public.action is Action.WITHDRAW else str(one.public.values["CF_NR"])
        assert shown == expected


EVENTS = st.builds(
    lambda kind, revision, content, portals: {
        "publish": released(revision, content, portals=portals, name=f"{content}{len(portals)}"),
        "withdraw": withdrawal(revision, name="w"),
        "withhold": withheld(revision, name="s"),
    }[kind],
    st.sampled_from(["publish", "publish", "withdraw", "withhold"]),
    st.integers(1, 6),
    st.sampled_from(["甲", "乙"]),
    st.sampled_from([(CITY,), (CITY, CHINA), (CHINA, COUNTY)]),
)


def order(outcome: Outcome) -> tuple[int, EventId]:
    """Return an event's place among those of its decision."""
    about = outcome.public if isinstance(outcome, Released) else outcome
    return about.revision, about.event_id


@given(st.lists(EVENTS, max_size=12))
def test_portals_show_what_the_newest_event_says(outcomes: list[Outcome]) -> None:
    """Whatever arrives in whatever order and how often, each portal ends with what the newest event says.

    And a portal sees revisions that only rise.
    """
    desk, shown, seen = Desk(), dict[PortalId, str](), dict[PortalId, int]()
    newest: Outcome | None = None
    for outcome in outcomes:
        unknown = desk.known is None and isinstance(outcome, Released) and not _publishes(outcome)
        if not unknown and (newest is None or order(outcome) > order(newest)):
            newest = outcome
        publics = [one.public if isinstance(one, Released) else one for one in desk.take(outcome).outcomes]
        for public in (one for one in publics if isinstance(one, Public)):
            for portal in public.portals:
                assert seen.get(portal, 0) < public.revision
                seen[portal] = public.revision
                shown[portal] = "" if public.action is Action.WITHDRAW else str(public.values["CF_NR"])
    wanted = {}
    if isinstance(newest, Released) and _publishes(newest):
        wanted = dict.fromkeys(newest.public.portals, str(newest.public.values["CF_NR"]))
    assert {portal: text for portal, text in shown.items() if text} == wanted


def _publishes(outcome: Released) -> bool:
    return outcome.public.action is not Action.WITHDRAW
