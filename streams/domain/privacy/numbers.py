"""Reads numbers as people type them: broken by spaces, dashes and line ends, or in Chinese numerals."""

import re
from collections.abc import Iterator

from streams.domain.privacy.identity import is_citizen_number
from streams.domain.privacy.reading import Number

_CHINESE = "〇零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖"
_VALUES = str.maketrans(_CHINESE, "001234567891212345678" + "9")
_RUN = re.compile(r"[0-9](?:[ \t\r\n\-]{0,3}[0-9])*(?:[ \t\r\n]{0,2}[xX](?![0-9A-Za-z]))?")
_CHINESE_RUN = re.compile(rf"[{_CHINESE}](?:[ \-、]?[{_CHINESE}0-9]){{6,}}[xX]?")
_GROUP = re.compile(r"[0-9]+")
_MOST_GROUPS = 19
_MOBILE = re.compile(r"(?:0{0,2}86)?1[3-9][0-9]{9}")
_CARD_LENGTHS = (16, 17, 18, 19)
_SHORTEST = 5


def read_numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of `text` (folded) in order, parts that belong together as one."""
    found = [number for run in _RUN.finditer(text) for number in _split(run[0], run.start())]
    found.extend(
        Number(run.start(), run.end(), re.sub("[ 、-]", "", run[0]).translate(_VALUES).upper())
        for run in _CHINESE_RUN.finditer(text)
    )
    found.sort(key=lambda number: number.start)
    return tuple(found)


def _split(run: str, offset: int) -> Iterator[Number]:
    last_x = run[-1] in "xX"
    if run.isdigit() or (last_x and run[:-1].isdigit()):
        if len(run) >= _SHORTEST:
            yield Number(offset, offset + len(run), run.upper())
        return
    groups = [(group.start(), group.end()) for group in _GROUP.finditer(run)]
    at = 0
    while at < len(groups):
        upto = _together(run, groups, at)
        end = len(run) if last_x and upto == len(groups) else groups[upto - 1][1]
        typed = run[groups[at][0] : end]
        digits = "".join(sign for sign in typed if sign.isalnum()).upper()
        if len(digits) >= _SHORTEST:
            yield Number(offset + groups[at][0], offset + end, digits)
        at = upto


def _together(run: str, groups: list[tuple[int, int]], at: int) -> int:
    """Return the index after the last group that belongs to the number which starts with group `at`."""
    digits, best = "", at + 1
    for upto in range(at, min(len(groups), at + _MOST_GROUPS)):
        digits += run[groups[upto][0] : groups[upto][1]]
        if len(digits) > max(_CARD_LENGTHS):
            break
        if upto > at and _is_whole(run, groups, at, upto, digits):
            best = upto + 1
    return best


def _is_whole(run: str, groups: list[tuple[int, int]], at: int, upto: int, digits: str) -> bool:
    """Tell whether groups `at` to `upto` look like one number that somebody broke up."""
    closing = run[-1].upper() if run[-1] in "xX" and upto == len(groups) - 1 else ""
    if _MOBILE.fullmatch(digits) or is_citizen_number(digits + closing):
        return True
    if len(digits + closing) == 18 and len(digits) >= 17:  # noqa: PLR2004 -- an identity number with a typing mistake
        return groups[at][1] - groups[at][0] >= 6  # noqa: PLR2004 -- its region stands first
    fours = all(end - start == 4 for start, end in groups[at:upto])  # noqa: PLR2004 -- as printed on cards
    if fours and len(digits) in _CARD_LENGTHS:
        return True
    first = run[groups[at][0] : groups[at][1]]
    return first[0] == "0" and len(first) in (3, 4) and 10 <= len(digits) <= 12  # noqa: PLR2004 -- area code
