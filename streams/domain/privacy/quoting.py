"""Tells whether a place stands within quotation marks or a title: words of others, of goods, of rules."""

import re

_REACH = 60
_SIGNS = re.compile("[“”《》「」『』‘’]")
_SPEAKER = re.compile("(?:我(?!们|[市省县区局院校国司])|俺|本人)[^。；”]{0,30}$")
_PRAISED = re.compile(
    "宣传|宣称|广告|海报|标语|直播|推广|展板|包装|文案|文章|台词|短视频|横幅|网站|网页|登载|证言|T恤|歌|书"
)
_TESTIFIES = re.compile("本品|产品|[用喝吃服]了")
_NEAR = 16
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


def is_of_speaker(text: str, place: int) -> bool:
    """Tell whether what is quoted up to `place` is told by somebody of himself, and no goods are praised."""
    opened = opening(text, place)
    if _SPEAKER.search(text, opened, place) is None or _TESTIFIES.search(text, opened, place):
        return False
    return _PRAISED.search(text, max(0, opened - _NEAR), opened) is None
