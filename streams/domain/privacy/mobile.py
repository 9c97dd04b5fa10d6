"""Finds mobile numbers, and tells them from order numbers and amounts."""

import re
from collections.abc import Iterator

from streams.domain.privacy.reading import Number, Reading
from streams.domain.privacy.spans import PersonalKind, Span

_MOBILE = re.compile(r"(?:0{0,2}86)?0?1[3-9][0-9]{9}")
_EXTENSION = re.compile(r"\s?[（(]?(?:转|分机|ext\.?|-|—)(?:分机)?号?\s?[0-9]{1,6}[)）]?(?![0-9])")
_AMOUNT = re.compile(
    r"[.,，]?[0-9]|\s?(?:元|万|亿|余元|千|％|%|人民币|股|吨|公斤|千克|克|件|个|只|条|台|套|瓶|盒|袋|箱|支|次|号)"
)
_LETTER = re.compile(r"[0-9A-Za-z.]")
_PHONE_WORDS = ("tel", "mob", "phone", "qq", "wx", "vx", "t", "m", "sj", "dh")
_LETTERS_BEFORE = re.compile(r"[A-Za-z]+$")


def detect(reading: Reading) -> Iterator[Span]:
    """Yield eleven digits that start like a mobile number unless something says that they are none."""
    for number in reading.numbers:
        if (
            _MOBILE.fullmatch(number.digits)
            and number.label != "label.order"
            and not _is_other(reading.text, number)
        ):
            start = number.start
            if number.digits.startswith("86") and reading.text[start - 1 : start] == "+":
                start -= 1
            extension = _EXTENSION.match(reading.text, number.end)
            end = extension.end() if extension else number.end
            yield Span(start=start, end=end, kind=PersonalKind.MOBILE, reason="eleven digits")


def _is_other(text: str, number: Number) -> bool:
    before = text[number.start - 1 : number.start]
    if before == "第" or (before and "0" <= before <= "9"):
        return True
    if before and _LETTER.match(before):
        letters = _LETTERS_BEFORE.search(text, max(0, number.start - 8), number.start)
        return before == "." or letters is None or letters[0].lower() not in _PHONE_WORDS
    return number.label != "label.phone" and _AMOUNT.match(text, number.end) is not None
