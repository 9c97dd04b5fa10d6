"""Cuts text into what is searched by: pairs of Chinese characters, and runs of letters and digits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from streams.domain.folding import halfwidth

LONGEST = 64
"""Characters of one word that count; a longer one is found by these."""
MOST_WORDS = 15_000
"""Of one text: PostgreSQL counts no positions beyond 16,383."""
MOST_PHRASES = 8
_HAN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"([{_HAN}]+)|([^\W_{_HAN}]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words that must stand one after the other."""

    words: tuple[str, ...]
    open: bool
    """Whether the last word is but the start of one."""
    run: str
    """As it was typed, folded: what is marked in the results."""


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in their order; the last character of a Chinese run is one by itself."""
    found: list[str] = []
    for han, plain in _runs(text):
        if plain:
            found.append(plain[:LONGEST])
        else:
            found += [han[at : at + 2] for at in range(len(han))]
        if len(found) >= MOST_WORDS:
            break
    return tuple(found[:MOST_WORDS])


def phrases(query: str) -> tuple[Phrase, ...]:
    """Return what a text must hold to be found by `query`; empty where nothing in it can be searched."""
    found = []
    for han, plain in _runs(query):
        if plain:
            found.append(Phrase(words=(plain[:LONGEST],), open=True, run=plain))
        elif len(han) == 1:
            found.append(Phrase(words=(han,), open=True, run=han))
        else:
            pairs = tuple(han[at : at + 2] for at in range(len(han) - 1))
            found.append(Phrase(words=pairs, open=False, run=han))
    return tuple(found[:MOST_PHRASES])


def _runs(text: str) -> Iterator[tuple[str, str]]:
    folded = halfwidth(text).casefold()
    return ((match[1] or "", match[2] or "") for match in _RUN.finditer(folded))
