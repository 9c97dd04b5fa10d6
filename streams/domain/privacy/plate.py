"""Finds vehicle number plates (GA 36-2018)."""

import re
from collections.abc import Iterator

from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][ ]?[A-HJ-NP-Za-hj-np-z]"
    r"[ \t\r\n·•・.．\-]{0,2}"
    r"((?:[A-HJ-NP-Za-hj-np-z0-9][ ]?){3,5}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳领超试])(?![A-Za-z0-9\-])"
)
_ARMED = re.compile(
    r"WJ[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]?[ ·]?[0-9]{4,5}[A-Z0-9]?(?![A-Z0-9])"
)
_FEWEST_DIGITS = 2


def detect(reading: Reading) -> Iterator[Span]:
    """Yield plates of the mainland; the letters alone are no proof, so two digits at least."""
    for match in _PLATE.finditer(reading.text):
        signs = match[1].replace(" ", "")
        plain = signs.isascii()
        if len(signs) < (5 if plain else 4) or sum(map(str.isdigit, signs)) < _FEWEST_DIGITS:
            continue
        yield Span(start=match.start(), end=match.end(1), kind=PersonalKind.PLATE, reason="plate")
    if "WJ" in reading.text:
        for match in _ARMED.finditer(reading.text):
            yield Span(
                start=match.start(), end=match.end(), kind=PersonalKind.PLATE, reason="armed police plate"
            )
