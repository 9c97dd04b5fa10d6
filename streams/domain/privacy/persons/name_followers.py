"""Tells how likely a name ends at a place, by what stands behind it."""

import re
from collections.abc import Iterable, Sequence

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.persons.weights import NUMBERED, SAID, SURE
from streams.domain.privacy.reading import FAMOUS, PLACE, STARTS

OPENING = "（(，,"
_FOLLOWED, _NEXT_WORD, _OPEN = 14, 10, -16
_CROSSED = 26
"""What a common word over the end of a name costs."""
_PAIR = 2
_OPEN_OR_SPACE = frozenset(OPENING + " ")
_PAIRS = frozenset("、与和及")
_GOING = frozenset("去赴往抵回送")
_TO_PLACE = re.compile("[\u4e00-\u9fff]{1,5}?(?:[镇乡村县市区州站港]|医院|派出所|银行|学校|公司)")
"""Where somebody goes."""
_OF_BOATS = "渔"


class NameFollowers:
    """Knows particulars, verbs, and the characters and words that stand behind names."""

    def __init__(self, lexicon: Lexicon) -> None:
        said = lexicon.contexts["person.said"]
        self.said_pairs = frozenset(word for word in said if len(word) == _PAIR)
        # by the first character: one pattern of all words is far slower
        self._said = _by_head(word for word in said if len(word) != _PAIR)
        self._particulars = _by_head(lexicon.contexts["person.particulars"])
        self._behind = frozenset(
            "".join((*lexicon.contexts["name.followers"], *lexicon.contexts["name.never"]))
        ).difference(_OF_BOATS)
        self._surnames = lexicon.surnames
        self._words = lexicon.words

    def boundary(self, text: str, marks: Sequence[int], place: int) -> int:
        """Return how likely a name ends before `place`."""
        sign = text[place : place + 1]
        if sign < "一" or sign > "龥":
            return NUMBERED if sign and sign in _OPEN_OR_SPACE and self._tells(text, place + 1) else SURE
        if self.says(text, place):
            return SAID
        if marks[place] in (STARTS, PLACE, FAMOUS):
            return SURE
        if sign in _GOING and _TO_PLACE.match(text, place + 1):
            return SURE
        if sign in _PAIRS and text[place + 1 : place + 2] in self._surnames:
            return SURE
        crossed = _CROSSED * (text[place - 1 : place + 1] in self._words)
        if sign in self._behind:
            return _FOLLOWED - crossed
        return (_NEXT_WORD if text[place : place + _PAIR] in self._words else _OPEN) - crossed

    def says(self, text: str, place: int) -> bool:
        """Tell whether a verb of what somebody does stands at `place`."""
        if text[place : place + _PAIR] in self.said_pairs:
            return True
        words = self._said.get(text[place : place + 1])
        return words is not None and text.startswith(words, place)

    def _tells(self, text: str, place: int) -> bool:
        """Tell whether particulars of a person stand at `place`."""
        place += text.startswith(" ", place)
        words = self._particulars.get(text[place : place + 1])
        return words is not None and text.startswith(words, place)


def _by_head(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return `words` by their first character."""
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        found[word[0]] = (*found.get(word[0], ()), word)
    return found
