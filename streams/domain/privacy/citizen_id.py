"""Finds identity numbers (GB 11643-1999), passports and travel permits."""

import re
from collections.abc import Iterable, Iterator

from streams.domain.privacy.identity import has_birthday, is_citizen_number, is_old_number
from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.CITIZEN_ID
_OTHER_PAPER = re.compile(
    r"[\s：:为是号码（(]{0,6}([A-Za-z]{1,3}[ -]?[0-9]{6,12}(?:[（(][0-9A-Za-z][)）])?)(?![0-9A-Za-z])"
)
_BEFORE_OLD = ("（", "(", "，", ",", "；", ";", "、", " ", "\n")
"""What an old number, which has no check digit, stands behind among somebody's particulars."""
_TYPED_LENGTHS = range(14, 21)
_LENGTH = 18


class CitizenIdDetector:
    """Yields numbers with a right check digit, and whatever an identity cue announces."""

    def detect(self, reading: Reading) -> Iterable[Span]:
        """Return identity numbers, also mistyped ones where a cue announces them."""
        return () if not reading.numbers and "label.id" not in reading.cues else self._found(reading)

    def _found(self, reading: Reading) -> Iterator[Span]:
        listed = "label.id" in reading.cues
        for start, end, digits, label in reading.numbers:
            if len(digits) == _LENGTH and is_citizen_number(digits):
                yield _span(start, end, "check digit")
            elif listed and label == "" and has_birthday(digits):
                yield _span(start, end, "birthday in a list")
            elif label == "" and is_old_number(digits) and reading.text[start - 1 : start] in _BEFORE_OLD:
                yield _span(start, end, "birthday of an old number")
            elif label == "label.id" and len(digits) in _TYPED_LENGTHS:
                yield _span(start, end, "announced")
        for label_start, end in reading.cues.get("label.id", ()):
            paper = _OTHER_PAPER.match(reading.text, end)
            if paper and label_start < paper.start(1):
                yield _span(paper.start(1), paper.end(1), "announced paper")


def _span(start: int, end: int, reason: str) -> Span:
    return Span(start, end, _KIND, reason)
