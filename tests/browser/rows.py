"""Decisions as a department hands them in, by number."""

from datetime import UTC, datetime
from urllib.parse import quote

AUTHORITY = ("济南市市场监督管理局", "11370100MB9A000146")
CODE = "91370102YX0000374U"


def number_of(number: int) -> str:
    """Return the document number of a decision of this number."""
    return f"济市监罚〔2026〕{number}号"


def search_for(text: str) -> str:
    """Return the address of a search."""
    return f"/decisions?q={quote(text)}"


def penalty(number: int, **columns: str) -> dict[str, str]:
    """Return a penalty of a company, with some columns otherwise."""
    return {
        "CF_XDR_MC": f"济南样例{number}号商贸有限公司",
        "CF_XDR_LB": "法人及非法人组织",
        "CF_XDR_SHXYM": CODE,
        "CF_FRDB": "郑样例",
        "CF_WSH": number_of(number),
        "CF_WFXW": "销售不合格产品",
        "CF_SY": f"经查，当事人于第{number}批次销售的电线经检验不合格。",
        "CF_YJ": "《中华人民共和国产品质量法》第五十条",
        "CF_CFLB": "罚款",
        "CF_NR": "罚款贰仟元整",
        "CF_NR_FK": "0.2",
        "CF_JDRQ": datetime.now(UTC).date().isoformat(),
        "CF_YXQ": "2099-12-31",
        "CF_CFJG": AUTHORITY[0],
        "CF_CFJGDM": AUTHORITY[1],
        "CF_SJLY": AUTHORITY[0],
        "CF_SJLYDM": AUTHORITY[1],
        **columns,
    }


def person(number: int, name: str) -> dict[str, str]:
    """Return a penalty of a natural person, whose name also stands in its text."""
    return penalty(
        number,
        CF_XDR_MC=name,
        CF_XDR_LB="自然人",
        CF_XDR_ZJLX="身份证",
        CF_XDR_ZJHM="370102197803120019",
        CF_XDR_SHXYM="",
        CF_FRDB="",
        CF_SY=f"当事人{name}未经许可经营。",
    )


HARMLESS = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}} 😀👨‍👩‍👧 مرحبا abc"
EVIL = HARMLESS.replace("مرحبا abc", "\u202eمرحبا abc\u202c ")
"""Markup, templates, emoji, and signs that turn what follows from right to left."""


def hostile(number: int) -> dict[str, str]:
    """Return a penalty whose texts are markup, emoji, right-to-left, very long words and 5,000 characters."""
    text = f"{EVIL}{'x' * 900} {'长' * 900}\n第二段 {'مرحبا ' * 100}"
    return penalty(
        number,
        CF_XDR_MC=f"{EVIL}济南长名公司",
        CF_WFXW=f"{EVIL}{'w' * 400}",
        CF_SY=text + "事" * (5_000 - len(text)),
        CF_NR=f"{EVIL}罚款贰仟元整",
        CF_YJ=f"《产品质量法》第五十条 {EVIL}",
    )
