"""Tells where a personal name ends: how likely its characters make a name, and what stands beside it."""

import re
from collections.abc import Sequence

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.persons.foreign_names import ForeignNames
from streams.domain.privacy.persons.led_names import LedNames
from streams.domain.privacy.persons.name_followers import OPENING, NameFollowers
from streams.domain.privacy.persons.name_patterns import COMMON_WORD, USUAL_FAMILY, begins, rare, spaced
from streams.domain.privacy.persons.name_titles import CALLED
from streams.domain.privacy.persons.weights import (
    DEED,
    FRAME,
    LEAST,
    LISTED,
    MISSING,
    NUMBERED,
    SAID,
    SHORT,
    SURE,
)
from streams.domain.privacy.persons.whole_names import WholeNames
from streams.domain.privacy.reading import FAMOUS, INSIDE, PLACE, STARTS, Reading

_MOST = 70 + NUMBERED
"""What a further character and the end of the name weigh at most."""
_WORD, _WORD_INSIDE = 30, 16
"""What a common word costs where a name begins, or inside it; tenths of ln."""
_PAIR = 2
_NO_FAMILY = -1000
_USUAL_PAIR, _PAIR_AND_WORD = 40, 20
"""What the characters of a usual given name weigh together at least; less where they are a word too."""
_UNKNOWN_FAMILY = -35
"""What a family name that no list has weighs before a usual given name, in a frame at least."""
_DOUBLED = 50
"""What the same character twice weighs more in a given name (变变, 毛毛)."""
_AFTER_ITS = 10
"""What the character behind 其 weighs at least where 向其 begins a name."""
_FORMERLY, _IS = frozenset("原曾"), ("系", "为", "是")
"""参保人姜莉原系其妻: no part of a name."""
_PEOPLE = re.compile("[两二三四五六七八九][人名位]")
"""Counted behind 向 or 和 and one character, which are somebody's name then (董瑶、向阳二人)."""
_SINCE = frozenset("自于至从")
"""Before a date no part of a name."""
_OFTEN_LAST = frozenset("发来")
"""A verb that many names end in (根发)."""
_ITS_OWN = (
    *"向与和及称的未因被将于等持在系",
    "电话",
    "手机",
    "家住",
    "住",
    "座机",
    "邮箱",
    "身份证",
    "处收",
    "处购",
    "处买",
    "处借",
)
"""What is somebody's, or is got from him, stands right behind a name."""
_TAKEN = 20
"""What it costs to take a character into a name that often follows one."""


