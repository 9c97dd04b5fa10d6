"""Public decisions as they stand on a portal's topic, by number: some 40 authorities, three years, common words."""

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from uuid import NAMESPACE_OID, uuid5

from benchmarks.decisions import LAWS, company_code
from benchmarks.texts.generate import texts
from streams.domain.keys import decision_key
from streams.domain.privacy import Redactor
from streams.domain.stages import Action, EventId, Kind, PortalId, Public, SubjectClass, Value
from streams.privacy_data import load_lexicon

PORTAL = PortalId("credit-jinan")
PLACES = ("济南", "济南历下", "济南槐荫", "章丘", "济南莱芜", "山东", "平阴", "商河")
SIGNS = "鲁味斋泉城明湖趵突华德恒瑞兴隆福祥泰和盛源佳美康宁安信诚达通顺百千万金银玉龙凤云海天元一品香园春秋"
TRADES = (
    "食品",
    "商贸",
    "建筑工程",
    "餐饮管理",
    "医药",
    "物流",
    "汽车服务",
    "环保科技",
    "物业管理",
    "机械制造",
)
FORMS = ("有限公司", "有限公司", "有限公司", "有限责任公司", "经营部", "超市")
OFFICES = (
    "市场监督管理局",
    "生态环境局",
    "卫生健康委员会",
    "交通运输局",
    "城市管理局",
    "应急管理局",
    "文化和旅游局",
    "住房和城乡建设局",
)
REGIONS = ("济南市", "历下区", "槐荫区", "章丘区", "平阴县")
CLASSES = ("罚款", "罚款", "罚款", "警告", "警告、罚款", "罚款、没收违法所得", "责令停产停业", "吊销许可证件")
OFFENCES = ("销售不合格产品", "发布虚假广告", "未取得许可从事经营活动", "超标排放污染物", "未按规定建立台账")
FIRST_DAY = date(2023, 11, 1)
DAYS = 1_100


def public(number: int) -> Public:
    """Return the decision of this number; two of three are penalties, one of ten a natural person's."""
    chance = Random(number)
    kind = Kind.LICENCE if number % 3 == 0 else Kind.PENALTY
    natural = number % 10 == 4
    region, office = chance.choice(REGIONS), chance.choice(OFFICES)
    authority, code = (
        f"{region}{office}",
        f"113701{REGIONS.index(region):02}MB9A{OFFICES.index(office):04}X{kind[0].upper()}",
    )
    decided = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    prefix = "XK" if kind is Kind.LICENCE else "CF"
    document = f"{region[:1]}{office[:1]}{'许' if kind is Kind.LICENCE else '罚'}〔{decided.year}〕{number}号"
    values: dict[str, Value] = {
        **_subject(prefix, chance, natural=natural),
        f"{prefix}_WSH": document,
        f"{prefix}_JDRQ": decided,
        **(_licence(chance, decided) if kind is Kind.LICENCE else _penalty(chance)),
        **(
            {"XK_XKJG": authority, "XK_XKJGDM": code}
            if kind is Kind.LICENCE
            else {"CF_CFJG": authority, "CF_CFJGDM": code}
        ),
    }
    return Public(
        event_id=EventId(str(uuid5(NAMESPACE_OID, f"public/{number}"))),
        key=decision_key(kind, {name: str(value) for name, value in values.items()}),
        revision=1,
        action=Action.PUBLISH,
        kind=kind,
        subject_class=SubjectClass.NATURAL if natural else SubjectClass.LEGAL,
        department=authority,
        department_code=code,
        region="370100",
        item=f"{code[-6:]}-{chance.randrange(5)}",
        portals=(PORTAL,),
        decided_on=decided,
        due_on=decided + timedelta(days=9),
        reason="",
        values=values,
    )


@cache
def _facts() -> tuple[str, ...]:
    redactor = Redactor(load_lexicon())
    return tuple(redactor.mask(record["text"]).text for record in texts("seen", 2_000))


def company(chance: Random) -> str:
    """Return a company's name, such as 济南鲁味斋食品有限公司."""
    brand = "".join(chance.choice(SIGNS) for _ in range(chance.choice((2, 3, 3))))
    return f"{chance.choice(PLACES)}{brand}{chance.choice(TRADES)}{chance.choice(FORMS)}"


def _subject(prefix: str, chance: Random, *, natural: bool) -> dict[str, Value]:
    if natural:
        name = chance.choice("王李张刘陈杨赵黄周吴") + "".join(
            chance.choice("伟芳娜敏静强磊军洋勇") for _ in range(2)
        )
        return {f"{prefix}_XDR_MC": name, f"{prefix}_XDR_LB": "自然人"}
    return {
        f"{prefix}_XDR_MC": company(chance),
        f"{prefix}_XDR_LB": "法人及非法人组织",
        f"{prefix}_XDR_SHXYM": company_code(chance),
    }


def _licence(chance: Random, decided: date) -> dict[str, Value]:
    return {
        "XK_XKWS": "准予行政许可决定书",
        "XK_XKLB": chance.choice(("普通", "核准", "登记", "特许")),
        "XK_XKZS": "食品经营许可证",
        "XK_XKBH": f"JY{chance.randrange(10**13):013}",
        "XK_NR": chance.choice(_facts()),
        "XK_YXQZ": decided,
        "XK_YXQZI": decided + timedelta(days=1825),
        "XK_ZT": "1",
    }


def _penalty(chance: Random) -> dict[str, Value]:
    classes = chance.choice(CLASSES)
    yuan = Decimal(int(chance.lognormvariate(9, 1.2)))
    fined: dict[str, Value] = {"CF_NR_FK": yuan / 10_000} if "罚款" in classes else {}
    return {
        "CF_WFXW": chance.choice(OFFENCES),
        "CF_SY": f"经查，{chance.choice(_facts())}",
        "CF_YJ": chance.choice(LAWS),
        "CF_CFLB": classes,
        "CF_NR": f"{classes}。" if not fined else f"{classes}，罚款{yuan}元。",
        **fined,
    }
