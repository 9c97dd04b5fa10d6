"""Reads names that are known as wholes: parts of other peoples' names, and words that are names if told."""

from collections.abc import Callable, Sequence

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.persons.foreign_names import ForeignNames
from streams.domain.privacy.persons.weights import DEED, FRAME, LISTED, SURE
from streams.domain.privacy.reading import Reading

_PAIR, _MORE = 2, 3


class WholeNames:
    """Knows the parts and the words; what stands beside tells whether somebody is meant."""

    def __init__(
        self,
        lexicon: Lexicon,
        foreign: ForeignNames,
        boundary: Callable[[str, Sequence[int], int], int],
    ) -> None:
        self._foreign, self._boundary, self._words = foreign, boundary, lexicon.words
        self._name_words = frozenset(lexicon.contexts["name.words"])
        self.beginnings = self._name_words.union(foreign.beginnings)
        """First two characters of all of them."""

    def end(self, reading: Reading, start: int, left: int) -> int:
        """Return the end of what is a name as a whole, such as 次仁拉姆 or, if told, 白云, or `start`."""
        text, marks = reading.text, reading.marks
        end = self._foreign.ethnic(text, start)
        if end > start and left >= LISTED:
            return self._prolonged(reading, end)
        if end > start or left < DEED:
            return end
        part = self._foreign.part(text, start) if left >= FRAME else start
        if part > start + 1 and (
            self._boundary(text, marks, part) >= SURE
            or (
                left >= LISTED
                and text[part - 1 : part + 1] not in self._words
                and not self._foreign.goes_on(text, part)
            )
        ):
            return part
        end = start + _PAIR
        if text[start:end] in self._name_words and _is_told(
            text, start, self._boundary(text, marks, end), left
        ):
            return end
        return start

    def _prolonged(self, reading: Reading, end: int) -> int:
        """Return the end of a name that goes on with foreign syllables, such as 哈力木拉提, or `end`."""
        last = end
        while last < end + _MORE and self._foreign.goes_on(reading.text, last):
            last += 1
        return last if last > end and self._boundary(reading.text, reading.marks, last) >= SURE else end


def _is_told(text: str, start: int, boundary: int, left: int) -> bool:
    """Tell from both sides whether a word at `start`, such as 白云, is somebody's name."""
    end = start + _PAIR
    return boundary > SURE or (boundary == SURE and (left == LISTED or text[end : end + 1] in "、（("))
