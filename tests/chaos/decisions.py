"""Decisions by number, so that after any chaos each can be looked for: what it is follows from the number."""

from datetime import UTC, date, datetime
from uuid import NAMESPACE_OID, uuid5

from streams.domain.keys import decision_key
from streams.domain.stages import Action, EventId, Ground, Kind, Origin, Submitted

AUTHORITY = {
    "CF_CFJG": "济南市市场监督管理局",
    "CF_CFJGDM": "11370100MB9A000146",
    "CF_SJLY": "济南市市场监督管理局",
    "CF_SJLYDM": "11370100MB9A000146",
}


def fate(number: int) -> str:
    """Return what must become of the decision of this number."""
    if number % 20 == 7:
        return "rejected"
    return "withheld" if number % 25 == 3 else "released"


def decision(number: int, day: date) -> Submitted:
    """Return the decision of this number, made on `day`."""
    columns = {
        "CF_XDR_MC": f"济南样例{number}号商贸有限公司",
        "CF_XDR_LB": "法人及非法人组织",
        "CF_XDR_SHXYM": "91370102YX0000374U",
        "CF_FRDB": "郑样例",
        "CF_WSH": f"济市监罚〔2026〕{number}号",
        "CF_WFXW": "销售不合格产品",
        "CF_SY": f"经查，当事人于第{number}批次销售的电线经检验不合格，联系电话13805312345，货值金额3000元。",
        "CF_YJ": "《中华人民共和国产品质量法》第五十条",
        "CF_CFLB": "罚款",
        "CF_NR": "罚款贰仟元整",
        "CF_NR_FK": "0.2",
        "CF_JDRQ": day.isoformat(),
        "CF_YXQ": "2099-12-31",
        **AUTHORITY,
    }
    if fate(number) == "rejected":
        del columns["CF_NR"]
    return Submitted(
        event_id=EventId(str(uuid5(NAMESPACE_OID, f"chaos/{number}"))),
        key=decision_key(Kind.PENALTY, columns),
        revision=1,
        action=Action.PUBLISH,
        kind=Kind.PENALTY,
        columns=columns,
        ground=Ground.TRADE_SECRET if fate(number) == "withheld" else None,
        origin=Origin(connector="producer", department=AUTHORITY["CF_CFJGDM"], reference=str(number)),
        submitted_at=datetime.now(UTC),
    )
