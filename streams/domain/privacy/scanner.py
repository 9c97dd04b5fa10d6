"""Makes a text into a `Reading`: one scan for all cue words and divisions, one for the numbers."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.numbers import read_numbers
from streams.domain.privacy.reading import (
    FAMOUS,
    INSIDE,
    LONGEST_GAP,
    PLACE,
    STARTS,
    Label,
    Number,
    Reading,
    announced,
)

_LIST_SIGNS = " \t\r\n、,，/;；和及与或"
_RANGE_SIGNS = _LIST_SIGNS + "至到~～—"
"""Of numbers of things only: the first one and the last."""
_TITLE = re.compile("《[^》]{1,60}》")
_LABEL, _ORDER = "label.", "label.order"
_NONE, _FAMOUS = "none.words", "none.famous"


class Scanner:
    """Holds the automaton of all cue, lexicon and division words; made once a process."""

    def __init__(self, lexicon: Lexicon) -> None:
        tags: dict[str, list[str]] = {}
        known = {
            **lexicon.cues,
            "health.core": (*lexicon.cues["health.core"], *lexicon.diseases),
            _NONE: (*lexicon.cues[_NONE], *lexicon.goods),
            "division": lexicon.divisions,
            "division.short": lexicon.short_divisions,
            "person.ethnic": lexicon.ethnic,
            _FAMOUS: lexicon.famous,
        }
        for tag, words in known.items():
            for word in words:
                tags.setdefault(word, []).append(tag)
        self._meanings = tuple(
            _meaning(word, found, name=word in lexicon.surnames) for word, found in tags.items()
        )
        automaton = AhoCorasick(
            list(tags), implementation=Implementation.ContiguousNFA, matchkind=MatchKind.LeftmostLongest
        )
        self._find = automaton.find_matches_as_indexes

    def read(self, text: str, known: Collection[str]) -> Reading:
        """Return the reading of `text`, folded already; of words that overlap the longer one counts."""
        cues: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        labels: list[Label] = []
        marks = bytearray(len(text) + 1)
        marks[-1] = INSIDE
        meanings = self._meanings
        for word, start, end in self._find(text):
            tag, more, label, mark = meanings[word]
            if mark is not None:
                marks[start:end] = mark
            if tag:
                place = start, end
                cues[tag].append(place)
                for further in more:
                    cues[further].append(place)
                if label:
                    labels.append((start, end, label))
        if "《" in text:
            for title in _TITLE.finditer(text):
                first, last = title.span()
                marks[first:last] = bytes((INSIDE,)) * (last - first)
        ends = [label[1] for label in labels]
        numbers = read_numbers(text)
        if labels:
            numbers = _labelled(text, labels, ends, numbers)
        return Reading(text, cues, marks, labels, ends, numbers, known)


def _meaning(word: str, tags: Sequence[str], *, name: bool) -> tuple[str, tuple[str, ...], str, bytes | None]:
    """Return what a word tells: a tag or "", further ones, the label if a number follows, marks if names end.

    A word that is a family name too, such as the city 南宫, ends none.
    """
    whole = len(word) > 1 and not name and "person.ethnic" not in tags
    told = tuple(dict.fromkeys(tag for tag in tags if tag not in (_NONE, _FAMOUS)))
    label = next((tag for tag in told if tag.startswith(_LABEL)), "")
    first = PLACE if told == ("division.short",) else FAMOUS if _FAMOUS in tags else STARTS
    return (
        told[0] if told else "",
        told[1:],
        label,
        bytes((first, *(INSIDE,) * (len(word) - 1))) if whole else None,
    )


def _labelled(
    text: str, labels: Sequence[Label], ends: Sequence[int], numbers: Sequence[Number]
) -> list[Number]:
    """Return the numbers with what announces them; in an enumeration the first one's cue counts for all."""
    found: list[Number] = []
    last_end, last_label = 0, ""
    for start, end, digits, _ in numbers:
        label = announced(text, labels, ends, start)
        if (
            not label
            and last_label
            and start - last_end <= LONGEST_GAP
            and not text[last_end:start].strip(_RANGE_SIGNS if last_label == _ORDER else _LIST_SIGNS)
        ):
            label = last_label
        found.append((start, end, digits, label))
        last_end, last_label = end, label
    return found
