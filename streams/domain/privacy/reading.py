"""One text as all detectors read it: folded, with the places of every cue word and every number in it."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeAlias

from streams.domain.privacy.spans import Span

FILLERS = " \t\r\n：:为是系即叫：（(【[】]“”\"'‘’号码第#＃=-，,．.及和其均同"
"""Signs and small words that may stand between a cue and what it announces."""

LONGEST_GAP = 8
INSIDE, STARTS, PLACE, FAMOUS = 1, 2, 3, 4

Number: TypeAlias = tuple[int, int, str, str]
"""A number as typed: start, end, its digits in half width (a closing X of an identity number is one of them)
and the tag of the cue that announces it, such as `label.phone`, or "". A plain tuple, as a text holds dozens
and plain ones are made fastest."""

Label: TypeAlias = tuple[int, int, str]
"""A cue word that tells what comes after it: start, end, tag."""


class Reading(NamedTuple):
    """What the detectors look at; all positions are those of the folded text."""

    text: str
    cues: Mapping[str, Sequence[tuple[int, int]]]
    """Tag → places of its cue words, in order; tags that do not occur are absent."""
    marks: bytes | bytearray
    """A mark for each place and the end: `STARTS` where a known word of two signs or more begins, `INSIDE`
    within one or within a title, `PLACE` where a place's short name begins, which may be a given name too
    (新民), `FAMOUS` where a name begins that all know, else 0. No name begins inside a word or crosses
    another beginning."""
    labels: Sequence[Label]
    """Every `label.*` cue, in order."""
    label_ends: Sequence[int]
    numbers: Sequence[Number]
    known: Collection[str]
    """Names that stand in public columns: party, representative, authority."""

    def label_before(self, place: int) -> str:
        """Return the tag of the label that announces what starts at `place`, or ""."""
        return announced(self.text, self.labels, self.label_ends, place)


class Detector(Protocol):
    """Finds one kind of personal data: a text in, its places and reasons out. Made once a process."""

    def detect(self, reading: Reading) -> Iterable[Span]:
        """Return what was found, in any order, overlaps allowed."""


def announced(text: str, labels: Sequence[Label], ends: Sequence[int], place: int) -> str:
    """Return the tag of the last of `labels` when only fillers stand between it and `place`, or ""."""
    index = bisect_right(ends, place) - 1
    if index < 0:
        return ""
    _, end, tag = labels[index]
    if place - end > LONGEST_GAP or (place > end and text[end:place].strip(FILLERS)):
        return ""
    return tag
