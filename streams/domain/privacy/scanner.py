"""Makes a text into a `Reading`: one scan for all cue words, one for the numbers."""

from collections.abc import Collection
from dataclasses import replace

from ahocorasick_rs import AhoCorasick, Implementation

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.numbers import read_numbers
from streams.domain.privacy.reading import LONGEST_GAP, Label, Number, Reading, announced

_LIST_SIGNS = " \t\r\n、,，/;；和及与或"


class Scanner:
    """Holds the automaton of all cue and lexicon words; made once a process."""

    def __init__(self, lexicon: Lexicon) -> None:
        tags: dict[str, list[str]] = {}
        for tag, words in lexicon.cues.items():
            for word in words:
                tags.setdefault(word, []).append(tag)
        for word in lexicon.diseases:
            tags.setdefault(word, []).append("health.core")
        self._lexicon = lexicon
        self._tags = tuple(tuple(dict.fromkeys(of_word)) for of_word in tags.values())
        self._automaton = AhoCorasick(list(tags), implementation=Implementation.DFA)

    def read(self, text: str, known: Collection[str]) -> Reading:
        """Return the reading of `text`, which is folded already."""
        cues: dict[str, list[tuple[int, int]]] = {}
        longest: dict[int, Label] = {}
        for word, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            for tag in self._tags[word]:
                cues.setdefault(tag, []).append((start, end))
                if tag.startswith("label.") and (end not in longest or start < longest[end].start):
                    longest[end] = Label(start, end, tag)
        labels = tuple(longest[end] for end in sorted(longest))
        ends = tuple(label.end for label in labels)
        return Reading(
            text=text,
            cues={tag: tuple(places) for tag, places in cues.items()},
            labels=labels,
            label_ends=ends,
            numbers=_labelled(text, labels, ends),
            lexicon=self._lexicon,
            known=frozenset(known),
        )


def _labelled(text: str, labels: tuple[Label, ...], ends: tuple[int, ...]) -> tuple[Number, ...]:
    """Return the numbers with what announces them; in an enumeration the first one's cue counts for all."""
    numbers: list[Number] = []
    for number in read_numbers(text):
        label = announced(text, labels, ends, number.start)
        if not label and numbers:
            between = text[numbers[-1].end : number.start]
            if len(between) <= LONGEST_GAP and not between.strip(_LIST_SIGNS):
                label = numbers[-1].label
        numbers.append(replace(number, label=label))
    return tuple(numbers)
