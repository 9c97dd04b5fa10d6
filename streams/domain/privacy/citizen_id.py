"""Finds identity numbers (GB 11643-1999), passports and travel permits."""

import re
from collections.abc import Iterator

from streams.domain.privacy.identity import is_citizen_number
from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_OTHER_PAPER = re.compile(
    r"[\s：:为是号码（(]{0,6}([A-Za-z]{1,3}[ -]?[0-9]{6,12}(?:[（(][0-9A-Za-z][)）])?)(?![0-9A-Za-z])"
)
_TYPED_LENGTHS = (15, 16, 17, 18, 19)


def detect(reading: Reading) -> Iterator[Span]:
    """Yield numbers with a right check digit, and whatever an identity cue announces."""
    for number in reading.numbers:
        if is_citizen_number(number.digits):
            yield _span(number.start, number.end, "check digit")
        elif number.label == "label.id" and len(number.digits) in _TYPED_LENGTHS:
            yield _span(number.start, number.end, "announced")
    for label in reading.labels:
        if label.tag == "label.id" and (paper := _OTHER_PAPER.match(reading.text, label.end)):
            yield _span(paper.start(1), paper.end(1), "announced paper")


def _span(start: int, end: int, reason: str) -> Span:
    return Span(start=start, end=end, kind=PersonalKind.CITIZEN_ID, reason=reason)
