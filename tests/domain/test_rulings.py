"""What a held decision's next event means, and what a person's ruling on it does."""

from streams.domain.stages import Action, Cause, Ruling
from tests.domain.outcomes import (
    CHINA,
    CITY,
    Desk,
    cause,
    held,
    rejection,
    released,
    ruling,
    told,
    withdrawal,
    withheld,
)


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
