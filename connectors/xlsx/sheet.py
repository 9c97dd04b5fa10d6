"""Turns the events of a sheet into its rows: cell by cell, whatever types and formulas stand in it."""

from functools import lru_cache

from connectors.grid import Record
from connectors.unreadable import UnreadableError
from connectors.xlsx.package import BROKEN
from connectors.xlsx.strings import SharedStrings
from connectors.xlsx.styles import Styles
from connectors.xlsx.values import LOST, day_text, iso_day_text, number_text, unescaped

_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_LONGEST_ROW = 4 * 1024 * 1024
"""Characters; as of a line of JSON."""
_LETTERS = {letter: place for place, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ", start=1)}


class SheetRows:
    """Takes a sheet's events, see `xml_events.Handler`, and holds the rows that are complete."""

    def __init__(self, strings: SharedStrings, styles: Styles, *, from_1904: bool) -> None:
        self._strings, self._styles, self._from_1904 = strings, styles, from_1904
        self._done: list[Record] = []
        self._number = 0
        self._cells: dict[int, str] = {}
        self._flaws: dict[int, str] = {}
        self._length = 0
        self._column = -1
        self._cell: dict[str, str] = {}
        self._stored: list[str] | None = None
        self._formula = self._taking = self._phonetic = False

    def take(self) -> list[Record]:
        """Return the rows since the last call."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if name == "c":
            self._cell, self._stored, self._formula = attributes, None, False
        elif name == "v" or (name == "t" and not self._phonetic):
            self._taking = True
            if self._stored is None:
                self._stored = []
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._begin_row(attributes.get("r", ""))
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == "c":
            self._end_cell()
        elif name == "v" or name == "t":  # noqa: PLR1714 -- called for every cell: a tuple costs more
            self._taking = False
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._phonetic = False

    def text(self, data: str) -> None:
        """Take a piece of text."""
        if self._taking and self._stored is not None and self._length <= _LONGEST_ROW:
            self._stored.append(data)
            self._length += len(data)

    def _begin_row(self, told: str) -> None:
        number = int(told) if len(told) <= 7 and told.isascii() and told.isdigit() else self._number + 1  # noqa: PLR2004 -- digits of the last row
        self._number = max(number, self._number + 1)
        if self._number > _LAST_ROW:
            raise UnreadableError(BROKEN)
        self._cells, self._flaws, self._length, self._column = {}, {}, 0, -1

    def _end_row(self) -> None:
        if self._length > _LONGEST_ROW:
            self._done.append(Record(number=self._number, problem="LINE_TOO_LONG"))
        elif self._cells:
            self._done.append(Record(number=self._number, cells=self._cells, flaws=self._flaws))

    def _end_cell(self) -> None:
        column = _place(self._cell.get("r", "").rstrip("0123456789"))
        self._column = column = self._column + 1 if column < 0 else column
        if column >= _LAST_COLUMN or self._length > _LONGEST_ROW:
            return
        if self._stored is None:
            if self._formula:
                self._cells[column], self._flaws[column] = LOST, "FORMULA_WITHOUT_VALUE"
            return
        stored = self._stored[0] if len(self._stored) == 1 else "".join(self._stored)
        text = self._shared(stored) if self._cell.get("t") == "s" else self._value(stored)
        if text:
            self._cells[column] = text

    def _value(self, stored: str) -> str:
        match self._cell.get("t", "n"):
            case "str" | "inlineStr":
                return unescaped(stored)
            case "e":
                return self._flawed("CELL_ERROR")
            case "b":
                return "TRUE" if stored.strip() == "1" else "FALSE"
            case "d":
                return iso_day_text(stored)
        return self._numeric(stored.strip())

    def _shared(self, stored: str) -> str:
        try:
            return unescaped(self._strings[int(stored)])
        except (ValueError, IndexError):
            return self._flawed("CELL_ERROR")

    def _numeric(self, stored: str) -> str:
        if not stored:
            return self._flawed("FORMULA_WITHOUT_VALUE") if self._formula else ""
        try:
            style = self._cell.get("s")
            if style is not None and self._styles.is_day(style):
                text = day_text(stored, from_1904=self._from_1904)
            else:
                text = number_text(stored)
        except ValueError:
            return self._flawed("CELL_ERROR")
        if LOST in text:
            self._flaws[self._column] = "DIGITS_LOST"
        return text

    def _flawed(self, rule: str) -> str:
        self._flaws[self._column] = rule
        return LOST


@lru_cache(maxsize=1024)
def _place(letters: str) -> int:
    """Return the place of a column from 0, -1 where `letters` tell none."""
    place = 0
    for sign in letters[:4]:
        letter = _LETTERS.get(sign)
        if letter is None:
            return -1
        place = place * 26 + letter
    return place - 1
