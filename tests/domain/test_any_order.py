"""Whatever happens to a decision in whatever order, portals show its last word that may be shown."""

from hypothesis import given
from hypothesis import strategies as st

from streams.domain.stages import Action, EventId, Held, Outcome, PortalId, Public, Released, Ruling
from tests.domain.outcomes import (
    CHINA,
    CITY,
    COUNTY,
    Desk,
    held,
    rejection,
    released,
    ruling,
    withdrawal,
    withheld,
)


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
