"""Tells whose a condition is by the clause before it and by what else is told of somebody behind it."""

import re
from collections.abc import Collection

_ITEM_BEHIND = re.compile(
    "[，,；;|｜](?:现|家|户籍|暂)?(?:住(?![院所])|居住|家在|电话|手机|联系|身份证|照[护料]人|监护人|家属|户籍|低保|无业"
    "|无劳动|生活不能|由[^，。]{1,8}(?:照|监护|陪))"
)
"""What else is told of a person behind an item of a list."""
_CURED = re.compile("主治|治疗|适[用应宜]|功效|宣传|宣称|专治|范围|科目|项目|广告|疗效")
_CLAUSE = re.compile("[^，。；：:\n、（(]{2,24}$")
_ACCIDENT = re.compile("[坠跌摔绊滑撞碰碾压卷夹砸烫触烧灼割扎咬抓蜇]|翻车|爆炸")
_ACTS_ON = re.compile("[将把为给对向使让致与和]|医[师生]|范围|宣传|广告")
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
