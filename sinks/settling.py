"""What a decision's events and receipts, taken together, say of it: a pure function of the facts."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from sinks.facts import Facts, Outcome
from streams.domain.stages import Action

DueDay = Callable[[date], date]
"""Day of a decision → last day on which it must be public."""

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


TAKEN = frozenset((Outcome.RELEASED, Outcome.WITHHELD, Outcome.HELD, Outcome.WITHDRAWN))
"""Outcomes that what comes after is compared with."""


class Status(StrEnum):
    """Where a decision stands; that of its newest revision."""

    RECEIVED = "received"
    """Under review, or on its way to a portal."""
    REJECTED = "rejected"
    WITHHELD = "withheld"
    PUBLISHED = "published"
    """Every portal has accepted the newest revision."""
    VERIFIED = "verified"
    """Published, and every portal was seen to show it as it was sent."""
    HELD = "held"
    """A person must look at it before it may be public."""
    WITHDRAWN = "withdrawn"
    """No portal shows it any more."""
    MOVED = "moved"
    """The review found another key for it: it stands under that one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A portal has accepted one revision."""

    portal: str
    revision: int
    accepted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One row of the ledger's `decision` table."""

    identity: str
    document_number: str
    event_id: str
    revision: int
    action: str
    kind: str
    status: Status
    department_code: str
    department: str
    decided_on: date | None
    due_on: date
    received_at: datetime
    handed_in: bool
    published_at: datetime | None
    """When the last portal had accepted one and the same revision, or a newer one, for the first time."""
    open: bool
    """Its due day can still be missed: never public everywhere, and neither withheld nor withdrawn."""
    open_portals: tuple[str, ...]
    public_until: date | None
    """Last day on which it may be public; None where no rule ends it, and once it is withdrawn."""
    item: str = ""
    """Code of its item in the catalogue, "" where none is known."""


def settle(
    events: Sequence[Facts],
    acceptances: Sequence[Acceptance],
    due_day: DueDay,
    seen: Collection[tuple[str, int]] = (),
) -> Decision:
    """Return the decision that these facts, at least one event, make; their order does not matter.

    `seen` are portals with the revision that they were seen to show.
    """
    newest_first = sorted(events, key=lambda event: (event.revision, event.event_id), reverse=True)
    newest = _deciding(newest_first)
    decided_on = next((event.decided_on for event in newest_first if event.decided_on), None)
    received_at = min((not event.handed_in, event.seen_at) for event in events)[1]
    published_at = _published_at(newest_first, acceptances)
    open_portals = _open_portals(newest, acceptances)
    status = _status(newest, open_portals)
    if status is Status.PUBLISHED and _verified(newest, seen):
        status = Status.VERIFIED
    return Decision(
        identity=newest.identity,
        document_number=document_number(newest.key),
        event_id=newest.event_id,
        revision=newest.revision,
        action=newest.action or next((event.action for event in newest_first if event.action), ""),
        kind=next((event.kind for event in newest_first if event.kind), ""),
        status=status,
        department_code=next((e.department_code for e in newest_first if e.department_code), ""),
        department=next((event.department for event in newest_first if event.department), ""),
        decided_on=decided_on,
        due_on=newest.due_on or due_day(decided_on or received_at.astimezone(SHANGHAI).date()),
        received_at=received_at,
        handed_in=any(event.handed_in for event in events),
        published_at=published_at,
        open=published_at is None and status is not Status.WITHHELD and _wanted(newest, newest_first),
        open_portals=open_portals,
        public_until=newest.public_until if newest.action != Action.WITHDRAW else None,
        item=next((event.item for event in newest_first if event.item), ""),
    )


def document_number(key: str) -> str:
    """Return the document number in a decision key, or ""."""
    parts = key.split("|")
    return parts[1] if len(parts) > 1 else ""


def _deciding(newest_first: Sequence[Facts]) -> Facts:
    """Return the event that says how the decision stands.

    One that came too late says nothing, and one that changed nothing says: as the last that was taken.
    """
    counted = [event for event in newest_first if event.outcome is not Outcome.OVERTAKEN] or newest_first
    if counted[0].outcome is not Outcome.UNCHANGED:
        return counted[0]
    return next((event for event in counted if event.outcome in TAKEN), counted[0])


def _status(newest: Facts, open_portals: tuple[str, ...]) -> Status:
    match newest.outcome:
        case Outcome.REJECTED:
            return Status.REJECTED
        case Outcome.WITHHELD:
            return Status.WITHHELD
        case Outcome.HELD:
            return Status.HELD
        case Outcome.WITHDRAWN:
            return Status.WITHDRAWN
        case Outcome.RELEASED if newest.portals and not open_portals:
            return Status.WITHDRAWN if newest.action == Action.WITHDRAW else Status.PUBLISHED
        case Outcome.RELEASED | Outcome.PENDING | Outcome.UNCHANGED | Outcome.OVERTAKEN:
            return Status.RECEIVED


def _verified(newest: Facts, seen: Collection[tuple[str, int]]) -> bool:
    shown = {portal for portal, revision in seen if revision >= newest.revision}
    return all(portal in shown for portal in newest.portals)


def _wanted(newest: Facts, events: Sequence[Facts]) -> bool:
    """Tell whether the decision is to be public: not one that was withdrawn, or that nobody ever handed in.

    A withdrawal that was refused leaves the clock of what was to be public running.
    """
    asked = [event for event in events if event.action != Action.WITHDRAW]
    return bool(asked) and (newest.action != Action.WITHDRAW or newest.outcome is Outcome.REJECTED)


def _accepted(event: Facts, acceptances: Sequence[Acceptance]) -> dict[str, datetime]:
    first: dict[str, datetime] = {}
    for acceptance in acceptances:
        if acceptance.revision >= event.revision:
            known = first.get(acceptance.portal, acceptance.accepted_at)
            first[acceptance.portal] = min(known, acceptance.accepted_at)
    return first


def _open_portals(newest: Facts, acceptances: Sequence[Acceptance]) -> tuple[str, ...]:
    accepted = _accepted(newest, acceptances)
    return tuple(portal for portal in newest.portals if portal not in accepted)


def _published_at(events: Sequence[Facts], acceptances: Sequence[Acceptance]) -> datetime | None:
    complete = []
    ends = {event.revision for event in events if _ends(event)}
    shown = [acceptance for acceptance in acceptances if acceptance.revision not in ends]
    for event in events:
        accepted = _accepted(event, shown)
        if event.portals and not _ends(event) and all(portal in accepted for portal in event.portals):
            complete.append(max(accepted[portal] for portal in event.portals))
    return min(complete, default=None)


def _ends(event: Facts) -> bool:
    return event.action == Action.WITHDRAW or event.outcome is Outcome.WITHHELD
