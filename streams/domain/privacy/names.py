"""Tells where a personal name ends, by family names, usual given names and the words that follow."""

import re

from streams.domain.privacy.lexicon import Lexicon

_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,6}(?:[·•・‧][\u4e00-\u9fff]{1,8}){1,3}")
_FOLLOWERS = frozenset(
    "的在于与和及将向因称对未从为系被由购到提等是给把留自述反以用至携带经也又曾已所则按其出接打说认申驾收使受签参前后并就随办进持处租名住拨未无有乘发"
)
_NOT_GIVEN = frozenset(
    "的了在于与和及或将向因对未从为系被由等是给把其所则按个们这那你我他她它有不无以至到且而但该此本每各某称均也又曾已并就还让需须应能会要使没得着过很更最"
)
_WEAK = frozenset(
    "于应时和从经通相能都全成明曾向查管后广满国文安常方平水万公包计解易单项段车房党农商师司费支封路游权养须终空习有别关双东西南北元原干强修居容库印阳简利衡边那海年第百战展谷益盖暴充法业商左右古仰仁信冷凉印可台同名向和哈园国基堂士宣家容密富小尚山常幸平年度底建张弓当心思意成战折招指接支改政敬文料斯方施族日时昌明昝易星春时景晋智曲更曹會望木本术机权李来松林果柏柯查栋森植楚步水永江池沃沈没河治法泉泰洋洛活浦海润淳清温渠游满"
)
_WEAK_ONLY = _WEAK - frozenset("张李曹沈江施温松林")
_TITLES = (
    "某某",
    "某甲",
    "某乙",
    "某丙",
    "某丁",
    "老太",
    "老汉",
    "大爷",
    "大妈",
    "奶奶",
    "大叔",
    "阿姨",
    "先生",
    "女士",
    "小姐",
    "师傅",
    "同志",
)
_AFTER_SOME = frozenset("日地时处人种些个类项年月一次")
_WHOLE_NAME = 3
"""Parts of this length are names by themselves."""


class NameReader:
    """Weighs a name of two characters against one of three."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._surnames = lexicon.surnames
        self._usual = lexicon.usual_given
        self._words = lexicon.words
        self._said = re.compile(lexicon.pattern("person.said"))
        parts = sorted(lexicon.ethnic, key=len, reverse=True)
        self._ethnic = re.compile(f"(?:{'|'.join(parts)}){{2,3}}")
        self._ethnic_one = re.compile("|".join(part for part in parts if len(part) >= _WHOLE_NAME))

    def end(self, text: str, start: int, *, strict: bool = False) -> int:
        """Return the end of the name at `start`, or `start` when none begins there.

        `strict` is for places where many other words may stand.
        """
        if "·" in text[start : start + 8] and (dotted := _DOTTED.match(text, start)):
            return dotted.end()
        ethnic = self._ethnic.match(text, start) or self._ethnic_one.match(text, start)
        if ethnic:
            return ethnic.end()
        family = (
            2 if text[start : start + 2] in self._surnames else int(text[start : start + 1] in self._surnames)
        )
        if not family:
            return start
        given = start + family
        if (titled := self._titled(text, given)) > given:
            return titled
        first = text[given : given + 1]
        if not self._may_be_given(first) or (family == 1 and text[start : start + 2] in self._words):
            return start
        weak = family == 1 and text[start] in _WEAK_ONLY
        return self._weighed(text, start, given, need=2 + weak + 2 * strict)

    def _weighed(self, text: str, start: int, given: int, *, need: int) -> int:
        first, second = text[given], text[given + 1 : given + 2]
        short = (first in self._usual) + self._boundary(text, given + 1)
        long = -1
        if self._may_be_given(second):
            boundary = self._boundary(text, given + 2)
            long = (first in self._usual) + (second in self._usual) + boundary
            if not boundary and text[given + 1 : given + 3] in self._words:
                long -= 2
            if text[given : given + 2] in self._words and not (
                first in self._usual and second in self._usual
            ):
                long -= 1
        if long >= short:
            return given + 2 if long >= need else start
        return given + 1 if short >= need else start

    def _boundary(self, text: str, place: int) -> int:
        """Return how likely a word ends before `place`: 0 to 2."""
        sign = text[place : place + 1]
        if not "\u4e00" <= sign <= "\u9fff":
            return 2
        if self._said.match(text, place):
            return 2
        return (sign in _FOLLOWERS) + (text[place : place + 2] in self._words)

    def _titled(self, text: str, given: int) -> int:
        for title in _TITLES:
            if text.startswith(title, given):
                return given + len(title)
        if text.startswith("某", given) and text[given + 1 : given + 2] not in _AFTER_SOME:
            return given + 1 + (text[given + 1 : given + 2] in self._usual)
        return given

    def _may_be_given(self, sign: str) -> bool:
        return "\u4e00" <= sign <= "\u9fff" and sign not in _NOT_GIVEN
