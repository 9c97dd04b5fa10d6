"""Folds what people type in different ways to one writing: full-width signs, spaces, zero-width signs."""

import re
from unicodedata import is_normalized, normalize

_PLAIN = re.compile(r"[0-9A-Za-z\u4e00-\u9fff()〔〕·-]*")
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)


def halfwidth(text: str) -> str:
    """Return `text` with full-width and compatibility signs as their plain ones (NFKC)."""
    return text if text.isascii() or is_normalized("NFKC", text) else normalize("NFKC", text)


def compact(text: str) -> str:
    """Return `text` half-width and without any whitespace, zero-width or control sign."""
    if _PLAIN.fullmatch(text):
        return text
    # A space between a letter and its accent may have kept them apart, hence the second time.
    return halfwidth(_INVISIBLE.sub("", "".join(halfwidth(text).split())))


def code(text: str) -> str:
    """Return an identifier as it is compared and published: compact, in upper case."""
    return compact(text).upper()
