"""Tells whose a condition is by the clause before it and by what else is told of somebody behind it."""

import re
from collections.abc import Collection

from streams.domain.privacy.naming import NameBefore

_ITEM_BEHIND = re.compile(
    "[，,；;|｜](?:现|家|户籍|暂)?(?:住(?![院所])|居住|家在|电话|手机|联系|身份证|照[护料]人|监护人|家属|户籍|低保|无业"
    "|无劳动|生活不能|由[^，。]{1,8}(?:照|监护|陪))"
)
"""What else is told of a person behind an item of a list."""
_CURED = re.compile("主治|治疗|适[用应宜]|功效|宣传|宣称|专治|范围|科目|项目|广告|疗效")
_CLAUSE = re.compile("[^，。；：:\n、（(]{2,24}$")
_ACCIDENT = re.compile("[坠跌摔绊滑撞碰碾压卷夹砸烫触烧灼割扎咬抓蜇]|翻车|爆炸")
_ACTS_ON = re.compile("[将把为给对向使让致与和]|医[师生]|范围|宣传|广告")
_NO_CONDITION = re.compile(
    "[的了在被应未无已均可该将需并向与和是为有系因称用从到对其各后时中检诊查出现请报告持拿送突]|[看治患得生疾防抗]病$|[^，。；]*(?:病情|病历|症状|产品|宣传|销售|开展|安排)"
)
_KIN = re.compile("(?:其|之)(?:[子女父母妻夫兄弟姐妹孙]|配偶|岳[父母]|[长次][子女])$")
_ENDS_OF_KIN = frozenset("子女父母妻夫兄弟姐妹孙偶")
_LONGEST_UNKNOWN = 14
_SERVES = re.compile("(?:诊所|医院|门诊部?|医[师生]|机构|药[店房]|卫生[院室])(?:为|给|对|向)$")
_SERVED = re.compile("(?:患者|病人)(?![\u4e00-\u9fff]某)")
_COMMAS = ("，", ",")
_ROLE_LENGTHS = (2, 3, 4)
_BEHIND, _FAR = 16, 40


def is_item(text: str, start: int, end: int) -> bool:
    """Tell whether a person's home, phone or kin is the next item of the list, and nothing is praised."""
    return _ITEM_BEHIND.match(text, end) is not None and not _CURED.search(text, max(0, start - _FAR), start)


def befell(text: str, start: int, roles: Collection[str]) -> bool:
    """Tell whether the clause up to `start`, or an accident before it, begins with what somebody is."""
    place = start
    if text[start - 1 : start] in _COMMAS:
        place = start - 1
        accident = _CLAUSE.search(text, max(0, place - _BEHIND), place)
        if accident is None or not _ACCIDENT.search(accident[0]):
            return False
    clause = _CLAUSE.search(text, max(0, place - _BEHIND), place)
    if not clause or _ACTS_ON.search(clause[0]):
        return False
    first = clause.start()
    return any(text[first : first + length] in roles for length in _ROLE_LENGTHS)


def is_served(text: str, end: int, before: str, names: NameBefore) -> bool:
    """Tell whether a healer serves patients with the condition up to `end`, and none of them is named."""
    served = _SERVED.match(text, end) if _SERVES.search(before) else None
    return served is not None and not names.begins(text, served.end())


def behind_whom(text: str, end: int, roles: Collection[str], names: NameBefore) -> int:
    """Return where what ends at `end` begins, behind a role and a name, or a relative; -1 if nowhere."""
    for place in range(end - 2, max(0, end - _LONGEST_UNKNOWN), -1):
        if not "\u4e00" <= text[place] <= "\u9fff":
            break
        kin = text[place - 1] in _ENDS_OF_KIN and _KIN.search(text, max(0, place - 3), place)
        if not kin and not _is_named(text, place, roles, names):
            continue
        if not _NO_CONDITION.search(text, place, end):
            return place
    return -1


def _is_named(text: str, place: int, roles: Collection[str], names: NameBefore) -> bool:
    """Tell whether a role and a name, known by its characters, end right before `place`."""
    for first in range(place - 2, max(1, place - 5), -1):
        if names.may_begin(text, first):
            for length in _ROLE_LENGTHS:
                if text[first - length : first] in roles:
                    return names.ends(text, place)
    return False
