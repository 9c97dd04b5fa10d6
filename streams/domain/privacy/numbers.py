"""Reads numbers as people type them: broken by spaces, dashes and line ends, or in Chinese numerals."""

import re
from collections.abc import Iterator, Sequence

from streams.domain.privacy.identity import has_birthday, is_card_number, is_old_citizen_number
from streams.domain.privacy.reading import Number

_CHINESE = "〇零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖"
_VALUES = str.maketrans(_CHINESE, "0012345678912123456789")
_CLOSING = "xX×ⅩХΧ"
"""What is typed for the closing X of an identity number; Roman, Cyrillic and Greek letters look alike."""
_BREAKS = r" \t\r\n\-"
_END = rf"(?:[ \t\r\n]?[{_CLOSING}](?![0-9A-Za-z]))?"
_ANY_RUN = re.compile(rf"[0-9{_CHINESE}][0-9{_CHINESE}{_BREAKS}]{{5,}}[0-9{_CHINESE}]{_END}")
_RUN = re.compile(rf"[0-9][0-9{_BREAKS}]{{5,}}[0-9]{_END}")
_CHINESE_RUN = re.compile(rf"[{_CHINESE}][{_CHINESE}0-9 \-]{{6,}}[xX]?")
_DIGITS = {**dict.fromkeys(map(ord, " \t\r\n-")), **dict.fromkeys(map(ord, _CLOSING), "X")}
_GROUP = re.compile(r"[0-9]+")
_GAP = 3
_MOST_GROUPS = 19
_MOBILE = re.compile(r"(?:0{0,2}86)?1[3-9][0-9]{9}")
_CARD_LENGTHS = (16, 17, 18, 19)
_CITIZEN, _OLD_CITIZEN, _REGION = 18, 15, 6
"""Digits of an identity number, of one of the first generation, and of the region that begins both."""
_AREA, _LANDLINE = (3, 4), (10, 11, 12)
_CARD = frozenset((16, 17, 19))
_MOBILE_LENGTHS = frozenset((11, 13, 14, 15))
_WHOLE_LENGTHS = frozenset((10, 11, 12, 13, 14, 15, 16, 17, 18, 19))
_SHORTEST, _LONGEST_APART = 7, 10
"""Digits of the shortest number, and of the longest that counts only because every digit stands apart."""


def read_numbers(text: str) -> list[Number]:
    """Return the numbers of `text` (folded) of seven digits and more in order, broken ones put together."""
    found: list[Number] = []
    for run in _ANY_RUN.finditer(text):
        typed, start = run[0], run.start()
        if typed.isascii():
            if typed.isdigit():
                found.append((start, start + len(typed), typed, ""))
            else:
                found.extend(_split(typed, start))
        else:
            found.extend(_mixed(typed, start))
    return found


def _mixed(typed: str, offset: int) -> list[Number]:
    """Return the numbers of a run that holds Chinese numerals or a closing sign of another script."""
    whole = typed.translate(_DIGITS).translate(_VALUES)
    if _MOBILE.fullmatch(whole):
        return [(offset, offset + len(typed), whole, "")]
    found: list[Number] = []
    for run in _RUN.finditer(typed):
        found.extend(_split(run[0], offset + run.start()))
    for run in _CHINESE_RUN.finditer(typed):
        spoken, start = run[0].rstrip(" -"), offset + run.start()
        digits = re.sub("[ -]", "", spoken).translate(_VALUES).upper()
        found.append((start, start + len(spoken), digits, ""))
    return sorted(found)


def _split(run: str, offset: int) -> Iterator[Number]:
    """Yield the numbers of one run of digits and separators."""
    last_x = run[-1] in _CLOSING
    groups = [(group.start(), group.end()) for group in _GROUP.finditer(run)]
    at = 0
    while at < len(groups):
        upto = _together(run, groups, at)
        end = len(run) if last_x and upto == len(groups) else groups[upto - 1][1]
        digits = run[groups[at][0] : end].translate(_DIGITS)
        if len(digits) >= _SHORTEST:
            yield (offset + groups[at][0], offset + end, digits, "")
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
        apart = upto - at + 1 == len(digits) == len(groups) - at and (
            _SHORTEST <= len(digits) <= _LONGEST_APART or len(digits) == _CITIZEN
        )
        if apart or (
            upto > at and len(digits) in _WHOLE_LENGTHS and _is_whole(run, groups, (at, upto), digits)
        ):
            best = upto + 1
    return best


def _is_whole(run: str, groups: Sequence[tuple[int, int]], part: tuple[int, int], digits: str) -> bool:
    """Tell whether the groups of `part` (first, last) look like one number that somebody broke up."""
    at, upto = part
    length = len(digits)
    closing = "X" if run[-1] in _CLOSING and upto == len(groups) - 1 else ""
    first = groups[at][1] - groups[at][0]
    if length + len(closing) == _CITIZEN:
        return first >= _REGION or closing != "" or has_birthday(digits)
    if length == _OLD_CITIZEN and first >= _REGION and is_old_citizen_number(digits):
        return True
    if digits[0] == "0" and first in _AREA and length in _LANDLINE:
        return True
    if length in _CARD:
        fours = all(end - start == 4 for start, end in groups[at:upto])  # noqa: PLR2004 -- as printed on cards
        return fours or (digits.startswith("62") and is_card_number(digits))
    return length in _MOBILE_LENGTHS and _MOBILE.fullmatch(digits) is not None
