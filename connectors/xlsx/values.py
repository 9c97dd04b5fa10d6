"""Writes a cell's stored value as one would type it: days, and numbers without traces of binary floats."""

import re
from datetime import datetime, timedelta
from decimal import Decimal

LOST = "\ufffd"
"""Stands for what cannot be read; no rule lets it through."""
_EXACT_DIGITS = 15
"""Excel keeps no more of a number: the rest of an identity number becomes zeros."""
_LARGEST_EXPONENT = 20
_LAST_SERIAL = 2_958_466
_MISSING_DAY = 60
"""Excel counts a 29 February 1900 that never was."""
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 -- a day in a cell has no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 -- a day in a cell has no zone
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_MIDNIGHT = "T00:00:00"
_SERIALS = (Decimal(18_264), Decimal(73_051))
"""The days from 1950 to 2099, whose numbers are no day in any other writing."""
_SERIAL = re.compile(r"[1-7][0-9]{4}")


def number_text(stored: str) -> str:
    """Return a number as Excel shows it; U+FFFD stands for digits that Excel did not keep.

    Raises `ValueError` for what is none.
    """
    if len(stored) <= _EXACT_DIGITS and stored.isascii() and stored.isdigit():
        return stored
    number = float(stored)
    value = Decimal(format(number, f".{_EXACT_DIGITS}g"))
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST_EXPONENT:
        return LOST
    text = format(value, "f")
    if abs(value) >= 10**_EXACT_DIGITS:
        return text[:_EXACT_DIGITS] + LOST * (len(text) - _EXACT_DIGITS)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def day_text(stored: str, *, from_1904: bool) -> str:
    """Return the day, and the time where there is one, that Excel stores as `stored`.

    Raises `ValueError` where it is none.
    """
    serial = float(stored)
    if not 1 <= serial < _LAST_SERIAL:
        return number_text(stored)
    if from_1904:
        moment = _EPOCH_1904 + timedelta(days=serial)
    else:
        moment = _EPOCH + timedelta(days=serial + (serial < _MISSING_DAY))
    moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    if moment.time() == datetime.min.time():
        return moment.date().isoformat()
    return moment.isoformat(" ")


def iso_day_text(stored: str) -> str:
    """Return a cell of type `d` as a day, without the midnight behind it."""
    return stored.removesuffix("Z").removesuffix(".000").removesuffix(_MIDNIGHT)


def serial_day(text: str) -> str:
    """Return the day that a plain number in a column of days stands for, `text` itself when it is none."""
    if _SERIAL.fullmatch(text) and _SERIALS[0] <= Decimal(text) < _SERIALS[1]:
        return (_EPOCH.date() + timedelta(days=int(text))).isoformat()
    return text


def unescaped(text: str) -> str:
    """Return `text` with `_x000D_` and its like as the signs that they stand for."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
