"""A last look at a body before it leaves: patterns of its own, so that a fault in masking shows here."""

import re
import unicodedata
from collections.abc import Iterator

import orjson
from stdnum.cn import ric, uscc

_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
    r"(?![0-9A-Za-z])"
)
_ANNOUNCED = re.compile(
    r"(?:电话|手机|联系方式|致电|拨打|来电|微信|[Tt]el|[Pp]hone|[Mm]obile)(?:(?!单|流水|编号|订)[^0-9]){0,6}"
    r"(?:86[- ]?)?1[3-9][0-9]{9}(?![0-9])"
)
_ALONE = re.compile(r"(?:^|(?<=[，,；;、（(\s]))(?:\+?86[- ]?)?1[3-9][0-9]{9}(?=$|[，,；;、。）)\s])")
_QUOTED = re.compile(r"(?<![0-9])(?:[1-9][0-9]{16}[0-9Xx]|1[3-9][0-9]{9})(?![0-9])")
_NUMBERED = re.compile("[单号码批]|流水|编码|金额|资本")
_REACH = 16
_SHORTEST = 11
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_OFFICIAL = ("WSH", "BH", "SHXYM", "DM")
"""Ends of the codes of columns with official numbers, eleven digits of which are no phone."""


def personal(body: bytes) -> tuple[str, ...]:
    """Return what must not leave: `CF_SY: identity number`, by column, never the number itself.

    `body` is what `sinks.body.render` makes. Looks for citizens' identity numbers with a right check digit
    (GB 11643-1999) anywhere, and for mobile numbers that are announced as such or stand alone.
    """
    content = orjson.loads(body)
    texts = {"reason": content.get("reason"), "item": content.get("item"), **content.get("columns", {})}
    return tuple(
        f"{code}: {what}"
        for code, text in texts.items()
        if isinstance(text, str) and not (text.isascii() and len(text) < _SHORTEST)
        for what in _found(code, unicodedata.normalize("NFKC", text).translate(_INVISIBLE))
    )


def veiled(words: str) -> str:
    """Return a portal's own words without identity and mobile numbers, which it may quote."""
    return _QUOTED.sub(lambda number: f"{number[0][:3]}***", words)


def _found(code: str, text: str) -> Iterator[str]:
    if any(_is_identity(number) for number in _IDENTITY.findall(text)):
        yield "identity number"
    if not code.endswith(_OFFICIAL) and (_ANNOUNCED.search(text) or _stands_alone(text)):
        yield "mobile number"


def _is_identity(number: str) -> bool:
    # a 统一社会信用代码 may be all digits and look like one: then its own check digit tells
    return bool(ric.calc_check_digit(number) == number[-1].upper()) and not uscc.is_valid(number)


def _stands_alone(text: str) -> bool:
    return any(
        not _NUMBERED.search(text, max(0, match.start() - _REACH), match.start())
        for match in _ALONE.finditer(text)
    )
