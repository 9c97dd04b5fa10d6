"""Reads names of other peoples: of known parts, with dots between, in Latin, Cyrillic or Korean letters."""

import re
from collections.abc import Callable, Container, Iterator, Sequence

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.reading import Reading

_UNIT = re.compile(
    "[人户辆台吨车间床只头亩次株套座]?[·.](?:月|年|日|天|次|小时|时|季|周|晚|班|公里|千米|平方|立方|台|部)"
)
"""What is paid by, as in 元/人·月."""
_DOT = re.compile("[·.](?=[\u4e00-\u9fff])")
_DOTTED = re.compile("[·.][\u4e00-\u9fff]{1,7}(?:[·.][\u4e00-\u9fff]{1,7})*")
_BEFORE_DOT = re.compile("[\u4e00-\u9fff]{1,9}$")
_LONGEST_BEFORE_DOT, _LONGEST_PART = 9, 4
_WORDS = 4
"""Two words with a dot behind, as goods are called: 孕妇可食·人参蜜片."""
_WHOLE_NAME, _MOST_PARTS = 3, 4
"""Parts of other peoples' names of this length are names by themselves."""
_PART = r"(?:[A-Z](?:\.|[A-Za-z]{0,14}(?:['’\-][A-Za-z]{1,14}){0,2}))"
_LATIN = re.compile(
    rf"{_PART}(?:[ ·.,]{{1,2}}(?:(?:al|bin|ibn|el|de|da|dos|la|van|der|von)[ \-])?{_PART}){{1,4}}"
    r"|[A-Z][a-z]{2,14}(?=[（(，,。、；]|称|表示|的)"
)
_SCRIPT = re.compile("[А-ЯЁ][а-яё]{1,14}(?:[ -][А-ЯЁ][а-яё]{1,14}){1,3}")
_KOREAN = re.compile("[가-힣]{2,4}")
_SUFFIXES = ("江", "汗", "别克")
"""Put behind the names of Turkic peoples for men and women."""
_SYLLABLES = frozenset("尔提孜甫丁")
"""Go on with a name of three syllables that is known by itself."""
_LAST_SYLLABLES = frozenset("加吉措太本先草杰才甲")
"""Put behind the names of Tibetans of Amdo, who have no family name."""
_NO_SUFFIX = ("江苏", "江西", "江南", "江北", "汗水")
Boundary = Callable[[str, Sequence[int], int], int]


class ForeignNames:
    """Knows the parts of Tibetan, Yi and other names, and the characters foreign ones are written with."""

    def __init__(self, lexicon: Lexicon) -> None:
        foreign = "".join(lexicon.contexts["name.foreign"])
        self._foreign = re.compile(f"(?:[{foreign}]|不(?=[都力拉])|(?<=[不布卜])都)+$")
        self._foreign_part = re.compile(
            f"(?:[{foreign}]|不(?=[都力拉])|(?<=[不布卜])都){{2,7}}(?<!夫(?=[妇妻]))"
        )
        self._syllables = frozenset(foreign)
        self._words = lexicon.words
        # by the first two characters, longer ones first: one pattern of a thousand words is far slower
        self._parts: dict[str, tuple[str, ...]] = {}
        for part in sorted(lexicon.ethnic, key=len, reverse=True):
            self._parts[part[:2]] = (*self._parts.get(part[:2], ()), part)
        self.beginnings = frozenset(self._parts)
        """First two characters of all parts."""

    def ethnic(self, text: str, start: int) -> int:
        """Return the end of a name made of known parts, such as 次仁拉姆, at `start`, or `start`."""
        parts = [
            part for part in self._parts.get(text[start : start + 2], ()) if text.startswith(part, start)
        ]
        for part in parts:
            end = first = start + len(part)
            for _ in range(_MOST_PARTS - 1):
                end = self.part(text, end)
            if end > first:
                return end
            tail = self._tail(text, first)
            if tail > first:
                return tail
        end = start + len(parts[0]) if parts else start
        if end - start >= _WHOLE_NAME and text[end : end + 1] in _SYLLABLES:
            return end + (text[end : end + 2] not in self._words)
        if end > start and text[end : end + 1] in _SUFFIXES and not text.startswith(_NO_SUFFIX, end):
            return end + 1
        return end if end - start >= _WHOLE_NAME else start

    def _tail(self, text: str, start: int) -> int:
        """Return the end of the last syllable of a name such as 尕藏加, also behind a space, or `start`."""
        at = start + (text[start : start + 1] == " ")
        sign = text[at : at + 1]
        if not sign or sign not in _LAST_SYLLABLES or text[start - 2 : start] in self._words:
            return start
        crossed = at == start and text[at - 1 : at + 1] in self._words
        goes_on = text[at : at + 2] in self._words or (at > start and "一" <= text[at + 1 : at + 2] <= "龥")
        return start if crossed or goes_on else at + 1

    def part(self, text: str, start: int) -> int:
        """Return the end of one known part, which may be somebody's whole name, at `start`, or `start`."""
        for part in self._parts.get(text[start : start + 2], ()):
            if text.startswith(part, start):
                return start + len(part)
        return start

    def goes_on(self, text: str, place: int) -> bool:
        """Tell whether a further syllable of a foreign name stands at `place`."""
        return text[place : place + 1] in self._syllables

    def dotted(
        self, reading: Reading, leads: Container[int], boundary: Boundary
    ) -> Iterator[tuple[int, int]]:
        """Yield the places of names such as 艾力·买买提: their parts are foreign, whatever they are."""
        text = reading.text
        for begin, first, upto in _dotted(text):
            if reading.marks[first]:
                continue  # within a title
            lead = [at for at in range(begin, first) if at in leads][-1:] or [
                at for at in range(begin, first) if self.part(text, at) > at
            ]
            foreign = self._foreign.search(text, begin, first)
            alone = first - begin <= _LONGEST_PART and text[first] == "·"
            announced = bool(lead) and lead[0] in leads
            starts = lead if announced or not foreign else [*lead, foreign.start()]
            start = min(starts, default=begin)
            last = max(text.rfind(sign, first, upto) for sign in "·.") + 1
            whole = self._foreign_part.match(text, last)
            shortest = whole.end() if whole else last + 1
            stops = (at for at in range(shortest, upto) if boundary(text, reading.marks, at) > 0)
            end = shortest if whole else next(stops, upto)
            if whole and end == upto - 1 and boundary(text, reading.marks, end) <= 0:
                end = upto
            words = first - begin == _WORDS and text[begin : begin + 2] in self._words
            if (lead or foreign or (alone and not words)) and not _UNIT.match(text, start):
                yield start, end


def latin(text: str, start: int) -> int:
    """Return the end of a name in Latin or Korean letters that is announced at `start`, or `start`."""
    name = _LATIN.match(text, start) or _KOREAN.match(text, start)
    return name.end() if name else start


def cyrillic(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of names in Cyrillic letters: two words that both begin with a capital."""
    for name in _SCRIPT.finditer(text):
        yield name.span()


def _dotted(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield stretches of characters with dots between: where each begins, has its first dot, and ends."""
    reached = 0
    for dot in _DOT.finditer(text):
        first = dot.start()
        if first >= reached:
            before = _BEFORE_DOT.search(text, max(reached, first - _LONGEST_BEFORE_DOT), first)
            dotted = _DOTTED.match(text, first) if before else None
            if before and dotted:
                reached = dotted.end()
                yield before.start(), first, reached
