"""What a person must look at first, and what comes of that person's ruling."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from streams.catalogue.file import load_catalogue
from streams.domain.calendar import Calendar
from streams.domain.desensitizing import desensitize
from streams.domain.enriching import enrich
from streams.domain.holding import examine, hold
from streams.domain.judging import judge
from streams.domain.privacy import Redactor
from streams.domain.privacy.doubting import Sign
from streams.domain.stages import (
    Checked,
    Doubt,
    Enriched,
    EventId,
    Held,
    Rejected,
    Released,
    Review,
    Ruling,
    Submitted,
)
from streams.privacy_data import load_lexicon

CATALOGUE = load_catalogue(None)
REDACTOR = Redactor(load_lexicon())
MARKED = "机密★10年。当事人销售不合格产品。"

Submit = Callable[..., Submitted]
Judge = Callable[..., Released | Held]


def ruled(ruling: Ruling, reason: str = "") -> Review:
    """Return a person's ruling."""
    at = datetime(2026, 9, 25, 8, tzinfo=UTC)
    return Review(ruling=ruling, held=EventId("held"), by="李审核", at=at, reason=reason)


@pytest.fixture
def held(today: date, calendar: Calendar) -> Judge:
    """Return what takes a hand-in to the point where it may be held."""

    def go(submitted: Submitted, doubts: tuple[Doubt, ...] = ()) -> Released | Held:
        checked = examine(submitted, today=today, calendar=calendar)
        assert isinstance(checked, Checked)
        enriched = enrich(checked, catalogue=CATALOGUE, calendar=calendar)
        assert isinstance(enriched, Enriched)
        return hold(replace(desensitize(enriched, redactor=REDACTOR), doubts=doubts), enriched)

    return go


def test_a_marking_holds(submit: Submit, held: Judge) -> None:
    """A decision with a marking is held, with the column and the due day that runs on."""
    outcome = held(submit("penalty-legal", CF_SY=MARKED))
    assert isinstance(outcome, Held)
    assert [(one.code, one.column) for one in outcome.signs] == [("HOLD_SECRET_MARK", "CF_SY")]
    assert outcome.due_on == date(2026, 10, 9)


def test_nothing_holds_without_a_sign(submit: Submit, held: Judge) -> None:
    """A decision without any sign goes on."""
    assert isinstance(held(submit("penalty-legal")), Released)


def test_doubts_about_the_masking_hold(submit: Submit, held: Judge) -> None:
    """Who masks may have doubts of its own: they hold as well, beside the signs in the text."""
    doubts = (
        Doubt(sign=Sign.NUMBER_LEFT, column="CF_NR"),
        Doubt(sign=Sign.IDENTITY_LEFT, column="CF_NR"),
        Doubt(sign=Sign.MUCH_MASKED, column="reason"),
    )
    outcome = held(submit("penalty-legal", CF_SY=MARKED), doubts)
    assert isinstance(outcome, Held)
    assert [(one.code, one.column) for one in outcome.signs] == [
        ("HOLD_SECRET_MARK", "CF_SY"),
        ("HOLD_MASKING_LEFT", "CF_NR"),
        ("HOLD_MASKING_MUCH", ""),
    ]


def test_what_is_approved_goes_on(submit: Submit, held: Judge) -> None:
    """The very same record with an approval is released, and remembers whose."""
    again = replace(submit("penalty-legal", CF_SY=MARKED), review=ruled(Ruling.APPROVE))
    outcome = held(again)
    assert isinstance(outcome, Released)
    assert outcome.review == again.review


def test_a_withdrawal_is_not_held(submit: Submit, held: Judge) -> None:
    """What makes nothing public waits for nobody."""
    withdrawal = submit("penalty-legal", action="withdraw", reason="撤销，原文标有机密★", CF_SY=MARKED)
    assert isinstance(held(withdrawal), Released)


def test_what_is_sent_back_is_rejected(submit: Submit, today: date, calendar: Calendar) -> None:
    """A decision that a person sends back is rejected with that person's reason, its clock running."""
    review = ruled(Ruling.RETURN, "删去未成年人姓名")
    outcome = examine(replace(submit("penalty-legal"), review=review), today=today, calendar=calendar)
    assert isinstance(outcome, Rejected)
    assert (outcome.review, outcome.due_on) == (review, date(2026, 10, 9))
    assert [one.code for one in outcome.findings] == ["RETURNED_BY_REVIEW"]
    assert "删去未成年人姓名" in outcome.findings[0].message


def test_the_department_hears_at_once(submit: Submit, today: date, calendar: Calendar) -> None:
    """Who hands a decision with a sign in is told so beforehand, as a warning."""
    submitted = submit("penalty-legal", CF_SY=MARKED)
    verdict = judge(submitted, today=today, calendar=calendar, catalogue=CATALOGUE)
    assert verdict.ok
    assert "HOLD_SECRET_MARK" in {one.code for one in verdict.findings}
