"""Tells where the provinces, cities and counties of a text end, which stay public before a home's detail."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from streams.domain.privacy.reading import Reading

_SHORT_DIVISION, _NEAR = 3, 24
_ONE_NAME = re.compile("[\u4e00-\u9fff0-9A-Za-z \\n-]+(?<![往到至在于从和与及赴去由经回入])")
_SMALLER = ("乡", "镇", "村", "街道", "路")
"""Of 郊区乡 and 城区街道 the first two characters are no district."""


class Divisions:
    """The provinces, cities and counties that one text names: what stays public ends with the county."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._ends = _independent(reading.text, reading.cues.get("division", ()))
        self._short = dict(reading.cues.get("division.short", ()))
        self._starts = list(self._ends)

    def heads(self) -> Iterator[tuple[int, int]]:
        """Yield where each chain of divisions begins and ends."""
        reached = -1
        for start in sorted((*self._ends, *self._short)) if self._short else self._ends:
            if start >= reached:
                end = self.after(start)
                if end > start:
                    reached = end
                    yield start, end

    def after(self, place: int) -> int:
        """Return where the detail of the address at `place` begins: `place` where no division stands."""
        ends, short = self._ends, self._short
        while True:
            if place in ends:
                place = ends[place]
            elif place in short and self._skip(short[place]) in ends:
                place = short[place]
            else:
                return place
            place = self._skip(place)

    def within(self, start: int, end: int) -> bool:
        """Tell whether a division begins between `start` and `end`."""
        at = bisect_left(self._starts, start)
        return at < len(self._starts) and self._starts[at] < end

    def _skip(self, place: int) -> int:
        return place + 1 if self._text[place : place + 1] == " " else place


def _independent(text: str, divisions: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Return the divisions, start → end, without what only looks like one within the name of a place.

    Of 凤凰新城东区 neither 城东区 nor 东区 is a district: short ones follow another division or a beginning.
    """
    found: dict[int, int] = {}
    last = -1
    for start, end in divisions:
        if end - start <= _SHORT_DIVISION and text[end - 1] == "区" and text.startswith(_SMALLER, end):
            continue
        follows = last >= 0 and not text[last:start].strip(" ")
        if not follows and end - start <= _SHORT_DIVISION and text[end - 1] == "区":
            alone = end - start < _SHORT_DIVISION
            within = last >= 0 and start - last <= _NEAR and _ONE_NAME.fullmatch(text, last, start)
            if alone or within:
                continue
        found[start] = last = end
    return found
