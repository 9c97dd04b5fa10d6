"""What an event means where something is known of its decision: duplicate, correction, withdrawal."""

from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2b

from orjson import OPT_SORT_KEYS, dumps

from streams.domain.desensitizing import withdrawal_of, withdrawn_from
from streams.domain.stages import (
    Action,
    Cause,
    DecisionKey,
    EventId,
    Outcome,
    PortalId,
    Public,
    Rejected,
    Released,
    Unchanged,
    Withheld,
)
from streams.domain.validation.rules import finding

DIGEST_BYTES = 16
NO_LONGER_PUBLIC = "依法不予公开"
"""Why a portal must withdraw what is withheld from now on; which ground it is, is not for the public."""
NO_LONGER_HERE = "该决定改由其他平台公示"


class Standing(StrEnum):
    """How a decision stands."""

    PUBLISHED = "published"
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"


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
    """Of what it says; see `digest_of`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """What becomes of one event."""

    outcomes: tuple[Outcome | Public, ...]
    """A `Public` by itself goes to its portals and nowhere else."""
    entry: Entry | None = None
    """What is known from now on; None where nothing new is."""


def revise(outcome: Outcome, known: Entry | None, digest: bytes) -> Revised:
    """Return what becomes of `outcome`, whose digest is given, where `known` stands of its decision.

    A decision's events are ordered by (revision, event id): what comes after a later one changes nothing.
    A refused event leaves what was published before as it is.
    """
    match outcome:
        case Rejected() | Unchanged():
            return Revised(outcomes=(outcome,))
        case Released(public=about):
            late = _too_late(about, known)
            judged = _withdrawn if about.action is Action.WITHDRAW else _published
            return late or judged(outcome, known, digest)
        case Withheld():
            return _too_late(outcome, known) or _withheld(outcome, known, digest)


def digest_of(outcome: Outcome, secret: bytes) -> bytes:
    """Return a digest of all that an outcome would tell anybody, its ids and revision left out.

    It holds restricted values too, as a correction of theirs must be noticed. Without `secret`, at most 64
    bytes, who has the digest and the rest of a decision could find out a short value by trying.
    """
    match outcome:
        case Released():
            content = dumps(_content(outcome), default=str, option=OPT_SORT_KEYS)
        case Withheld():
            content = outcome.ground.name.encode()
        case Rejected() | Unchanged():
            return b""
    return blake2b(content, digest_size=DIGEST_BYTES, key=secret).digest()


def refused(outcome: Released | Withheld, rule: str) -> Rejected:
    """Return an outcome refused by a rule after all."""
    about = outcome.public if isinstance(outcome, Released) else outcome
    return Rejected(
        event_id=about.event_id,
        key=about.key,
        revision=about.revision,
        kind=about.kind,
        department_code=about.department_code,
        decided_on=about.decided_on,
        due_on=about.due_on if isinstance(about, Public) else None,
        findings=(finding(rule),),
        origin=outcome.origin,
    )


def _content(released: Released) -> tuple[object, ...]:
    public = released.public
    return (
        public.action is Action.WITHDRAW,
        public.kind,
        public.subject_class,
        public.department,
        public.department_code,
        public.region,
        public.item,
        public.due_on,
        public.public_until,
        public.objection,
        sorted(public.portals),
        public.values,
        released.shared.values,
    )


def _too_late(about: Public | Withheld, known: Entry | None) -> Revised | None:
    if known is None:
        return None
    if about.event_id == known.event_id:
        return _unchanged(about, Cause.SAME_EVENT)
    if (about.revision, about.event_id) < (known.revision, known.event_id):
        return _unchanged(about, Cause.OVERTAKEN)
    return None


def _published(released: Released, known: Entry | None, digest: bytes) -> Revised:
    public = released.public
    here = known is not None and known.standing is Standing.PUBLISHED
    if known and here and known.digest == digest:
        entry = replace(known, event_id=public.event_id, revision=public.revision)
        return _unchanged(public, Cause.SAME_CONTENT, entry)
    told = _told(released, Action.CORRECT if here else Action.PUBLISH, public.portals, known)
    left = tuple(portal for portal in known.portals if portal not in public.portals) if known else ()
    gone = (withdrawn_from(told.public, left, NO_LONGER_HERE),) if left else ()
    entry = _entry(public, Standing.PUBLISHED, told.public.revision, public.portals, digest)
    return Revised(outcomes=(told, *gone), entry=entry)


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


def _withheld(withheld: Withheld, known: Entry | None, digest: bytes) -> Revised:
    if known and known.standing is Standing.WITHHELD and known.digest == digest:
        entry = replace(known, event_id=withheld.event_id, revision=withheld.revision)
        return _unchanged(withheld, Cause.SAME_CONTENT, entry)
    sent = known.sent if known else 0
    outcomes: tuple[Outcome, ...] = (withheld,)
    if known and known.portals and withheld.enriched:
        sent = _rising(withheld, known)
        gone = withdrawal_of(withheld.enriched, portals=known.portals, revision=sent, reason=NO_LONGER_PUBLIC)
        outcomes = (withheld, gone)
    return Revised(outcomes=outcomes, entry=_entry(withheld, Standing.WITHHELD, sent, (), digest))


def _unchanged(about: Public | Withheld, cause: Cause, entry: Entry | None = None) -> Revised:
    told = Unchanged(event_id=about.event_id, key=about.key, revision=about.revision, cause=cause)
    return Revised(outcomes=(told,), entry=entry)


def _rising(about: Public | Withheld, known: Entry | None) -> int:
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
    about: Public | Withheld, standing: Standing, sent: int, portals: tuple[PortalId, ...], digest: bytes
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
