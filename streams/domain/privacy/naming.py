"""Tells whether a person's name ends at a place, by its characters alone; for finds that stand beside one."""

import re

from streams.domain.privacy.lexicon import Lexicon

_LONGEST = 9
_FAMILY, _GIVEN = -20, 0
"""What a family name and a character of a given one weigh at least (tenths of ln)."""
_DOTTED = re.compile("[·.][\u4e00-\u9fff]{2,6}$")


class NameBefore:
    """A cheap look back; whether somebody is a third party at all is told elsewhere."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._families = frozenset(
            name for name, weight in lexicon.surnames.items() if len(name) > 1 or weight >= _FAMILY
        )
        self._given = frozenset(sign for sign, weight in lexicon.given.items() if weight >= _GIVEN)
        self._words = lexicon.words
        self._pairs = lexicon.given_pairs
        self._ethnic = frozenset(lexicon.ethnic)
        self._lengths = sorted({len(part) for part in lexicon.ethnic})
        self._last = self._given.union(
            "某", (pair[-1] for pair in lexicon.given_pairs), (part[-1] for part in lexicon.ethnic)
        )

    def ends(self, text: str, place: int) -> bool:
        """Tell whether a name ends right before `place`."""
        tail = text[max(0, place - _LONGEST) : place]
        if not tail:
            return False
        if tail[-1] not in self._last:
            return ("·" in tail or "." in tail) and _DOTTED.search(tail) is not None
        if self._usual(tail) or (tail[-1] == "某" and tail.rstrip("某")[-1:] in self._families):
            return True
        if ("·" in tail or "." in tail) and _DOTTED.search(tail):
            return True
        return any(tail[-length:] in self._ethnic for length in self._lengths)

    def begins(self, text: str, place: int) -> bool:
        """Tell whether a name of two or three characters may begin at `place`, by its characters."""
        first = place + 1
        if text[place : first + 1] in self._families:
            return True
        if text[place:first] not in self._families:
            return False
        return text[first : first + 2] in self._pairs or (
            text[first : first + 1] in self._given and text[place : first + 1] not in self._words
        )

    def begins_elsewhere(self, text: str, place: int) -> bool:
        """Tell whether a part of a Tibetan, Mongolian, Uyghur or Yi name begins at `place`."""
        return any(text[place : place + length] in self._ethnic for length in self._lengths)

    def seems_to_begin(self, text: str, place: int) -> bool:
        """Tell whether a family name and no common word stand at `place`; for behind what somebody is."""
        two = text[place : place + 2]
        return two in self._families or (two[:1] in self._families and two not in self._words)

    def may_begin(self, text: str, place: int) -> bool:
        """Tell whether a family name stands at `place`, whatever follows."""
        return text[place : place + 1] in self._families or text[place : place + 2] in self._families

    def _usual(self, tail: str) -> bool:
        """Tell whether `tail` ends with a family name and one or two given characters."""
        families, given = self._families, self._given
        if tail[-2:] in self._pairs and (tail[-3:-2] in families or tail[-4:-2] in families):
            return True
        if tail[-1] not in given:
            return False
        before = tail[:-1].rstrip(" ")
        if before[-1:] in families and (before != tail[:-1] or tail[-2:] not in self._words):
            return True
        if before[-2:] in families:
            return True
        return before[-1:] in given and (before[-2:-1] in families or before[-3:-1] in families)
