"""Makes a text into a `Reading`: one scan for all cue words, one for the numbers."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.numbers import read_numbers
from streams.domain.privacy.reading import INSIDE, LONGEST_GAP, STARTS, Label, Number, Reading, announced

_LIST_SIGNS = " \t\r\n、,，/;；和及与或"
_TITLE = re.compile("《[^》]{1,60}》")
_WORDS = tuple(bytes((STARTS, *(INSIDE,) * (length - 1)))[:length] for length in range(64))
"""Marks of a word by its length; no cue is longer."""
_LABEL = "label."
_NONE = "none.words"


class Scanner:
    """Holds the automaton of all cue and lexicon words; made once a process."""

    def __init__(self, lexicon: Lexicon) -> None:
        tags: dict[str, list[str]] = {}
        for tag, words in lexicon.cues.items():
            for word in words:
                tags.setdefault(word, []).append(tag)
        for word in lexicon.diseases:
            tags.setdefault(word, []).append("health.core")
        self._tags = tuple(
            tuple(dict.fromkeys(tag for tag in found if tag != _NONE)) for found in tags.values()
        )
        self._labels = {
            word: next(tag for tag in found if tag.startswith(_LABEL))
            for word, found in enumerate(self._tags)
            if any(tag.startswith(_LABEL) for tag in found)
        }
        self._automaton = AhoCorasick(
            list(tags), implementation=Implementation.DFA, matchkind=MatchKind.LeftmostLongest
        )

    def read(self, text: str, known: Collection[str]) -> Reading:
        """Return the reading of `text`, folded already; of words that overlap the longer one counts."""
        cues: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        labels: list[Label] = []
        marks = bytearray(len(text) + 1)
        marks[-1] = INSIDE
        for word, start, end in self._automaton.find_matches_as_indexes(text):
            if end - start > 1:
                marks[start:end] = _WORDS[end - start]
            place = (start, end)
            for tag in self._tags[word]:
                cues[tag].append(place)
            if word in self._labels:
                labels.append(Label(start, end, self._labels[word]))
        if "《" in text:
            for title in _TITLE.finditer(text):
                marks[title.start() : title.end()] = bytes((INSIDE,)) * (title.end() - title.start())
        ends = [label.end for label in labels]
        numbers = _labelled(text, labels, ends)
        return Reading(text, cues, marks, labels, ends, numbers, frozenset(known))


def _labelled(text: str, labels: Sequence[Label], ends: Sequence[int]) -> list[Number]:
    """Return the numbers with what announces them; in an enumeration the first one's cue counts for all."""
    numbers: list[Number] = []
    last_end, last_label = 0, ""
    for start, end, digits, _ in read_numbers(text):
        label = announced(text, labels, ends, start)
        if (
            not label
            and last_label
            and start - last_end <= LONGEST_GAP
            and not text[last_end:start].strip(_LIST_SIGNS)
        ):
            label = last_label
        numbers.append(Number(start, end, digits, label))
        last_end, last_label = end, label
    return numbers
