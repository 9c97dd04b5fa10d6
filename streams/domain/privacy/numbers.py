"""Reads numbers as people type them: broken by spaces, dashes and line ends, or in Chinese numerals."""

import re
from collections.abc import Iterator, Sequence

from streams.domain.privacy.identity import is_card_number, is_citizen_number
from streams.domain.privacy.reading import Number

_CHINESE = "〇零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖"
_VALUES = str.maketrans(_CHINESE, "0012345678912123456789")
_RUN = re.compile(r"[0-9][0-9 \t\r\n\-]{3,}[0-9](?:[ \t\r\n]?[xX](?![0-9A-Za-z]))?")
_CHINESE_RUN = re.compile(rf"[{_CHINESE}][{_CHINESE}0-9 \-]{{6,}}[xX]?")
_GROUP = re.compile(r"[0-9]+")
_GAP = 3
_MOST_GROUPS = 19
_MOBILE = re.compile(r"(?:0{0,2}86)?1[3-9][0-9]{9}")
_CARD_LENGTHS = (16, 17, 18, 19)
_SHORTEST = 5


def read_numbers(text: str) -> list[Number]:
    """Return the numbers of `text` (folded) of five digits and more in order, broken ones put together."""
    found: list[Number] = []
    for run in _RUN.finditer(text):
        typed = run[0]
        if typed.isdigit():
            found.append(Number(run.start(), run.end(), typed))
        else:
            found.extend(_split(typed, run.start()))
    chinese = [
        Number(run.start(), run.start() + len(typed), re.sub("[ -]", "", typed).translate(_VALUES).upper())
        for run in _CHINESE_RUN.finditer(text)
        if (typed := run[0].rstrip(" -"))
    ]
    if chinese:
        found = sorted(found + chinese)
    return found


def _split(run: str, offset: int) -> Iterator[Number]:
    """Yield the numbers of one run of digits and separators."""
    last_x = run[-1] in "xX"
    groups = [(group.start(), group.end()) for group in _GROUP.finditer(run)]
    at = 0
    while at < len(groups):
        upto = _together(run, groups, at)
        end = len(run) if last_x and upto == len(groups) else groups[upto - 1][1]
        digits = "".join(sign for sign in run[groups[at][0] : end] if sign.isalnum()).upper()
        if len(digits) >= _SHORTEST:
            yield Number(offset + groups[at][0], offset + end, digits)
        at = upto


def _together(run: str, groups: Sequence[tuple[int, int]], at: int) -> int:
    """Return the index after the last group that belongs to the number which starts with group `at`."""
    digits, best = "", at + 1
    for upto in range(at, min(len(groups), at + _MOST_GROUPS)):
        if upto > at and groups[upto][0] - groups[upto - 1][1] > _GAP:
            break
        digits += run[groups[upto][0] : groups[upto][1]]
        if len(digits) > _CARD_LENGTHS[-1]:
            break
        if upto > at and _is_whole(run, groups, (at, upto), digits):
            best = upto + 1
    return best


def _is_whole(run: str, groups: Sequence[tuple[int, int]], part: tuple[int, int], digits: str) -> bool:
    """Tell whether the groups of `part` (first, last) look like one number that somebody broke up."""
    at, upto = part
    closing = run[-1].upper() if run[-1] in "xX" and upto == len(groups) - 1 else ""
    first = run[groups[at][0] : groups[at][1]]
    if len(digits + closing) == 18:  # noqa: PLR2004 -- an identity number, its region first, or mistyped
        return is_citizen_number(digits + closing) or len(first) >= 6 or closing != ""  # noqa: PLR2004
    if _MOBILE.fullmatch(digits):
        return True
    fours = all(end - start == 4 for start, end in groups[at:upto])  # noqa: PLR2004 -- as printed on cards
    if len(digits) in _CARD_LENGTHS and (fours or (digits.startswith("62") and is_card_number(digits))):
        return True
    return first[0] == "0" and len(first) in (3, 4) and 10 <= len(digits) <= 12  # noqa: PLR2004 -- area code
