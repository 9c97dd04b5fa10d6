"""Tells whether a place stands within quotation marks or a title: words of others, of goods, of rules."""

_PAIRS = (("“", "”"), ("《", "》"), ("「", "」"), ("『", "』"), ("‘", "’"))
_REACH = 60


def is_quoted(text: str, place: int) -> bool:
    """Tell whether a quotation or title that began within 60 characters before `place` is still open."""
    first = max(0, place - _REACH)
    return any(
        text.rfind(opened, first, place) > text.rfind(closed, first, place) for opened, closed in _PAIRS
    )
