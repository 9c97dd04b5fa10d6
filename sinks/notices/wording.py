"""An alert in words, for the people whom it is for; no party is named, only the document."""

from sinks.leaving import veiled
from streams.domain.alerting import STEPS
from streams.domain.events import Addressee, Alert, AlertKind
from streams.domain.stages import PortalId

PORTALS = {
    "department-site": "部门网站",
    "city-portal": "市政府门户网站",
    "county-portal": "区县政府门户网站",
    "credit-jinan": "信用济南",
    "credit-shandong": "信用山东",
    "province-portal": "省政府门户网站",
    "credit-china": "信用中国",
}
ADDRESSEES = {
    Addressee.RESPONSIBLE: "责任人",
    Addressee.HEAD: "部门负责人",
    Addressee.SUPERVISOR: "督促检查机关",
}


def title(kind: AlertKind, days_past: int) -> str:
    """Return what is said of a decision, in a few words."""
    match kind:
        case AlertKind.DUE_SOON:
            return "临近公示期限"
        case AlertKind.DUE_TODAY:
            return "今日到公示期限"
        case AlertKind.RESOLVED:
            return "预警解除"
        case AlertKind.OVERDUE if days_past:
            return f"超过公示期限满{days_past}个工作日"
        case AlertKind.OVERDUE:
            return "超过公示期限"


def document(alert: Alert) -> str:
    """Return the document number in the decision's key, without what might mark a person."""
    parts = alert.key.split("|")
    return (veiled(parts[1]) if len(parts) > 1 else "") or "未填文号"


def sentence(alert: Alert) -> str:
    """Return one line: which decision, what is wrong, what to do."""
    head = f"{alert.department or alert.department_code} {document(alert)}"
    until = f"公示期限{alert.due_on.isoformat()}"
    if alert.kind is AlertKind.RESOLVED:
        return f"{head}({until})：已处理，预警解除。"
    said = title(alert.kind, alert.days_past)
    if alert.portals:
        return f"{head}({until})：{said}，尚未接收的平台：{names(alert.portals)}。"
    return f"{head}({until})：{said}，尚未通过审核，请查看退回原因，修改后重新报送。"


def names(portals: tuple[PortalId, ...]) -> str:
    """Return portals by their names."""
    return "、".join(PORTALS.get(portal, portal) for portal in portals)


def step_name(kind: AlertKind, days_past: int) -> str:
    """Return a step's name in labels: `due_soon`, `overdue`, `overdue+3`."""
    return f"{kind}+{days_past}" if kind is AlertKind.OVERDUE and days_past else kind.value


STEP_NAMES = tuple(step_name(step.kind, step.days_past) for step in STEPS)
"""Of all steps, in order."""
