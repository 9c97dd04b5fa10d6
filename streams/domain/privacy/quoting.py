"""Tells whether a place stands within quotation marks or a title: words of others, of goods, of rules."""

import re

_REACH = 60
_SIGNS = re.compile("[“”《》「」『』‘’]")
_OPENING = "“《「『‘"


def is_quoted(text: str, place: int) -> bool:
    """Tell whether a quotation or title that began within 60 characters before `place` is still open."""
    # the last sign is the first one backwards
    last = _SIGNS.search(text[max(0, place - _REACH) : place][::-1])
    return last is not None and last[0] in _OPENING


def opening(text: str, place: int) -> int:
    """Return where the last quotation mark or title sign before `place` stands, or `place`."""
    first = max(0, place - _REACH)
    last = _SIGNS.search(text[first:place][::-1])
    return place - 1 - last.start() if last else place
