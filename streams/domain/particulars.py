"""What belongs to an event on every stage of its way: findings, origin, a ruling, where was masked."""

from dataclasses import dataclass
from datetime import datetime

from streams.domain.vocabulary import Cause, DecisionKey, EventId, Ruling, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing wrong with a decision; the message is Chinese, says what to do, and quotes no value."""

    code: str
    column: str
    """Official code of the column (`CF_XDR_SHXYM`), or "" where the whole record is meant."""
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an event came from, for the department that looks for its row again."""

    connector: str
    """Which way in: `file`, `folder`, `http`, `database`, `producer`, `samples`."""
    department: str
    """统一社会信用代码 of the department that handed it in, or "" when it is not known."""
    reference: str
    """File and row, or the request: `penalties.csv:12`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a person has ruled of a held decision; the very same record is handed in again with it."""

    ruling: Ruling
    held: EventId
    """The event that was held. Where another one came after it, the ruling has no effect."""
    by: str
    at: datetime
    reason: str = ""
    """For the department when it is sent back; for the audit trail otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something was masked, for the audit trail: never what."""

    column: str
    start: int
    end: int
    """Characters of the column's value as it was handed in, end exclusive."""
    kind: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Masking:
    """All places where one event was masked."""

    event_id: EventId
    key: DecisionKey
    revision: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A sign that masking may have overlooked something, or hidden too much."""

    sign: str
    """See `streams.domain.privacy.doubting.Sign`."""
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """An accepted event after which nothing has to happen at any portal."""

    event_id: EventId
    key: DecisionKey
    revision: int
    cause: Cause
