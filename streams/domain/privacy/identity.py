"""Tells a citizen's identity number (GB 11643-1999) from other numbers of its length."""

import re

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_LENGTH, _OLD_LENGTH = 18, 15
_REGIONS = frozenset(
    str(region)
    for first, last in (
        (11, 15),
        (21, 23),
        (31, 37),
        (41, 46),
        (50, 54),
        (61, 65),
        (71, 71),
        (81, 83),
        (91, 91),
    )
    for region in range(first, last + 1)
)
"""First two digits: provinces of GB/T 2260, residents from Hong Kong, Macao and Taiwan, foreigners."""

_BIRTHDAY = re.compile(r"(?:18[5-9]|19[0-9]|20[0-9])[0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")

_SHORT_BIRTHDAY = re.compile(r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


def is_citizen_number(digits: str) -> bool:
    """Tell whether `digits` have a region, a birthday and the right check digit (X for ten)."""
    if not has_birthday(digits):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == digits[17]


def has_birthday(digits: str) -> bool:
    """Tell whether `digits` are 18, with a region and a birthday where an identity number has them."""
    return (
        len(digits) == _LENGTH
        and digits[:17].isdigit()
        and digits[:2] in _REGIONS
        and _BIRTHDAY.fullmatch(digits, 6, 14) is not None
    )


def is_old_citizen_number(digits: str) -> bool:
    """Tell whether `digits` are 15, with a region and a birthday, as identity numbers were until 1999."""
    return (
        len(digits) == _OLD_LENGTH
        and digits.isdigit()
        and digits[:2] in _REGIONS
        and _SHORT_BIRTHDAY.fullmatch(digits, 6, 12) is not None
    )


def is_card_number(digits: str) -> bool:
    """Tell whether `digits` pass the Luhn check of bank cards (GB/T 17552)."""
    double = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(double) + sum(int(digit) for digit in digits[::-2])) % 10 == 0
