"""Holds back what a person must look at first, and takes what that person has ruled."""

from collections.abc import Iterator
from datetime import date

from streams.domain import envelope
from streams.domain.calendar import Calendar
from streams.domain.columns import TEMPLATES
from streams.domain.privacy.doubting import Sign
from streams.domain.secrecy import signs_in
from streams.domain.stages import (
    Action,
    Checked,
    Enriched,
    Finding,
    Held,
    Rejected,
    Released,
    Ruling,
    Submitted,
)
from streams.domain.validation import check, finding, rejected

DOUBTFUL = {str(Sign.MUCH_MASKED): "HOLD_MASKING_MUCH"}
"""Sign of a doubt → its rule; all others say that something personal may be left."""


def examine(submitted: Submitted, *, today: date, calendar: Calendar) -> Checked | Rejected:
    """Return what `check` makes of a decision, or that it was sent back by the person who looked at it."""
    review = submitted.review
    if review is not None and review.ruling is Ruling.RETURN:
        findings = (finding("RETURNED_BY_REVIEW", reason=review.reason),)
        return rejected(submitted, findings, today=today, calendar=calendar)
    return check(submitted, today=today, calendar=calendar)


def signs_of(checked: Checked) -> tuple[Finding, ...]:
    """Return why a person must look at `checked` before it may be public; a withdrawal shows nothing."""
    if checked.submitted.action is Action.WITHDRAW:
        return ()
    return signs_in(checked.submitted.kind, checked.values)


def hold(released: Released, enriched: Enriched) -> Released | Held:
    """Return `released`, or held where there are signs of secrecy or doubts about the masking.

    What a person has approved is held for nothing: the same record was looked at.
    """
    review = enriched.checked.submitted.review
    if review is not None and review.ruling is Ruling.APPROVE:
        return released
    signs = (*signs_of(enriched.checked), *_doubtful(released))
    if not signs:
        return released
    public = released.public
    return Held(
        event_id=public.event_id,
        key=public.key,
        revision=public.revision,
        kind=public.kind,
        department=public.department,
        department_code=public.department_code,
        decided_on=public.decided_on,
        due_on=public.due_on,
        signs=signs,
        origin=released.origin,
        released=released,
    )


def _doubtful(released: Released) -> Iterator[Finding]:
    if not released.doubts or released.public.action is Action.WITHDRAW:
        return
    columns = TEMPLATES[released.public.kind]
    told = dict.fromkeys((DOUBTFUL.get(one.sign, "HOLD_MASKING_LEFT"), one.column) for one in released.doubts)
    for rule, code in told:
        name = columns[code].name if code in columns else envelope.REASON
        yield finding(rule, code if code in columns else "", name=name)
