"""What an event means where something is known of its decision: duplicate, correction, withdrawal."""

from dataclasses import dataclass, replace
from enum import StrEnum

from streams.domain.desensitizing import withdrawal_of, withdrawn_from
from streams.domain.stages import (
    Action,
    Cause,
    DecisionKey,
    EventId,
    Held,
    Outcome,
    PortalId,
    Public,
    Rejected,
    Released,
    Review,
    Unchanged,
    Withheld,
)
from streams.domain.validation.rules import finding

NO_LONGER_PUBLIC = "依法不予公开"
"""Why a portal must withdraw what is withheld from now on; which ground it is, is not for the public."""
NO_LONGER_HERE = "该决定改由其他平台公示"


_About = Public | Withheld | Held | Rejected


class Standing(StrEnum):
    """How a decision stands."""

    PUBLISHED = "published"
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"
    HELD = "held"
    """Its last event waits for a person; portals go on showing what they have."""
    RETURNED = "returned"
    """That person has sent it back; portals likewise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is known of one decision: all that judging its next event needs."""

    key: DecisionKey
    event_id: EventId
    """The last event that counted."""
    revision: int
    """Its revision, as handed in."""
    sent: int
    """The highest revision that left for a portal; 0 before the first."""
    standing: Standing
    portals: tuple[PortalId, ...]
    """Who has it now."""
    digest: bytes
    """Of what it says; see `digesting`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """What becomes of one event."""

    outcomes: tuple[Outcome | Public, ...]
    """A `Public` by itself goes to its portals and nowhere else."""
    entry: Entry | None = None
    """What is known from now on; None where nothing new is."""


def revise(outcome: Outcome, known: Entry | None, digest: bytes) -> Revised:
    """Return what becomes of `outcome`, whose digest is given, where `known` stands of its decision.

    A decision's events are ordered by (revision, event id): what comes after a later one changes nothing. A
    person's ruling counts while what it is about is the last event. A refused event leaves what was published
    before as it is.
    """
    match outcome:
        case Unchanged():
            return Revised(outcomes=(outcome,))
        case Rejected():
            return _returned(outcome, known) if outcome.review else Revised(outcomes=(outcome,))
        case Released(public=about):
            judged = _withdrawn if about.action is Action.WITHDRAW else _published
            return _too_late(about, known, outcome.review) or judged(outcome, known, digest)
        case Withheld():
            review = outcome.enriched.checked.submitted.review if outcome.enriched else None
            return _too_late(outcome, known, review) or _withheld(outcome, known, digest, review)
        case Held():
            return _too_late(outcome, known) or _held(outcome, known, digest)


def refused(outcome: Released | Withheld | Held | Rejected, rule: str) -> Rejected:
    """Return an outcome refused by a rule after all."""
    about = outcome.public if isinstance(outcome, Released) else outcome
    return Rejected(
        event_id=about.event_id,
        key=about.key,
        revision=about.revision,
        kind=about.kind,
        department_code=about.department_code,
        decided_on=about.decided_on,
        due_on=None if isinstance(about, Withheld) else about.due_on,
        findings=(finding(rule),),
        origin=outcome.origin,
    )


def _too_late(about: _About, known: Entry | None, review: Review | None = None) -> Revised | None:
    if review is not None:
        return None if _rules_on(review, known) else _unchanged(about, Cause.OVERTAKEN)
    if known is None:
        return None
    if about.event_id == known.event_id:
        return _unchanged(about, Cause.SAME_EVENT)
    if (about.revision, about.event_id) < (known.revision, known.event_id):
        return _unchanged(about, Cause.OVERTAKEN)
    return None


def _rules_on(review: Review, known: Entry | None) -> bool:
    return known is not None and known.standing is Standing.HELD and known.event_id == review.held


def _returned(rejected: Rejected, known: Entry | None) -> Revised:
    if known is None or rejected.review is None or not _rules_on(rejected.review, known):
        return _unchanged(rejected, Cause.OVERTAKEN)
    return Revised(outcomes=(rejected,), entry=replace(known, standing=Standing.RETURNED))


def _held(held: Held, known: Entry | None, digest: bytes) -> Revised:
    if known and known.standing is Standing.PUBLISHED and known.digest == digest:
        # the same was looked at before
        return _unchanged(
            held, Cause.SAME_CONTENT, replace(known, event_id=held.event_id, revision=held.revision)
        )
    sent, portals = (known.sent, known.portals) if known else (0, ())
    return Revised(outcomes=(held,), entry=_entry(held, Standing.HELD, sent, portals, digest))


def _published(released: Released, known: Entry | None, digest: bytes) -> Revised:
    public = released.public
    if known and known.standing is Standing.PUBLISHED and known.digest == digest:
        entry = replace(known, event_id=public.event_id, revision=public.revision)
        return _unchanged(public, Cause.SAME_CONTENT, entry)
    action = Action.CORRECT if known and known.portals else Action.PUBLISH
    told = _told(released, action, public.portals, known)
    left = tuple(portal for portal in known.portals if portal not in public.portals) if known else ()
    gone = (withdrawn_from(told.public, left, NO_LONGER_HERE),) if left else ()
    entry = _entry(public, Standing.PUBLISHED, told.public.revision, public.portals, digest)
    return Revised(outcomes=(told, *gone), entry=_ruled(entry, known, released.review))


def _withdrawn(released: Released, known: Entry | None, digest: bytes) -> Revised:
    public = released.public
    if known is None:
        return Revised(outcomes=(refused(released, "WITHDRAW_UNKNOWN"),))
    if not known.portals:
        entry = _entry(public, Standing.WITHDRAWN, known.sent, (), digest)
        return _unchanged(public, Cause.NOT_PUBLISHED, entry)
    told = _told(released, Action.WITHDRAW, known.portals, known)
    entry = _entry(public, Standing.WITHDRAWN, told.public.revision, (), digest)
    return Revised(outcomes=(told,), entry=entry)


def _withheld(withheld: Withheld, known: Entry | None, digest: bytes, review: Review | None) -> Revised:
    if known and known.standing is Standing.WITHHELD and known.digest == digest:
        entry = replace(known, event_id=withheld.event_id, revision=withheld.revision)
        return _unchanged(withheld, Cause.SAME_CONTENT, entry)
    sent = known.sent if known else 0
    outcomes: tuple[Outcome, ...] = (withheld,)
    if known and known.portals and withheld.enriched:
        sent = _rising(withheld, known)
        gone = withdrawal_of(withheld.enriched, portals=known.portals, revision=sent, reason=NO_LONGER_PUBLIC)
        outcomes = (withheld, gone)
    entry = _entry(withheld, Standing.WITHHELD, sent, (), digest)
    return Revised(outcomes=outcomes, entry=_ruled(entry, known, review))


def _ruled(entry: Entry, known: Entry | None, review: Review | None) -> Entry:
    """Return `entry` in the place of the event that was ruled on: a ruling is no word of the department."""
    if known is None or review is None:
        return entry
    return replace(entry, event_id=known.event_id, revision=known.revision)


def _unchanged(about: _About, cause: Cause, entry: Entry | None = None) -> Revised:
    told = Unchanged(event_id=about.event_id, key=about.key, revision=about.revision, cause=cause)
    return Revised(outcomes=(told,), entry=entry)


def _rising(about: _About, known: Entry | None) -> int:
    """Return the revision to send: portals take a decision's revisions only if each is above the last."""
    return max(about.revision, known.sent + 1) if known else about.revision


def _told(released: Released, action: Action, portals: tuple[PortalId, ...], known: Entry | None) -> Released:
    revision = _rising(released.public, known)
    if (action, portals, revision) == (
        released.public.action,
        released.public.portals,
        released.public.revision,
    ):
        return released
    return replace(
        released,
        public=replace(released.public, action=action, portals=portals, revision=revision),
        shared=replace(released.shared, action=action, revision=revision),
    )


def _entry(
    about: _About, standing: Standing, sent: int, portals: tuple[PortalId, ...], digest: bytes
) -> Entry:
    return Entry(
        key=about.key,
        event_id=about.event_id,
        revision=about.revision,
        sent=sent,
        standing=standing,
        portals=portals,
        digest=digest,
    )
