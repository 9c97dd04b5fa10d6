"""What may stand beside the official columns: how a row says what is to be done with it."""

from collections.abc import Mapping
from types import MappingProxyType

ACTION = "动作"
REASON = "原因"
GROUND = "不予公开理由"
RANGE = "公开范围"
EVENT_ID = "event_id"
REVISION = "revision"
KIND = "kind"
OBJECTION = "异议"
"""Whether an objection to the decision is open, which portals then show beside it; stays a column."""
OPEN = "是"
RETURNED = "退回原因"
"""Why a row came back, in the workbook of refused rows; of no meaning when it is handed in again."""
MENDS = "退回编号"
"""Ids of the refused events that a row mends, with blanks between; stays a column. What was refused under a
wrong key is then no decision of its own any more."""
MOST_MENDED = 20

NAMES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("action", "动作", "操作", "报送动作", "操作类型"), ACTION),
        **dict.fromkeys(("reason", "原因", "变更原因", "撤销原因", "更正原因"), REASON),
        **dict.fromkeys(("ground", "不予公开理由", "不公开理由", "不予公开原因"), GROUND),
        **dict.fromkeys(("range", "公开范围", "公示范围"), RANGE),
        **dict.fromkeys(("event_id", "eventid"), EVENT_ID),
        "revision": REVISION,
        **dict.fromkeys(("kind", "信息类型", "公示类型"), KIND),
        **dict.fromkeys(("objection", "异议", "异议状态"), OBJECTION),
        RETURNED: RETURNED,
        MENDS: MENDS,
    }
)
"""Header, folded to lower case → its meaning."""

UNREADABLE: Mapping[str, str] = MappingProxyType(
    {ACTION: "ACTION_UNKNOWN", GROUND: "GROUND_UNKNOWN", RANGE: "RANGE_UNKNOWN"}
)
"""A value that no rule knows stays among the columns under its name, and refuses the row by that rule:
nothing may be published because its reason against was misspelt."""
