"""Decisions as departments make them, by number: two of three are penalties, one of ten a natural person's."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from uuid import NAMESPACE_OID, uuid5

from stdnum.cn import ric, uscc

from benchmarks.texts.generate import texts
from streams.domain.keys import decision_key
from streams.domain.stages import Action, EventId, Kind, Origin, Submitted

DEPARTMENTS = (
    ("济南市市场监督管理局", "11370100MB9A000146", "济市监"),
    ("济南市卫生健康委员会", "11370100MB9A00023Y", "济卫"),
)
ORGANISATION_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LAWS = (
    "《中华人民共和国产品质量法》第四十九条",
    "《中华人民共和国广告法》第五十五条第一款",
    "《中华人民共和国食品安全法》第一百二十四条第一款第(五)项",
    "《中华人民共和国环境保护法》第五十九条、《排污许可管理条例》第三十三条",
)


def decision(number: int, today: date) -> Submitted:
    """Return the decision of this number; one of twenty lacks its content and must be refused."""
    chance = Random(number)
    kind = Kind.LICENCE if number % 3 == 0 else Kind.PENALTY
    prefix, authority, code, source = (
        ("XK", "XK_XKJG", "XK_XKJGDM", "XK_LYDW")
        if kind is Kind.LICENCE
        else ("CF", "CF_CFJG", "CF_CFJGDM", "CF_SJLY")
    )
    department = DEPARTMENTS[0]
    columns = {
        **_subject(prefix, chance, natural=number % 10 == 4, number=number),
        f"{prefix}_WSH": f"{department[2]}{'许' if kind is Kind.LICENCE else '罚'}〔2026〕{number}号",
        **(_licence(chance, today) if kind is Kind.LICENCE else _penalty(chance)),
        f"{prefix}_JDRQ": (today - timedelta(days=chance.randrange(5))).isoformat(),
        authority: department[0],
        code: department[1],
        source: department[0],
        f"{source}DM": department[1],
    }
    if number % 20 == 7:
        del columns[f"{prefix}_NR"]
    return Submitted(
        event_id=EventId(str(uuid5(NAMESPACE_OID, f"benchmark/{number}"))),
        key=decision_key(kind, columns),
        revision=1,
        action=Action.PUBLISH,
        kind=kind,
        columns=columns,
        origin=Origin(connector="producer", department=department[1], reference=str(number)),
        submitted_at=datetime.now(UTC),
    )


@cache
def _pool() -> tuple[str, ...]:
    return tuple(record["text"] for record in texts("seen", 5_000))


def _text(chance: Random) -> str:
    """Return a fact of some 65 characters with personal data in it."""
    return f"经查，{chance.choice(_pool())}"


def _subject(prefix: str, chance: Random, *, natural: bool, number: int) -> dict[str, str]:
    if natural:
        born = date(1960, 1, 1) + timedelta(days=chance.randrange(14_000))
        body = f"3701{chance.choice(('02', '03', '12'))}{born:%Y%m%d}{chance.randrange(1000):03}"
        return {
            f"{prefix}_XDR_MC": chance.choice("王李张刘陈杨赵黄周吴") + chance.choice("伟芳娜敏静强磊军洋勇"),
            f"{prefix}_XDR_LB": "自然人",
            f"{prefix}_XDR_ZJLX": "身份证",
            f"{prefix}_XDR_ZJHM": body + ric.calc_check_digit(body + "0"),
        }
    return {
        f"{prefix}_XDR_MC": f"济南样例{number}号商贸有限公司",
        f"{prefix}_XDR_LB": "法人及非法人组织",
        f"{prefix}_XDR_SHXYM": company_code(chance),
        f"{prefix}_FRDB": chance.choice("王李张刘陈杨赵黄周吴") + chance.choice("伟芳娜敏静强磊军洋勇"),
    }


def company_code(chance: Random) -> str:
    """Return a 统一社会信用代码 of a company, both check digits right."""
    body = "91370102" + "".join(chance.choice(ORGANISATION_SIGNS) for _ in range(8))
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    values = [int(sign) if sign.isdigit() else ord(sign) - ord("A") + 10 for sign in body[8:]]
    rest = 11 - sum(w * v for w, v in zip(weights, values, strict=True)) % 11
    nine = {10: "X", 11: "0"}.get(rest, str(rest))
    return body + nine + uscc.calc_check_digit(body + nine)


def _licence(chance: Random, today: date) -> dict[str, str]:
    return {
        "XK_XKWS": "准予行政许可决定书",
        "XK_XKLB": chance.choice(("普通", "核准", "登记")),
        "XK_XKZS": "食品经营许可证",
        "XK_XKBH": f"JY{chance.randrange(10**13):013}",
        "XK_NR": _text(chance),
        "XK_YXQZ": today.isoformat(),
        "XK_YXQZI": (today + timedelta(days=1825)).isoformat(),
        "XK_ZT": "1",
    }


def _penalty(chance: Random) -> dict[str, str]:
    yuan = chance.randrange(2, 300) * 100
    return {
        "CF_WFXW": chance.choice(
            ("销售不合格产品", "发布虚假广告", "未取得许可从事经营活动", "超标排放污染物")
        ),
        "CF_SY": _text(chance),
        "CF_YJ": chance.choice(LAWS),
        "CF_CFLB": "罚款",
        "CF_NR": f"罚款{yuan}元",
        "CF_NR_FK": f"{yuan / 10_000:.4f}",
        "CF_YXQ": "2099-12-31",
    }
