"""What the system itself has to tell: receipts of portals and alerts of the deadline agent."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from streams.domain.stages import Action, DecisionKey, EventId, PortalId


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A portal has accepted one revision of a decision."""

    event_id: EventId
    decision_event_id: EventId
    key: DecisionKey
    portal: PortalId
    revision: int
    action: Action
    status: int
    """HTTP status of the portal's answer, or 0 for a protocol without one."""
    remote_id: str
    """The portal's own id of the record, or "" when it gives none."""
    attempts: int
    accepted_at: datetime
    """Aware, UTC."""


class AlertKind(StrEnum):
    """What the deadline agent has to say of a decision."""

    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    RESOLVED = "resolved"


class Addressee(StrEnum):
    """Whom an alert is for: the longer a decision is overdue, the further up."""

    RESPONSIBLE = "responsible"
    """责任人, the department's responsible person."""
    HEAD = "head"
    """部门负责人."""
    SUPERVISOR = "supervisor"
    """督促检查机关, the office that supervises every department."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A decision is about to miss its due day, has missed it, or is public at last."""

    event_id: EventId
    key: DecisionKey
    kind: AlertKind
    department: str
    department_code: str
    responsible: str
    """Responsible office and person, from the catalogue."""
    decided_on: date | None
    due_on: date
    portals: tuple[PortalId, ...]
    """Portals that have not accepted it yet; empty while it was refused before any portal."""
    raised_at: datetime
    """Aware, UTC."""
    days_past: int = 0
    """Working days since the due day after which this is said: 0, 1, 3 or 7; see `alerting.STEPS`."""
    addressee: Addressee = Addressee.RESPONSIBLE
    """Whom it is for; of `resolved` the last who was told."""
