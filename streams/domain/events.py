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
    OVERDUE = "overdue"
    RESOLVED = "resolved"


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
