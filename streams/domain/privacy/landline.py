"""Finds landline numbers with their extension; service numbers of authorities and firms stay."""

import re
from collections.abc import Iterator

from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_EXTENSION = r"(?:\s?[（(]?(?:转|分机|ext\.?|-)(?:分机)?号?\s?[0-9]{1,6}(?![0-9]))?"
_WITH_AREA = re.compile(
    r"(?<![0-9A-Za-z])(?:\+?86[ -]?)?[（(]?(0[0-9]{2,3})[)）]?[ \-]{0,3}([2-9](?:[ -]?[0-9]){6,7})(?![0-9])"
    + _EXTENSION
)
_LOCAL = re.compile(r"[2-9][0-9]{2,3}[ -]?[0-9]{4}(?![0-9])" + _EXTENSION)
_HOTLINE_REACH = 8


def detect(reading: Reading) -> Iterator[Span]:
    """Yield numbers with an area code, and seven or eight digits that a phone cue announces."""
    if "0" in reading.text:
        for match in _WITH_AREA.finditer(reading.text):
            label = reading.label_before(match.start())
            apart = len(match[0]) > len(match[1]) + len(match[2])
            if match[1] not in reading.lexicon.area_codes or label in ("label.order", "label.hotline"):
                continue
            if apart or label == "label.phone":
                yield _span(match.start(), match.end(), "area code")
    for number in reading.numbers:
        if number.label == "label.phone" and (local := _LOCAL.match(reading.text, number.start)):
            yield _span(local.start(), local.end(), "announced")


def _span(start: int, end: int, reason: str) -> Span:
    return Span(start=start, end=end, kind=PersonalKind.LANDLINE, reason=reason)
