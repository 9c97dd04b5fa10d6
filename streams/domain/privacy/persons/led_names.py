"""Tells names by what leads to them: those of a rare family name, and those that are a place's, too."""

from collections.abc import Callable, Mapping, Sequence

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.persons.weights import LEAST, LISTED, MISSING, SAID, SHORT, SURE
from streams.domain.privacy.reading import INSIDE, PLACE, Reading

_PAIR = 2
_SPACED = 24
"""How much a single space between two characters speaks for a name, as it is typed to fill a column."""
_NO_FAMILIES = (
    "一二三四五六七八九十两某其之第首自新老大小各等前后上下内外出入到进来去同又再也都还就只另亲即若如因且所"
)
"""Words and numbers that no name begins with, though a given name follows."""
_VERBS_TOO = frozenset("要念都过自操占来")
"""Family names of some provinces that are verbs and adverbs elsewhere."""
_ENDS_OF_ROLES, _HEADS = frozenset("者员人工师手长商户"), frozenset("、，；：（,;:( ")
"""Words for what somebody is end so; a name begins so only behind a sign."""
_COLONS = frozenset("：:")
_LEAST_GIVEN, _BOTH_GIVEN, _SURELY_GIVEN = 10, 40, 60
"""What two characters weigh that make a given name which no list has."""
_BEHIND_FAMOUS = 14
"""How much has to speak for an end: more than a mere word."""
_PLACE_LIKE = 15
"""What characters of a given name weigh at least, the first of which ends a place's name."""


class LedNames:
    """Asked only where a role, a list or a number stands beside."""

    def __init__(
        self,
        lexicon: Lexicon,
        given: Mapping[str, int],
        boundary: Callable[[str, Sequence[int], int], int],
    ) -> None:
        self._boundary = boundary
        self._given, self._words, self._usual_pairs = given, lexicon.words, lexicon.given_pairs
        self._families = frozenset(name for name in lexicon.surnames if len(name) == 1)
        self._never = frozenset("".join(lexicon.contexts["name.never"]))
        self._no_family = frozenset(_NO_FAMILIES).union(
            *lexicon.contexts["name.followers"], *lexicon.contexts["name.never"]
        )

    def is_led(self, text: str, start: int) -> bool:
        """Tell whether a usual given name follows the character at `start`: it may be a rare family name."""
        first = start + 1
        pair = text[first : first + _PAIR]
        return (
            text[start].isalpha()
            and (pair in self._usual_pairs or self.is_given(text, first) or self._is_surely_given(pair))
            and (
                text[start] not in self._no_family
                or self._stands_alone(text, start)
                or (text[start] in _VERBS_TOO and pair in self._usual_pairs)
            )
            and (text[start] not in _ENDS_OF_ROLES or text[start - 1 : start] in _HEADS)
            and text[start : first + 1] not in self._words
            and text[start - 1 : first] not in self._words
        )

    def _stands_alone(self, text: str, start: int) -> bool:
        """Tell whether three characters stand between a colon and another sign, as in a form."""
        last = start + 1 + _PAIR
        return text[start - 1 : start] in _COLONS and not "一" <= text[last : last + 1] <= "龥"

    def is_given(self, text: str, first: int) -> bool:
        """Tell whether two characters of given names that are no word stand at `first`, and a sign behind."""
        weight, last = self._given.get, first + _PAIR
        if "一" <= text[last : last + 1] <= "龥":
            return False
        one, two = weight(text[first : first + 1], MISSING), weight(text[first + 1 : last], MISSING)
        return (
            min(one, two) >= _LEAST_GIVEN and one + two >= _BOTH_GIVEN and text[first:last] not in self._words
        )

    def _is_surely_given(self, pair: str) -> bool:
        """Tell whether both characters stand in given names so often that nothing need follow."""
        weight = self._given.get
        one, two = weight(pair[:1], MISSING), weight(pair[1:], MISSING)
        return min(one, two) >= _LEAST_GIVEN and one + two >= _SURELY_GIVEN and pair not in self._words

    def goes_beyond(self, reading: Reading, start: int) -> bool:
        """Tell whether a name such as 万宝珠 goes one character beyond the known word that begins with it."""
        marks, first = reading.marks, start + 1
        if first + 1 >= len(reading.text) or marks[first + 1] == INSIDE or marks[start] == INSIDE:
            return False
        pair = reading.text[first : first + _PAIR]
        weight = self._given.get
        return pair in self._usual_pairs or (
            min(weight(pair[0], MISSING), weight(pair[1:], MISSING)) >= _PLACE_LIKE
        )

    def like_place(self, reading: Reading, start: int) -> int:
        """Return the end of a name that is a place's, too, such as 安顺, if told from behind, or `start`."""
        text, marks, end = reading.text, reading.marks, start + _PAIR
        if (
            marks[start] != PLACE
            or end >= len(text)
            or marks[end] == INSIDE
            or text[start] not in self._families
        ):
            return start
        return end if self._boundary(text, marks, end) >= SAID else start

    def famous(self, reading: Reading, start: int, *, told: bool) -> int:
        """Return the end of a name that all know, such as 李宁, if one of today is `told` of, or `start`."""
        text, marks, end = reading.text, reading.marks, start + 1
        while end < len(text) and marks[end] == INSIDE:
            end += 1
        longer = self._given.get(text[end : end + 1], MISSING) >= 0 and not marks[end]
        if longer and self._boundary(text, marks, end + 1) >= (_BEHIND_FAMOUS if told else SURE):
            return end + 1  # 葛洪亮 is not 葛洪
        return end if told and self._boundary(text, marks, end) >= _BEHIND_FAMOUS else start

    def spaced_end(self, reading: Reading, start: int, given: int, base: int) -> int:
        """Return the end of a name such as 谭 洋, whose given character stands at `given`, or `start`."""
        text = reading.text
        sign = text[given : given + 1]
        told = base >= LISTED and self._boundary(text, reading.marks, given + 1) >= SURE
        if not sign or sign in self._never or reading.marks[given]:
            return start
        if text[given - 1] == "\n" and text[given : given + _PAIR] in self._usual_pairs:
            return given + _PAIR
        if text[start] + sign in self._words and not told:
            return start
        weight = (
            base
            + _SPACED
            - SHORT
            + self._given.get(sign, MISSING)
            + self._boundary(text, reading.marks, given + 1)
        )
        return start if weight < LEAST or text[given + 1 : given + 2] == " " else given + 1

    def over_line(self, reading: Reading, end: int) -> int:
        """Return the end of a name whose last character was broken over to the next line, or `end`."""
        text, last = reading.text, end + 1
        if text[end:last] != "\n":
            return end
        if text[end - 2 : end - 1] == "\n" or self._given.get(text[last : last + 1], MISSING) < 0:
            return end
        closed = (
            self._boundary(text, reading.marks, last + 1) >= SURE
            and not "一" <= text[last + 1 : last + 2] <= "龥"
        )
        return last + 1 if closed and last + 1 < len(text) and not reading.marks[last] else end