class NameReader:
    """Weighs a name of one given character against one of two."""

    def __init__(self, lexicon: Lexicon) -> None:
        followers, never, closing = (
            "".join(lexicon.contexts[f"name.{what}"]) for what in ("followers", "never", "closing")
        )
        self.foreign = ForeignNames(lexicon)
        self._followers, self._never, self._closing = map(frozenset, (followers, never, closing))
        self._surnames = lexicon.surnames
        self._given = {**lexicon.given, **rare(lexicon)}
        self._usual_pairs = lexicon.given_pairs
        self._families = {name: weight for name, weight in lexicon.surnames.items() if len(name) == 1}
        self._words = lexicon.words
        behind = NameFollowers(lexicon)
        self.boundary, self.says, self._said_pairs = behind.boundary, behind.says, behind.said_pairs
        self._wholes = WholeNames(lexicon, self.foreign, self.boundary)
        self._led = LedNames(lexicon, self._given, self.boundary)
        self.is_led = self._led.is_led
        compounds = (name for name in lexicon.surnames if len(name) > 1)
        self._special = frozenset((*compounds, *self._wholes.beginnings))

    def begins(self) -> str:
        """Return the pattern of a family name's first character before one that may follow it in a name."""
        return begins(self._surnames, self._given)

    def spaced(self) -> str:
        """Return the pattern of a name of two characters with a space between."""
        return spaced(self._families, self._given)

    def likely(self, signs: str) -> int:
        """Return the most that a name at the first of `signs`, four, can weigh over its need.

        What stands before it is left aside.
        """
        if signs[:2] in self._surnames:
            return NUMBERED
        weight = self._given.get
        first, third, fourth = weight(signs[1:2], MISSING), signs[2:3], signs[3:4]
        behind = NUMBERED if fourth in OPENING else SAID
        short = NUMBERED if third in OPENING else SAID - SHORT
        second = weight(third, MISSING)
        if signs[1:3] in self._usual_pairs and second < _USUAL_PAIR - first:
            second = _USUAL_PAIR - first
        second += behind
        return self._families.get(signs[0], MISSING) + first + max(second, short) - LEAST

    def end(self, reading: Reading, start: int, left: int) -> int:
        """Return the end of the name at `start`, or `start`.

        `left` tells how much what stands before speaks for a name, in tenths of ln.
        """
        text = reading.text
        if reading.marks[start] == FAMOUS:
            return self._led.famous(reading, start, told=left >= DEED)
        if reading.marks[start] and (left < LISTED or not self._led.goes_beyond(reading, start)):
            return start if left < LISTED else self._led.like_place(reading, start)
        weight = self._surnames.get(text[start : start + 1], _NO_FAMILY)
        if left >= FRAME and weight < _UNKNOWN_FAMILY and self.is_led(text, start):
            weight = _UNKNOWN_FAMILY
        pair = text[start : start + _PAIR]
        if pair in self._special:
            whole = self._wholes.end(reading, start, left)
            if whole > start:
                return whole
            compound = self._surnames.get(pair, _NO_FAMILY)
            if compound > _NO_FAMILY:
                end = self._given_end(reading, (start, start + _PAIR), compound, left)
                if end > start or compound > 0:
                    return end
        if left >= LISTED and weight >= 0 and text[start + 1 : start + 1 + _PAIR] in self.foreign.beginnings:
            end = self.foreign.ethnic(text, start + 1)
            if end > start + 1:
                return end
        return self._given_end(reading, (start, start + 1), weight, left)

    def _given_end(self, reading: Reading, family: tuple[int, int], weight: int, left: int) -> int:
        """Return the end of the name with a family name of this weight at these places, or its start."""
        text, marks = reading.text, reading.marks
        start, first = family
        pair = text[start : start + _PAIR]
        if first >= len(text) or (marks[first] and left <= SURE and not _is_sure(weight, marks[first])):
            return start
        if marks[first] in (INSIDE, STARTS) and not marks[start]:
            return start
        sign = text[first]
        if sign == " " or (sign == "\n" and left >= LISTED):
            return self._led.spaced_end(reading, start, first + 1, weight + left)
        if not "一" <= sign <= "龥" or (sign in self._closing and left < SURE):
            return start
        base = weight + left + self._given.get(sign, MISSING)
        word = first == start + 1 and pair in self._words
        base -= _WORD * word
        if base + _MOST < LEAST:
            return start
        usual = text[first : first + _PAIR] in self._usual_pairs and marks[first + 1] != STARTS
        if sign in self._never and not usual:
            return start
        boundary = self.boundary(text, marks, first + 1)
        short = (
            _NO_FAMILY if word and boundary < NUMBERED else base + boundary - SHORT * (boundary < NUMBERED)
        )
        long = base + self._second(text, marks, first + 1)
        if usual:
            long = max(long, base + self._usual_pair(text, marks, first))
        if max(short, long) < LEAST:
            return start
        end = first + 2 if long > short else first + 1
        return self._led.over_line(reading, end) if left >= LISTED else end

    def joins(self, reading: Reading, first: int, left: int) -> bool:
        """Tell whether 和 or 向 right before `first` is "and" or "to", for what follows."""
        text = reading.text
        if _PEOPLE.match(text, first + 1):
            return False
        given = text[first : first + _PAIR]
        usual = given in self._usual_pairs
        if text[first - 1] == "和":
            return given in self._words or not (usual or self._led.is_given(text, first))
        if given in self._words and not usual:
            return True  # 向金融机构
        if given[:1] == "其" and self._given.get(given[1:], MISSING) < _AFTER_ITS:
            return True
        family = self._families.get(given[:1], MISSING)
        if left < LISTED:
            return family >= COMMON_WORD
        return family >= USUAL_FAMILY and self.end(reading, first, DEED) > first

    def _second(self, text: str, marks: Sequence[int], place: int) -> int:
        """Return how much the character at `place` speaks for a name that ends with it."""
        sign = text[place : place + 1]
        if (
            sign < "一"
            or sign > "龥"
            or sign in self._never
            or sign in self._closing
            or (sign in _SINCE and text[place + 1 : place + 2].isdigit())
            or (sign in _FORMERLY and text[place + 1 : place + 2] in _IS)
            or marks[place] == STARTS
        ):
            return _NO_FAMILY
        doubled = _DOUBLED if sign == text[place - 1] and place > 1 else 0
        weight = self._given.get(sign, MISSING) + doubled + self.boundary(text, marks, place + 1)
        if text[place : place + _PAIR] in self._said_pairs and not text.startswith(_ITS_OWN, place + 1):
            weight -= _TAKEN + _TAKEN
        elif sign in self._followers and self._goes_on(text, place + 1):
            weight -= _TAKEN
        if text[place - 1 : place + 1] in self._words:
            weight -= _WORD_INSIDE
        return weight

    def _goes_on(self, text: str, place: int) -> bool:
        """Tell whether a sentence goes on at `place`, so that a verb may stand before it."""
        its_own = text[place - 1] in _OFTEN_LAST and text.startswith(_ITS_OWN, place)
        return "一" <= text[place : place + 1] <= "龥" and not its_own

    def _usual_pair(self, text: str, marks: Sequence[int], first: int) -> int:
        """Return how much the usual given name at `first` weighs over its first character alone."""
        word = text[first : first + _PAIR] in self._words
        boundary = self.boundary(text, marks, first + _PAIR)
        return (_PAIR_AND_WORD if word else _USUAL_PAIR) - self._given.get(text[first], MISSING) + boundary

    def titled(self, text: str, start: int) -> int:
        """Return the end of a family name with a title such as 姚老太 at `start`, or `start`."""
        if text[start : start + 1] in self._surnames and text.startswith(CALLED, start + 1):
            return start + 3
        return start


def _is_sure(family: int, mark: int) -> bool:
    """Tell whether a family name is hardly anything else, before what is a place's short name (陈玉环)."""
    return family >= USUAL_FAMILY and mark == PLACE
