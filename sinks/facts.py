"""What the ledger knows of one event, whichever of its records arrived first."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from streams.domain import envelope
from streams.domain.stages import Action, Cause, Held, Kind, Public, Rejected, Submitted, Unchanged, Withheld

DAY = re.compile(r"\s*((?:19|20)\d{2})\s*[-/._年]\s*(\d{1,2})\s*[-/._月]\s*(\d{1,2})\s*日?\s*")


class Outcome(StrEnum):
    """What the review made of an event."""

    PENDING = ""
    RELEASED = "released"
    REJECTED = "rejected"
    WITHHELD = "withheld"
    HELD = "held"
    """A person must look at it first."""
    UNCHANGED = "unchanged"
    """It says what stood already."""
    OVERTAKEN = "overtaken"
    """It came after a newer one."""
    WITHDRAWN = "withdrawn"
    """It withdraws what stood on no portal."""


CAUSES = {
    Cause.SAME_EVENT: Outcome.UNCHANGED,
    Cause.SAME_CONTENT: Outcome.UNCHANGED,
    Cause.OVERTAKEN: Outcome.OVERTAKEN,
    Cause.NOT_PUBLISHED: Outcome.WITHDRAWN,
}


class Rank(IntEnum):
    """How much a source knows of an event: the facts of a higher one go before those of a lower one."""

    MENDED = 0
    """Only that another event mends it."""
    SUBMITTED = 1
    UNCHANGED = 2
    REJECTED = 3
    RELEASED = 4
    WITHHELD = 5
    HELD = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One event; empty texts and None where nothing is known yet."""

    event_id: str
    rank: Rank
    key: str
    revision: int
    action: str
    kind: str
    department_code: str
    department: str = ""
    decided_on: date | None = None
    due_on: date | None = None
    outcome: Outcome = Outcome.PENDING
    portals: tuple[str, ...] = ()
    ground: str = ""
    public_until: date | None = None
    handed_in: bool = False
    """By a department; a ruling hands the same in again."""
    place: tuple[int, int] | None = None
    """Partition and offset in decision.submitted."""
    ruling: str = ""
    ruled_by: str = ""
    mended_as: str = ""
    """Key of the newest event that mends this one, which was refused."""
    mended_at: int = 0
    """Revision of that event."""
    item: str = ""
    """Code of its item in the catalogue; known of what was released only."""
    reviewed_at: datetime | None = None
    """When the last outcome of its review was told; what is held has one more after the ruling.

    That it is known already, when it comes again, is no outcome of its own.
    """
    seen_at: datetime

    @property
    def identity(self) -> str:
        """Decision key, or the event id of a record that could not be read.

        What was refused, and mended under another key, belongs to the decision with that key.
        """
        mended = self.mended_as if self.outcome in (Outcome.PENDING, Outcome.REJECTED) else ""
        return mended or self.key or self.event_id


def of_submitted(event: Submitted, seen_at: datetime, place: tuple[int, int] | None = None) -> Facts:
    """Return what may be kept of a hand-in: nothing personal beside the key, which portals show too."""
    review = event.review
    prefix = "XK" if event.kind is Kind.LICENCE else "CF"
    authority = "XK_XKJGDM" if event.kind is Kind.LICENCE else "CF_CFJGDM"
    return Facts(
        event_id=event.event_id,
        rank=Rank.SUBMITTED,
        key=event.key,
        revision=event.revision,
        action=event.action,
        kind=event.kind,
        department_code=event.columns.get(authority, event.origin.department),
        decided_on=day_in(event.columns.get(f"{prefix}_JDRQ", "")),
        handed_in=review is None,
        place=place,
        ruling=review.ruling if review else "",
        ruled_by=review.by if review else "",
        seen_at=seen_at,
    )


def of_mended(event: Submitted, seen_at: datetime) -> tuple[Facts, ...]:
    """Return what a hand-in tells of the refused events that it mends."""
    return tuple(
        Facts(
            event_id=mended,
            rank=Rank.MENDED,
            key="",
            revision=0,
            action="",
            kind="",
            department_code="",
            mended_as=event.key,
            mended_at=event.revision,
            seen_at=seen_at,
        )
        for mended in event.columns.get(envelope.MENDS, "").split()
        if mended != event.event_id
    )


def of_rejected(event: Rejected, seen_at: datetime) -> Facts:
    """Return the facts of a refusal; its key is empty when the record could not be read."""
    return Facts(
        event_id=event.event_id,
        rank=Rank.REJECTED,
        key=event.key,
        revision=event.revision,
        action="",
        kind=event.kind or "",
        department_code=event.department_code,
        decided_on=event.decided_on,
        due_on=event.due_on,
        outcome=Outcome.REJECTED,
        reviewed_at=seen_at,
        seen_at=seen_at,
    )


def of_withheld(event: Withheld, seen_at: datetime) -> Facts:
    """Return the facts of a decision that is not published."""
    return Facts(
        event_id=event.event_id,
        rank=Rank.WITHHELD,
        key=event.key,
        revision=event.revision,
        action=Action.PUBLISH,  # also where its withdrawal from portals is told beside
        kind=event.kind,
        department_code=event.department_code,
        department=event.department,
        decided_on=event.decided_on,
        outcome=Outcome.WITHHELD,
        ground=event.ground,
        reviewed_at=seen_at,
        seen_at=seen_at,
    )


def of_held(event: Held, seen_at: datetime) -> Facts:
    """Return the facts of a decision that a person must look at."""
    return Facts(
        event_id=event.event_id,
        rank=Rank.HELD,
        key=event.key,
        revision=event.revision,
        action=Action.PUBLISH,
        kind=event.kind,
        department_code=event.department_code,
        department=event.department,
        decided_on=event.decided_on,
        due_on=event.due_on,
        outcome=Outcome.HELD,
        reviewed_at=seen_at,
        seen_at=seen_at,
    )


def of_unchanged(event: Unchanged, seen_at: datetime) -> Facts:
    """Return the facts of an event after which nothing had to happen."""
    return Facts(
        event_id=event.event_id,
        rank=Rank.UNCHANGED,
        key=event.key,
        revision=event.revision,
        action="",
        kind="",
        department_code="",
        outcome=CAUSES[event.cause],
        seen_at=seen_at,
    )


def of_public(event: Public, seen_at: datetime) -> Facts:
    """Return the facts of a released decision; a portal's record names all portals that it is for."""
    return Facts(
        event_id=event.event_id,
        rank=Rank.RELEASED,
        key=event.key,
        revision=event.revision,
        action=event.action,
        kind=event.kind,
        department_code=event.department_code,
        department=event.department,
        decided_on=event.decided_on,
        due_on=event.due_on,
        public_until=event.public_until,
        outcome=Outcome.RELEASED,
        portals=tuple(sorted(event.portals)),
        item=event.item,
        reviewed_at=seen_at,
        seen_at=seen_at,
    )


def day_in(text: str) -> date | None:
    """Return the day that a department wrote, or None where it is none; the review tells them why."""
    found = DAY.fullmatch(text)
    if not found:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None
