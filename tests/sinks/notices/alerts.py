"""Alerts for the tests of the notices."""

from datetime import UTC, date, datetime

from streams.domain.events import Addressee, Alert, AlertKind
from streams.domain.stages import DecisionKey, EventId, PortalId

NOON = datetime(2026, 3, 12, 4, 0, tzinfo=UTC)
BUREAU = "11370100MB9A000146"
SUBJECT = "济南样例商贸有限公司"


def alert(
    number: int,
    kind: AlertKind = AlertKind.OVERDUE,
    *,
    days_past: int = 0,
    addressee: Addressee = Addressee.RESPONSIBLE,
    department: str = BUREAU,
    at: datetime = NOON,
) -> Alert:
    """Return an alert about the decision of this number."""
    return Alert(
        event_id=EventId(f"alert-{kind}-{days_past}-{number}"),
        key=DecisionKey(f"{department}|济市监罚〔2026〕{number}号|{SUBJECT}"),
        kind=kind,
        department="济南市市场监督管理局",
        department_code=department,
        responsible="信用科 王科长",
        decided_on=date(2026, 3, 2),
        due_on=date(2026, 3, 11),
        portals=() if kind is AlertKind.RESOLVED else (PortalId("credit-china"),),
        raised_at=at,
        days_past=days_past,
        addressee=addressee,
    )
