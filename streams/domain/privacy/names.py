"""Tells where a personal name begins and ends."""

import re

from streams.domain.privacy.lexicon import Lexicon

_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,6}(?:[·•・‧.][\u4e00-\u9fff]{1,8}){1,3}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FOLLOWERS = frozenset(
    "的在于与和及将向因称对未从为系被由购到提等是给把留自述反映以用至携带经也又曾已所则按其出接打说认可申驾收使表转受要签参前后同并就随办"
)
_NOT_GIVEN = frozenset(
    "的了在于与和及或将向因对未从为系被由等是给把其所则按个们这那你我他她它之有不无以至到并且而但"
)
_TITLES = ("某某", "某", "老太", "老汉", "大爷", "大妈", "先生", "女士", "小姐", "同志")


def name_end(text: str, start: int, lexicon: Lexicon) -> int:
    """Return the end of the name that begins at `start`, or `start` when none does."""
    dotted = _DOTTED.match(text, start)
    if dotted:
        return dotted.end()
    family = (
        2
        if text[start : start + 2] in lexicon.surnames
        else 1
        if text[start : start + 1] in lexicon.surnames
        else 0
    )
    if not family:
        return start
    given = start + family
    for title in _TITLES:
        if text.startswith(title, given):
            return (
                given
                + len(title)
                + (1 if title == "某" and _is_given(text[given + 1 : given + 2], lexicon) else 0)
            )
    if not _is_given(text[given : given + 1], lexicon) or text[start : start + 2] in lexicon.words:
        return start
    return given + 1 + _has_second(text, given + 1, lexicon)


def _has_second(text: str, place: int, lexicon: Lexicon) -> int:
    """Return 1 when the sign at `place` is the second one of a given name, else 0."""
    sign, following = text[place : place + 1], text[place + 1 : place + 2]
    if not _is_given(sign, lexicon):
        return 0
    if not _HAN.match(following):
        return 1
    if sign in _FOLLOWERS and text[place : place + 2] in lexicon.words:
        return 0
    if text[place : place + 2] in lexicon.words and following not in _FOLLOWERS:
        return 0 if text[place + 1 : place + 3] not in lexicon.words else 1
    return 1


def _is_given(sign: str, lexicon: Lexicon) -> bool:
    return sign in lexicon.given and sign not in _NOT_GIVEN
