"""Tells whether a word such as 道士 is said of somebody, by the temple before it or as an item of a list."""

import re

from streams.domain.privacy.naming import NameBefore

OFFICES = frozenset(
    [
        "道士",
        "道姑",
        "和尚",
        "尼姑",
        "僧人",
        "喇嘛",
        "修女",
        "神父",
        "牧师",
        "阿訇",
        "伊玛目",
        "挂单僧",
        "云游僧",
        "游方僧",
        "挂单道士",
        "比丘",
        "比丘尼",
        "居士",
        "教友",
        "信徒",
        "教徒",
    ]
)
_OF_TEMPLE = re.compile(
    "(?:[系为是]|[（(，,])[^，。；（）()]{1,14}(?:寺院?|庙|观|宫|庵|堂|教会|拱北|道院|禅院|精舍)的?(?:挂单|常住|当家|驻寺|在册|全真派|正一派)?$"
)
_GOES_ON = re.compile("[，,。；;）)、在于于，]|$")
_ENDED = re.compile("[，,。；;）)]|$")
_BEHIND = 20
_COMMAS, _CLOSED = ("，", ",", "（", "("), ("）", ")")


def is_office(text: str, start: int, end: int, names: NameBefore) -> bool:
    """Tell whether somebody is said to be what stands from `start` to `end`."""
    if _OF_TEMPLE.search(text, max(0, start - _BEHIND), start) and _GOES_ON.match(text, end):
        return True
    if text[start - 1 : start] not in _COMMAS or not _ENDED.match(text, end) or start <= 1:
        return False
    return text[start - 2] in _CLOSED or names.ends(text, start - 1)
