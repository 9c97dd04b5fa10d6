"""One event of every topic, with every kind of value in it, invented throughout."""

from datetime import UTC, date, datetime
from decimal import Decimal

from streams.domain.events import Alert, AlertKind, Receipt
from streams.domain.revising import Entry, Standing
from streams.domain.stages import (
    Action,
    Cause,
    DecisionKey,
    EventId,
    Finding,
    Ground,
    Held,
    Kind,
    Masking,
    Origin,
    Place,
    PortalId,
    Public,
    Rejected,
    Severity,
    Shared,
    SubjectClass,
    Submitted,
    Unchanged,
    Withheld,
)

EVENT = EventId("01890a5d-ac96-774b-bcce-b302099a8057")
KEY = DecisionKey("11370100004188858X|济环罚字〔2026〕1号|济南样例有限公司")
ORIGIN = Origin(connector="file", department="11370100004188858X", reference="样例.csv:2")
MOMENT = datetime(2026, 9, 24, 1, 2, 3, 456000, tzinfo=UTC)
DAY = date(2026, 9, 24)
DUE = date(2026, 10, 12)
FINDING = Finding(code="REQUIRED", column="CF_NR", severity=Severity.ERROR, message="请填写处罚内容。")
VALUES = {
    "CF_XDR_MC": "济南样例有限公司",
    "CF_WSH": "济环罚字〔2026〕1号",
    "CF_NR_FK": Decimal("0.200000"),
    "CF_JDRQ": DAY,
}
RELEASED = {
    "event_id": EVENT,
    "key": KEY,
    "revision": 1_790_000_000_000,
    "action": Action.CORRECT,
    "kind": Kind.PENALTY,
    "subject_class": SubjectClass.INDIVIDUAL_BUSINESS,
    "department": "济南市生态环境局",
    "department_code": "11370100004188858X",
    "region": "370100",
    "item": "ENV-P-01",
    "decided_on": DAY,
    "due_on": DUE,
    "reason": "金额更正",
    "values": VALUES,
}

SUBMITTED = Submitted(
    event_id=EVENT,
    key=KEY,
    revision=3,
    action=Action.PUBLISH,
    kind=Kind.LICENCE,
    columns={"XK_NR": "许可内容", "XK_JDRQ": "2026/09/24", "本部门编号": "7"},
    ground=Ground.TRADE_SECRET,
    origin=ORIGIN,
    submitted_at=MOMENT,
)
PUBLIC = Public(**RELEASED, portals=(PortalId("credit-jinan"),), masked={"MOBILE": 2})  # type: ignore[arg-type]
SHARED = Shared(**RELEASED)  # type: ignore[arg-type]
REJECTED = Rejected(
    event_id=EVENT,
    key=KEY,
    revision=3,
    kind=None,
    department_code="",
    decided_on=None,
    due_on=DUE,
    findings=(FINDING, FINDING),
    origin=ORIGIN,
)
WITHHELD = Withheld(
    event_id=EVENT,
    key=KEY,
    revision=3,
    kind=Kind.PENALTY,
    department="济南市公安局",
    department_code="11370100004188858X",
    decided_on=DAY,
    ground=Ground.MINOR,
    basis="不公开未成年人案件",
    origin=ORIGIN,
)
HELD = Held(
    event_id=EVENT,
    key=KEY,
    revision=3,
    kind=Kind.PENALTY,
    department="济南市公安局",
    department_code="11370100004188858X",
    decided_on=DAY,
    due_on=DUE,
    signs=(Finding(code="HOLD_MINOR", column="CF_SY", severity=Severity.WARNING, message="请核对。"),),
    origin=ORIGIN,
)
MASKING = Masking(
    event_id=EVENT,
    key=KEY,
    revision=3,
    places=(Place(column="CF_SY", start=3, end=14, kind="MOBILE", reason="announced"),),
)
UNCHANGED = Unchanged(event_id=EVENT, key=KEY, revision=3, cause=Cause.OVERTAKEN)
ENTRY = Entry(
    key=KEY,
    event_id=EVENT,
    revision=3,
    sent=4,
    standing=Standing.PUBLISHED,
    portals=(PortalId("credit-china"), PortalId("city-portal")),
    digest=bytes(range(16)),
)
RECEIPT = Receipt(
    event_id=EVENT,
    decision_event_id=EVENT,
    key=KEY,
    portal=PortalId("credit-china"),
    revision=3,
    action=Action.WITHDRAW,
    status=202,
    remote_id="R-1",
    attempts=4,
    accepted_at=MOMENT,
)
ALERT = Alert(
    event_id=EVENT,
    key=KEY,
    kind=AlertKind.DUE_SOON,
    department="济南市公安局",
    department_code="11370100004188858X",
    responsible="法制科",
    decided_on=None,
    due_on=DUE,
    portals=(PortalId("credit-china"), PortalId("city-portal")),
    raised_at=MOMENT,
)
ALL = {
    "submitted": SUBMITTED,
    "public": PUBLIC,
    "shared": SHARED,
    "rejected": REJECTED,
    "withheld": WITHHELD,
    "held": HELD,
    "unchanged": UNCHANGED,
    "masking": MASKING,
    "register": ENTRY,
    "receipt": RECEIPT,
    "alert": ALERT,
}
