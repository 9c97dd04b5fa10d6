"""Knows what people are called by behind their family name, and finds where that is told of somebody."""

import re
from collections.abc import Iterator
from itertools import chain

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
_NICKNAMED = re.compile(
    "(?:来自|供货的|货源[为是]|上家[为是]|购自|进自|拿自|由|自称|外号|绰号|人称|诨号|叫|名为|找|向|从|供货[人者方商]|卖家|上家|老板)[为是]?[“‘]"
    "((?![老大小][师板乡人总家区贩姐妹户爷妈哥夫])(?:[\u4e00-\u9fff]{0,2}[阿小老大][\u4e00-\u9fff]{1,2}"
    "|[\u4e00-\u9fff]{1,3}[哥姐叔爷婶嫂伯姨妹]|[\u4e00-\u9fff][一二三四五六七八九][蛋狗娃毛牛虎炮]?"
    "|[\u4e00-\u9fff]?(?:胖子|瘦子|麻子|瞎子|秃子|光头|大个|矮子|狗蛋|大炮)))[”’]"
)
_CALLED_SO = re.compile(
    "(?:叫|叫做|叫作|唤作|喊作|称作)((?![做作])[\u4e00-\u9fff]{2,3})的(?:人|男人|女人|男子|女子|男的|女的|小伙|老板|师傅|贩子|老乡|司机|中年)"
    "|[找问](阿[\u4e00-\u9fff]|[小老][\u4e00-\u9fff])"
    "(?=[，,：:（( ]{1,2}(?:电话|手机|微信)?[0-9〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{7})"
)
_OF_MANY = re.compile(
    "小[哥妹区]|[表帅]哥|美女|老[师板字中专]|大[师夫户厅]|外卖|快递|客服|专家|中介|平台|官方|团队|超市|商店|[店铺坊馆]$"
)
"""What many are called, and shops."""
_BEFORE_TITLED = frozenset("的为给替帮向由被将对从与和及到在、，。；：（(\n家")


def titled(text: str) -> Iterator[int]:
    """Yield the places of family names before what old people are called by, as in 为关大爷家."""
    for match in _TITLED.finditer(text):
        start = match.start() - 1
        if start == 0 or (start > 0 and text[start - 1] in _BEFORE_TITLED):
            yield start


def nicknames(text: str) -> Iterator[tuple[int, int]]:
    """Yield what people call somebody whose name they do not know, in quotation marks, as in 自称“小马哥”."""
    for match in chain(_NICKNAMED.finditer(text), _CALLED_SO.finditer(text)):
        group = match.lastindex or 1
        if not _OF_MANY.search(match[group]):
            yield match.span(group)
