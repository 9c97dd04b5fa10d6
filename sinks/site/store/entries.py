"""What the site keeps of one decision, and what an event makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import blake2b

from streams.domain.enumerations import read_penalty_types
from streams.domain.keys import document_number, subject_name
from streams.domain.roles import ROLES
from streams.domain.stages import Action, Kind, Public, SubjectClass, Value
from streams.domain.values import CHINA

DIVIDER = "|"
FEN = 1_000_000
"""0.01 元 in one 万元: amounts are kept as whole numbers of them."""
SALT_BITS = 20
_AMOUNTS = ("CF_NR_FK", "CF_NR_WFFF")
_CLASS = {Kind.LICENCE: "XK_XKLB", Kind.PENALTY: "CF_CFLB"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision as the site has it; of a withdrawn one only number, day and reason are left."""

    id: int
    """Newest first is its order: see `first_id`."""
    public_id: str
    """In the page's address."""
    revision: int
    turn: int = 0
    """Rises with every change of anything."""
    withdrawn: bool = False
    kind: Kind
    natural: bool = False
    subject: str = ""
    subject_key: str = ""
    subject_code: str = ""
    number: str
    """文书号"""
    number_key: str
    authority_code: str = ""
    authority: str = ""
    item: str = ""
    classes: tuple[str, ...] = ()
    amount: int | None = None
    """Fine and confiscation together, in 分."""
    decided_on: date
    due_on: date
    public_until: date | None = None
    first_seen: datetime
    last_seen: datetime
    timely: bool | None = None
    """Whether it was public in time; None where its first publication is no longer known."""
    objection: bool = False
    reason: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Official code → text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One step in a decision's history."""

    revision: int
    action: Action
    seen_at: datetime
    reason: str
    changed: tuple[str, ...]
    """Official codes of the columns that read otherwise from then on."""


def public_id(key: str, secret: bytes) -> str:
    """Return the name of a decision's page, the same whenever the site is rebuilt.

    Keyed, as from a plain digest a withdrawn decision's subject could be guessed.
    """
    return blake2b(key.encode(), key=secret, digest_size=12).hexdigest()


def first_id(name: str, seen_at: datetime) -> int:
    """Return the number of a decision first seen then: later ones are higher."""
    moment = int(seen_at.timestamp() * 1000)
    return moment << SALT_BITS | int(name[:5], 16)


def applied(event: Public, seen_at: datetime, known: Decision | None, name: str) -> Decision | None:
    """Return what the site has after an event, None where it changes nothing: an old or known revision."""
    if known is not None and event.revision <= known.revision:
        return None
    kept = known and not known.withdrawn
    first_seen = known.first_seen if known and kept else seen_at
    decision = Decision(
        id=known.id if known and kept else first_id(name, seen_at),
        public_id=name,
        revision=event.revision,
        kind=event.kind,
        number=_text(event.values.get(ROLES[event.kind].document, "")),
        number_key=document_number(_text(event.values.get(ROLES[event.kind].document, ""))),
        decided_on=event.decided_on,
        due_on=event.due_on,
        first_seen=first_seen,
        last_seen=seen_at,
        reason=event.reason,
    )
    if event.action is Action.WITHDRAW:
        return replace(decision, id=known.id if known else decision.id, withdrawn=True)
    timely = known.timely if known and kept else _timely(event, seen_at)
    return _shown(decision, event, timely=timely)


def changed(before: Decision | None, after: Decision) -> tuple[str, ...]:
    """Return the codes of the columns that two states of a decision differ in."""
    old = before.columns if before else {}
    return tuple(
        code for code in {**old, **after.columns} if old.get(code, "") != after.columns.get(code, "")
    )


def _shown(decision: Decision, event: Public, *, timely: bool | None) -> Decision:
    roles = ROLES[event.kind]
    columns = {code: _text(value) for code, value in event.values.items()}
    subject = columns.get(roles.subject, "")
    return replace(
        decision,
        natural=event.subject_class is SubjectClass.NATURAL,
        subject=subject,
        subject_key=subject_name(subject),
        subject_code=columns.get(roles.subject_code, "")[:18],
        authority_code=event.department_code,
        authority=event.department,
        item=event.item,
        classes=_classes(event.kind, columns),
        amount=_amount(event.values),
        public_until=event.public_until,
        timely=timely,
        objection=event.objection,
        columns=columns,
    )


def _timely(event: Public, seen_at: datetime) -> bool | None:
    if event.action is not Action.PUBLISH:
        return None  # compaction has left a correction only
    return seen_at.astimezone(CHINA).date() <= event.due_on


def _classes(kind: Kind, columns: Mapping[str, str]) -> tuple[str, ...]:
    text = columns.get(_CLASS[kind], "")
    if kind is Kind.LICENCE:
        return (text.partition("-")[0],) if text else ()
    return tuple(dict.fromkeys(name.partition("-")[0] for name in read_penalty_types(text).names))


def _amount(values: Mapping[str, Value]) -> int | None:
    amounts = [value for code in _AMOUNTS if isinstance(value := values.get(code), Decimal)]
    return int(sum(amounts) * FEN) if amounts else None


def _text(value: Value) -> str:
    match value:
        case Decimal():
            return format(value.normalize(), "f")
        case date():
            return value.isoformat()
        case _:
            return value


def utc(moment: datetime) -> str:
    """Return a moment as RFC 3339 writes it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
