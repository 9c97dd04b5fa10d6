"""Finds conditions as people tell them, by a part of the body and what is wrong with it: 心脏搭过桥."""

import re
from collections.abc import Iterator

from streams.domain.privacy.health.anatomy import PART_AHEAD
from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.reading import Reading

_BETWEEN = "(?:[上里]面?|都|也|就|又|一直|总是?|有点儿?|有些|特别|很|经?常|老是?|已经?|早就|可能)?"
_HALF = "(?:半个|一个|一侧|一只|半边|大半个|[0-9一二两三]根)?"
_NO_FURNITURE = "(?<![桌椅凳床架柜机车])(?<![桌椅凳架柜]子)"
_FAR = 8


class Colloquial:
    """Knows the parts of the body and the organs that are taken out, by their everyday names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._part = re.compile(f"{_NO_FURNITURE}(?:{lexicon.pattern('health.plain_part')}){_BETWEEN}$")
        self._organ = re.compile(f"{_HALF}(?:{lexicon.pattern('health.plain_organ')})")

    def find(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Yield the places of parts with what is wrong with them, and of organs that were taken out."""
        text = reading.text
        for start, end in reading.cues.get("health.plain", ()):
            part = self._part.search(text, max(0, start - _FAR), start)
            if part:
                yield part.start(), end
        for start, end in reading.cues.get("health.taken_out", ()):
            organ = self._organ.match(text, end) or PART_AHEAD.match(text, end)
            if organ:
                yield start, organ.end()
