"""Finds names that their form makes names: with dots, in rows before identity numbers, nicknames."""

import re
from collections.abc import Iterator, Mapping

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.persons.lists import rows
from streams.domain.privacy.persons.name_titles import nicknames
from streams.domain.privacy.persons.names import NameReader
from streams.domain.privacy.persons.weights import PARTY
from streams.domain.privacy.reading import Reading

FOREIGN, PUBLIC = "foreign", ""
"""The reason for names with dots, and for those of the party and of goods."""
_FULL = 3
_CALLING = frozenset("“‘叫作找问")
_QUOTES = frozenset('“”"「」『』')
GOODS = re.compile(
    '[^，。；”’」』]{0,8}[”"’」』](?:系列)?(?:仿冒|假冒|冒牌|牌|商标|彩票|卷烟|香烟|饮料|白酒|注册商标|品牌|项目|小区|楼盘|[0-9]{1,3}(?:号楼|栋|幢|期)|文字商标'
    "|的?(?:产品|商品|食品|药品|软件|平台|公众号|文章|课程|活动|视频|直播间|微信群|网店|店铺))"
)
"""What a mark or an estate in quotation marks is followed by."""


class NamesByForm:
    """Asks what leads to them only to leave out the party."""

    def __init__(self, lexicon: Lexicon, names: NameReader) -> None:
        self._names, self._words = names, lexicon.words
        self._families = frozenset(name for name, weight in lexicon.surnames.items() if weight >= 0)

    def find(self, reading: Reading, leads: Mapping[int, int]) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and reason; `leads` are places at which names may begin, with their weights."""
        text, names = reading.text, self._names
        if "·" in text or "." in text:
            for start, end in names.foreign.dotted(reading, leads, names.boundary):
                goods = start and text[start - 1] in _QUOTES and GOODS.match(text, end)
                yield start, end, FOREIGN if leads.get(start, 0) < PARTY and not goods else PUBLIC
        for start, end in rows(text, reading.numbers):
            if leads.get(start, 0) < PARTY and self._is_free(reading, start, end):
                yield start, end, "row of a list"
        if not _CALLING.isdisjoint(text):
            for start, end in nicknames(text):
                yield start, end, "nickname"

    def _is_free(self, reading: Reading, start: int, end: int) -> bool:
        """Tell whether a usual family name with more than a word, or no known word, stands there."""
        text = reading.text
        if (
            text[start] in self._families
            and end - start == _FULL
            and text[start : start + 2] not in self._words
        ):
            return True
        return not any(reading.marks[start:end]) and all(
            text[at : at + 2] not in self._words for at in range(start, end - 1)
        )
