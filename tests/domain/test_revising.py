"""What a decision's next event means, by what is known of the decision."""

from streams.domain.stages import Action, Cause, Ground, Public, Rejected, Released, Withheld
from tests.domain.outcomes import (
    CHINA,
    CITY,
    COUNTY,
    NUMBERS,
    ORIGIN,
    Desk,
    cause,
    rejection,
    released,
    told,
    withdrawal,
    withheld,
)


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
