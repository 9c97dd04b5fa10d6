"""Tells whether a place stands within quotation marks or a title: words of others, of goods, of rules."""

import re

_REACH = 60
_LAST = re.compile(".*([“”《》「」『』‘’])", re.DOTALL)
_OPENING = "“《「『‘"


def is_quoted(text: str, place: int) -> bool:
    """Tell whether a quotation or title that began within 60 characters before `place` is still open."""
    last = _LAST.match(text, max(0, place - _REACH), place)
    return last is not None and last[1] in _OPENING
