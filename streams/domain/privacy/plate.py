"""Finds vehicle number plates (GA 36-2018)."""

import re
from collections.abc import Iterator

from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.PLATE
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_BY_OTHER_NAMES = "黔滇陇秦"
"""Written by slip for 贵, 云, 甘 and 陕."""
_PLATE = re.compile(
    rf"[{_PROVINCES}{_BY_OTHER_NAMES}][ ·\-]?[A-HJ-NP-Za-hj-np-z][ \t\r\n·•・.\-]{{0,3}}临?"
    r"((?:[A-HJ-NP-Za-hj-np-z0-9] ?){3,5}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳领])(?![A-Za-z0-9\-])"
)
_ARMED = re.compile(rf"WJ[{_PROVINCES}]?[ ·]?[0-9]{{4,5}}[A-Z0-9]?(?![A-Z0-9])")
_ANNOUNCED = re.compile(
    r"[\s：:为是（(“\"]{0,4}"
    r"((?:(?![牌码号为是系])[\u4e00-\u9fff]){0,2}[A-Z0-9][A-Z0-9·\- ]{3,8}[A-Z0-9])(?![A-Z0-9])"
)
_OF_EQUIPMENT = re.compile("[容锅梯起管瓶游索车][0-9]{1,2}$")
"""Begins the number of a lift, a boiler and the like, as 梯11浙A00123."""
_FEWEST_DIGITS = 2
_PLAIN, _MARKED = 5, 4
"""Fewest signs after the city's letter: of a usual plate, and of one that ends in 挂 and the like."""


class PlateDetector:
    """A plate without cue has two digits at least, a letter among six signs, and no 编号 before."""

    def detect(self, reading: Reading) -> Iterator[Span]:
        """Return number plates of the mainland."""
        text = reading.text
        for match in _PLATE.finditer(text):
            signs = match[1].replace(" ", "")
            if len(signs) < (_PLAIN if signs.isascii() else _MARKED):
                continue
            start = match.start()
            if (len(signs) > _PLAIN and signs.isdigit()) or _OF_EQUIPMENT.search(
                text, max(0, start - 3), start
            ):
                continue
            if reading.label_before(start) == "label.order":
                continue
            if sum(map(str.isdigit, signs)) >= _FEWEST_DIGITS:
                yield _span(match.start(), match.end(1), "plate")
        if "WJ" in text:
            for match in _ARMED.finditer(text):
                yield _span(match.start(), match.end(), "armed police plate")
        for _, end in reading.cues.get("label.plate", ()):
            announced = _ANNOUNCED.match(text, end)
            if announced and any(map(str.isdigit, announced[1])):
                yield _span(announced.start(1), announced.end(1), "announced")


def _span(start: int, end: int, reason: str) -> Span:
    return Span(start, end, _KIND, reason)
