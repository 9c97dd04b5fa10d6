"""Finds line ends within words, where a text was broken at the width of a page or a screen."""

from collections.abc import Collection, Iterator

_LONGEST_SIDE = 6


class LineEnds:
    """Knows the words that no line end may hide, such as names of illnesses and faiths."""

    def __init__(self, words: Collection[str]) -> None:
        self._words = frozenset(word for word in words if len(word) > 1)
        self._starts = frozenset(word[:2] for word in self._words)

    def within(self, text: str) -> Iterator[int]:
        """Yield the places of line ends in `text` that part such a word in two."""
        at = text.find("\n")
        while at >= 0:
            before, after = text[max(0, at - _LONGEST_SIDE) : at], text[at + 1 : at + 1 + _LONGEST_SIDE]
            if self._is_word(before.rpartition("\n")[2], after.partition("\n")[0]):
                yield at
            at = text.find("\n", at + 1)

    def _is_word(self, before: str, after: str) -> bool:
        """Tell whether a known word begins in `before` and ends in `after`."""
        for start in range(len(before)):
            head = before[start:]
            if (head + after)[:2] in self._starts:
                for end in range(1, len(after) + 1):
                    if head + after[:end] in self._words:
                        return True
        return False
