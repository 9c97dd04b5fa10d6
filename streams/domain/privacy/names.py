"""Tells where a personal name ends, by family names, usual given names and the words that follow."""

import re

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.reading import STARTS, Reading

_DOT = "·"
_FOLLOWERS = frozenset(
    "的在于与和及将向因称对未从为系被由购到等是给把留自反以用携带经也又曾已所则按其出接打说认申驾收使受签前后并就随进持处租名住拨无有乘说讲至发患骑获驾拒确送诉购买饮吸殴加指证"
)
_NOT_GIVEN = frozenset(
    "自患骑获驾拒购饮殴系的了在于与和及或将向因对未从为系被由等是给把其所则按个们这那你我他她它有不无以至到且而但该此本每各某称均也又曾已并就还让需须应能会要使没得着过很更最"
)
_WEAK = frozenset(
    "于应时和从经通相能都全成明曾向查管后广满国文安常方平水万公包计解易单项段车房党农商师司费支封路游权养须终空习有别关双东西南北元原干强修居容库印阳简利衡边那海年第百战展谷益盖暴充法业左右古仰冷凉印可台同名哈基堂士宣家密富小尚山幸度底建弓当心思意战折指接改政料斯族日昌星春景晋智更望木本术机权来果柏柯查栋森植步永池沃没河治泉泰洋活浦润清温渠"
)
"""Family names that far more often stand for something else."""
_TITLES = (
    *("某某", "某甲", "某乙", "某丙", "某丁", "老太", "老汉", "大爷", "大妈", "奶奶", "大叔", "阿姨"),
    *("先生", "女士", "小姐", "师傅", "同志"),
)
_TITLE_HEADS = frozenset(title[0] for title in _TITLES)
_AFTER_SOME = frozenset("日地时处人种些个类项年月一次")
_BRACKETS = ("（", "(")
_PAIRS = frozenset("、与和及")
_NEEDS = (2, 4, 6, 6)
_WHOLE_NAME = 3
"""Parts of this length are names by themselves."""
_LONGEST_PART = 5
_MOST_DOTS = 3

ROLE, DEED, CLAUSE, PREPOSITION = range(4)
"""What stands before a name: the later, the more it has to prove."""


class NameReader:
    """Weighs a name of two characters against one of three."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._surnames = lexicon.surnames
        self._usual = lexicon.usual_given
        self._rare = lexicon.rare_given
        self._words = lexicon.words
        self._said = lexicon.contexts["person.said"]
        self._said_heads = frozenset(word[0] for word in self._said)
        parts = sorted(lexicon.ethnic, key=len, reverse=True)
        self._part = re.compile("|".join(parts))
        self._ethnic_heads = frozenset(part[:2] for part in parts)
        self._ethnic = re.compile(f"(?:{'|'.join(parts)}){{2,3}}")
        self._ethnic_one = re.compile("|".join(part for part in parts if len(part) >= _WHOLE_NAME))

    def end(self, reading: Reading, start: int, after: int = ROLE) -> int:
        """Return the end of the name at `start`, or `start`; `after` tells what stands before it."""
        text = reading.text
        if reading.marks[start]:
            return start
        dotted = self._dotted(reading, start) if _DOT in text[start : start + 8] else start
        whole = max(dotted, self._ethnic_end(text, start))
        if whole > start:
            return whole
        family = 2 if text[start : start + 2] in self._surnames else int(text[start] in self._surnames)
        if not family:
            return start
        given = start + family
        titled = self._titled(text, given)
        if titled > given:
            return titled
        first = text[given : given + 1]
        said = first in self._said_heads and text.startswith(self._said, given)
        if said or not self._may_be_given(first) or reading.marks[given] == STARTS:
            return start
        weak = family == 1 and text[start] in _WEAK
        return self._weighed(reading, start, given, _NEEDS[after] + 2 * weak)

    def _ethnic_end(self, text: str, start: int) -> int:
        if text[start : start + 2] not in self._ethnic_heads:
            return start
        ethnic = self._ethnic.match(text, start) or self._ethnic_one.match(text, start)
        return ethnic.end() if ethnic else start

    def _weighed(self, reading: Reading, start: int, given: int, need: int) -> int:
        text = reading.text
        first, second = text[given], text[given + 1 : given + 2]
        word = text[start : given + 1] in self._words
        short = self._given(first) + self._boundary(reading, given + 1)
        if word and (text[given + 1 : given + 2] not in _BRACKETS or first not in self._usual):
            short = -1
        long = -1
        if self._may_be_given(second) and reading.marks[given + 1] != STARTS:
            boundary = self._boundary(reading, given + 2)
            long = self._given(first) + self._given(second) + boundary - 2 * word
            if text[given + 1 : given + 3] in self._words and text[given + 2 : given + 4] not in self._words:
                long -= 4
            if text[given : given + 2] in self._words and not (
                first in self._usual and second in self._usual
            ):
                long -= 2
        if long > short or (long == short and second not in _FOLLOWERS):
            return given + 2 if long >= need else start
        return given + 1 if short >= need else start

    def _boundary(self, reading: Reading, place: int) -> int:
        """Return how likely a name ends before `place`: 0 to 6."""
        text = reading.text
        if place >= len(text):
            return 4
        sign = text[place : place + 1]
        if sign in self._said_heads and text.startswith(self._said, place):
            return 6
        paired = 0
        if sign in _PAIRS and text[place + 1 : place + 2] in self._surnames:
            paired = 2 if self._given(text[place + 2 : place + 3]) else 0
        if reading.marks[place] == STARTS or not "\u4e00" <= sign <= "\u9fff":
            return 4 + paired
        return paired + 2 * (
            (sign in _FOLLOWERS or sign in _NOT_GIVEN) + (text[place : place + 2] in self._words)
        )

    def _dotted(self, reading: Reading, start: int) -> int:
        """Return the end of a name such as 艾力·买买提 at `start`, or `start`."""
        text = reading.text
        end = self._dotted_part(reading, start)
        if text[end : end + 1] != _DOT:
            return start
        for _ in range(_MOST_DOTS):
            if text[end : end + 1] != _DOT:
                break
            end = self._dotted_part(reading, end + 1)
        return end

    def _dotted_part(self, reading: Reading, start: int) -> int:
        text, end = reading.text, start
        while part := self._part.match(text, end):
            end = part.end()
        shortest = max(end, start + 2)
        stops = (
            place for place in range(shortest, shortest + _LONGEST_PART) if self._boundary(reading, place)
        )
        return next(stops, shortest)

    def _given(self, sign: str) -> int:
        """Return how usual a character is in given names: 0 to 2."""
        return 2 if sign in self._usual else int(sign in self._rare)

    def _titled(self, text: str, given: int) -> int:
        if text[given : given + 1] not in _TITLE_HEADS:
            return given
        for title in _TITLES:
            if text.startswith(title, given):
                return given + len(title)
        if text.startswith("某", given) and text[given + 1 : given + 2] not in _AFTER_SOME:
            return given + 1 + (text[given + 1 : given + 2] in self._usual)
        return given

    def _may_be_given(self, sign: str) -> bool:
        return "\u4e00" <= sign <= "\u9fff" and sign not in _NOT_GIVEN
