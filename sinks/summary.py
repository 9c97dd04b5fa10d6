"""Looks into the ledger: the balance of everything, and one decision's whole path."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine, Row, and_, exists, func, or_, select

from sinks.ledger.database import reading
from sinks.ledger.tables import (
    alert,
    attempt,
    audit,
    decision,
    delivery,
    event,
    finding,
    publication,
    unreadable,
)
from sinks.ledger.upsert import row_of
from sinks.settling import Status
from streams.topics import SUBMITTED


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalCount:
    """Revisions that one portal should have, and has accepted."""

    expected: int
    accepted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The balance of the ledger."""

    submitted: int
    """Decisions handed in, each counted once over all its revisions, and records that nobody can read."""
    received: int
    """Under review, or not yet on every portal."""
    published: int
    rejected: int
    withheld: int
    deliveries: Mapping[str, PortalCount]
    """Portal → counts; a revision that a newer one has overtaken is not expected."""
    alerts: Mapping[str, int]
    """Kind → alerts raised."""

    @property
    def balanced(self) -> bool:
        """Whether every hand-in has settled and every portal has what it should have."""
        settled = self.published + self.rejected + self.withheld
        delivered = all(count.expected == count.accepted for count in self.deliveries.values())
        return self.received == 0 and self.submitted == settled and delivered


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """What was found wrong with one revision."""

    event_id: str
    code: str
    column: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptLine:
    """One try to deliver one revision to one portal."""

    portal: str
    revision: int
    number: int
    started_at: datetime
    seconds: float
    verdict: str
    status: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalLine:
    """How one revision stands at one portal."""

    portal: str
    revision: int
    state: str
    """`waiting`, `accepted`, `dead` or `superseded`; `expected` before the outbox has it."""
    accepted_at: datetime | None
    remote_id: str
    attempts: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine:
    """One alert."""

    kind: str
    due_on: date
    raised_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One row of the audit trail."""

    seq: int
    at: datetime
    entry: str
    event_id: str
    portal: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPath:
    """All that the ledger knows of one decision."""

    identity: str
    """Decision key, or the event id of a record that could not be read."""
    document_number: str
    status: Status
    kind: str
    action: str
    revision: int
    event_ids: tuple[str, ...]
    department_code: str
    department: str
    decided_on: date | None
    due_on: date
    received_at: datetime
    published_at: datetime | None
    open_portals: tuple[str, ...]
    ground: str
    findings: tuple[FindingLine, ...]
    portals: tuple[PortalLine, ...]
    attempts: tuple[AttemptLine, ...]
    alerts: tuple[AlertLine, ...]
    audit: tuple[AuditLine, ...]
