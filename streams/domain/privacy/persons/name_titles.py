"""Knows what people are called by behind their family name, and finds where that is told of somebody."""

import re
from collections.abc import Iterator

TITLES = (
    "老太",
    "老汉",
    "大爷",
    "大妈",
    "奶奶",
    "阿婆",
    "阿公",
    "大娘",
    "婆婆",
    "老伯",
    "大嫂",
    "大叔",
    "大婶",
    "大伯",
    "大姐",
    "大哥",
    "阿姨",
)
"""What old people are called by."""
_CRAFTS = ("师傅", "老师", "老板", "阿妹", "阿哥", "阿姐")
"""What people who sell, teach or mend are called by."""
CALLED = (
    *TITLES,
    *_CRAFTS,
    "小妹",
    "小弟",
    "大妹",
    "二妹",
    "三妹",
    *(f"老{number}" for number in "大二三四五六七八九幺"),
)
"""What stands behind a family name instead of a given one."""
_OFFICES = frozenset("局科处股所队院校厂站组班部社会园行镇乡县区市村居连营团")
_HEAD_OF, _WITH_OFFICE = "长", 3


def is_office(text: str, start: int, end: int) -> bool:
    """Tell whether what looks like a name is a family name and an office, such as 薛股长."""
    return end - start == _WITH_OFFICE and text[end - 1] == _HEAD_OF and text[end - 2] in _OFFICES


_TITLED = re.compile(
    "[老大奶阿婆](?:(?<=老)[太汉伯]|(?<=大)[爷妈娘嫂叔婶伯]|(?<=奶)奶|(?<=阿)[婆公姨]|(?<=婆)婆)(?=[家的处，、。；（(]|一家|夫[妇妻]|[将把被称说因在未])"
)
_BEFORE_TITLED = frozenset("的为给替帮向由被将对从与和及到在、，。；：（(\n家")


def titled(text: str) -> Iterator[int]:
    """Yield the places of family names before what old people are called by, as in 为关大爷家."""
    for match in _TITLED.finditer(text):
        start = match.start() - 1
        if start > 0 and text[start - 1] in _BEFORE_TITLED:
            yield start
