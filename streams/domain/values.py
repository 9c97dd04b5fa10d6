"""Reads days and amounts as departments write them."""

import re
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache

from streams.domain.folding import halfwidth

CHINA = timezone(timedelta(hours=8))

UNLIMITED = date(2099, 12, 31)
"""What 长期 is written as in a column of days (`domain.md` 1.1, row 22)."""

DECIMALS = 6
"""Of an amount in 万元: NUMBER(14,6)."""

_LONG_TERM = frozenset(("长期", "长期有效", "永久", "永久有效", "无固定期限", "无期限"))
_DAY = re.compile(
    r"([0-9]{4})(?:([-/._])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))"
    r"(?:[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_AMOUNT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?(万元整?|万)?")
_YUAN = re.compile(r"(?:人民币|[¥￥])?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]{1,2})?元整?")


@lru_cache(maxsize=8192)
def read_day(text: str) -> date | None:
    """Return the day in `text`, None when there is none.

    Forms: 2026-09-24, 2026/9/24, 2026.09.24, 2026_09_24 (`domain.md` 1.4), 20260924, 2026年9月24日, each also
    with a time behind it; a time with a zone is told in Chinese time.
    """
    plain = halfwidth(text).strip()
    match = _DAY.fullmatch(plain)
    if match is None:
        return None
    if match[9]:
        return _zoned(plain)
    try:
        return date(
            int(match[1]), int(match[3] or match[5] or match[7]), int(match[4] or match[6] or match[8])
        )
    except ValueError:
        return None


def _zoned(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).astimezone(CHINA).date()
    except (ValueError, OverflowError):
        return None


def read_last_day(text: str) -> date | None:
    """Return the day in `text`; 长期 is the last day of 2099."""
    return UNLIMITED if text in _LONG_TERM else read_day(text)


def read_amount(text: str) -> Decimal | None:
    """Return the amount in 万元 that `text` writes (`0.2`, `1,200.5`, `2万元`), None when it writes none."""
    match = _AMOUNT.fullmatch("".join(halfwidth(text).split()))
    return None if match is None else Decimal(match[1].replace(",", "") + (match[2] or ""))


def read_yuan(text: str) -> Decimal | None:
    """Return an amount that was written in 元 (`2000元`) in 万元, None when it was not."""
    match = _YUAN.fullmatch("".join(halfwidth(text).split()))
    return None if match is None else Decimal(match[1].replace(",", "") + (match[2] or "")) / 10_000


def plain(amount: Decimal) -> str:
    """Return an amount as one would type it: no exponent, no zeros behind."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
