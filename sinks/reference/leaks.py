"""Finds personal data that must never have reached a portal, so that a leak shows at once."""

import re
from collections.abc import Mapping
from typing import Any

from stdnum.cn import ric, uscc

CITIZEN_ID = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])"
)
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def leaks(columns: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the codes of columns with an identity number (居民身份证号) or a mobile number in them."""
    return tuple(code for code, value in columns.items() if isinstance(value, str) and _leaks(value))


def _leaks(text: str) -> bool:
    return bool(MOBILE.search(text)) or any(_identity(found) for found in CITIZEN_ID.findall(text))


def _identity(number: str) -> bool:
    # a 统一社会信用代码 may be all digits and look like one: then the check digits tell
    return bool(ric.calc_check_digit(number) == number[-1].upper()) or not uscc.is_valid(number)
