"""Tells which cell formats of a workbook show a number as a day."""

import re

_BUILT_IN_DAYS = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58))
"""ECMA-376 part 1, 18.8.30, with the formats of Chinese Excel; those of times alone are none."""
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DAY = re.compile("[ydYD年日]|[Mm]{3}")
_MOST = 100_000


class Styles:
    """Which formats are days; takes the events of `styles.xml`, see `xml_events.Handler`."""

    def __init__(self) -> None:
        self._days = set(_BUILT_IN_DAYS)
        self._cells: list[bool] = []
        self._in_cells = False

    def is_day(self, style: str) -> bool:
        """Tell whether the format of number `style` shows a day."""
        number = int(style) if style.isascii() and style.isdigit() else -1
        return 0 <= number < len(self._cells) and self._cells[number]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if name == "numFmt":
            number = attributes.get("numFmtId", "")
            if number.isascii() and number.isdigit() and len(self._days) < _MOST:
                self._custom(int(number[:9]), attributes.get("formatCode", ""))
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells and len(self._cells) < _MOST:
            number = attributes.get("numFmtId", "0")
            self._cells.append(number.isascii() and number.isdigit() and int(number[:9]) in self._days)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == "cellXfs":
            self._in_cells = False

    def text(self, data: str) -> None:
        """Take a piece of text; there is none in styles."""

    def _custom(self, number: int, code: str) -> None:
        if _DAY.search(_LITERAL.sub("", code.partition(";")[0])):
            self._days.add(number)
        else:
            self._days.discard(number)
