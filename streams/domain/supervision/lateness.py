"""By whom a decision is late: who had it in hand when its due day ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from streams.domain.values import CHINA


class Party(StrEnum):
    """By whom a decision is late."""

    DEPARTMENT = "department"
    """It handed it in too late, or did not mend in time what was refused."""
    PLATFORM = "platform"
    """It was stuck here: under review, waiting for a ruling, or not sent."""
    PORTAL = "portal"
    """It was sent in time, and a portal did not take it."""


class Held(StrEnum):
    """Where the decision was when its due day ended."""

    NOT_HANDED_IN = "not_handed_in"
    REFUSED = "refused"
    """Refused, and not handed in again."""
    UNDER_REVIEW = "under_review"
    AWAITS_RULING = "awaits_ruling"
    NOT_SENT = "not_sent"
    NOT_TAKEN = "not_taken"
    """A portal was asked and did not take it, or had failed for everybody."""


class Reviewed(StrEnum):
    """What the review made of a hand-in."""

    PENDING = "pending"
    REFUSED = "refused"
    HELD = "held"
    PASSED = "passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """One revision as it was handed in, unless it changed nothing or came after a newer one."""

    revision: int
    seen_at: datetime
    reviewed: Reviewed
    reviewed_at: datetime | None
    """None where that is not known: then it counts as reviewed at once."""
    portals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One revision's way to one portal."""

    portal: str
    revision: int
    accepted_at: datetime | None
    first_try_at: datetime | None
    failing: bool
    """Whether the portal failed for everybody when the due day ended, so that it was not even asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """By whom a decision is late, and why."""

    party: Party
    held: Held
    portals: tuple[str, ...] = ()
    """That did not have it."""


def end_of(due_on: date) -> datetime:
    """Return when a due day ends in China."""
    return datetime.combine(due_on + timedelta(days=1), time(), CHINA)


def lateness(due_on: date, hand_ins: Sequence[HandIn], ways: Sequence[Way]) -> Lateness:
    """Return who had a decision, which is late, in hand when its due day ended.

    谁产生、谁公示、谁负责: what came in time and did not pass is the department's again from the
    refusal on. Where one portal did not take it and to another it was not sent, the platform is told.
    """
    end = end_of(due_on)
    known = [one for one in hand_ins if one.seen_at < end]
    if not known:
        return Lateness(party=Party.DEPARTMENT, held=Held.NOT_HANDED_IN)
    newest = max(known, key=lambda one: (one.revision, one.seen_at))
    if newest.reviewed is Reviewed.PENDING or (newest.reviewed_at or newest.seen_at) >= end:
        return Lateness(party=Party.PLATFORM, held=Held.UNDER_REVIEW)
    match newest.reviewed:
        case Reviewed.REFUSED:
            return Lateness(party=Party.DEPARTMENT, held=Held.REFUSED)
        case Reviewed.HELD:
            return Lateness(party=Party.PLATFORM, held=Held.AWAITS_RULING)
        case Reviewed.PASSED:
            return _on_its_way(newest, ways, end)


def _on_its_way(newest: HandIn, ways: Sequence[Way], end: datetime) -> Lateness:
    mine = [way for way in ways if way.revision >= newest.revision]
    taken = {way.portal for way in mine if way.accepted_at is not None and way.accepted_at < end}
    tried = {
        way.portal for way in mine if way.failing or (way.first_try_at is not None and way.first_try_at < end)
    }
    missing = [portal for portal in newest.portals if portal not in taken]
    unsent = tuple(portal for portal in missing if portal not in tried)
    if unsent or not missing:
        return Lateness(party=Party.PLATFORM, held=Held.NOT_SENT, portals=unsent)
    return Lateness(party=Party.PORTAL, held=Held.NOT_TAKEN, portals=tuple(missing))
