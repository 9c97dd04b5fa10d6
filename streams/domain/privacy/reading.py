"""One text as all detectors read it: folded, with the places of every cue word and every number in it."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from streams.domain.privacy.lexicon import Lexicon

FILLERS = " \t\r\n：:为是系即叫：（(【[“”\"'‘’号码第#＃=-，,．.及和其均同"
"""Signs and small words that may stand between a cue and what it announces."""

LONGEST_GAP = 8


@dataclass(frozen=True, slots=True)
class Number:
    """A number as typed, with its digits in half width; a closing X of an identity number is one of them."""

    start: int
    end: int
    digits: str
    label: str = ""
    """Tag of the cue that announces it, such as `label.phone`."""


@dataclass(frozen=True, slots=True)
class Label:
    """A cue word that tells what comes after it."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the detectors look at; all positions are those of the folded text."""

    text: str
    cues: Mapping[str, tuple[tuple[int, int], ...]]
    """Tag → places of its cue words, in order."""
    labels: tuple[Label, ...]
    """Every `label.*` cue by its end; of those with one end the longest."""
    label_ends: tuple[int, ...]
    numbers: tuple[Number, ...]
    lexicon: Lexicon
    known: frozenset[str]
    """Names that stand in public columns: party, representative, authority."""

    def label_before(self, place: int) -> str:
        """Return the tag of the label that announces what starts at `place`, or ""."""
        return announced(self.text, self.labels, self.label_ends, place)


def announced(text: str, labels: Sequence[Label], ends: Sequence[int], place: int) -> str:
    """Return the tag of the last of `labels` when only fillers stand between it and `place`, or ""."""
    index = bisect_right(ends, place) - 1
    if index < 0:
        return ""
    label = labels[index]
    gap = text[label.end : place]
    return label.tag if len(gap) <= LONGEST_GAP and not gap.strip(FILLERS) else ""
