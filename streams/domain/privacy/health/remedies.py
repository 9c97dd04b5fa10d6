"""Tells whether somebody who is named gets, has or undergoes something against a condition."""

import re

from streams.domain.privacy.health.wordings import Wordings
from streams.domain.privacy.naming import NameBefore

_LAST_OF_TREATED = frozenset("疗治制解具开配取领买购拿请理用射注以于了")
_MEDICINE = ("用药", "药", "的药", "类药", "治疗药")
_AT_HOSPITAL = re.compile("(?:长期|曾|一直|多次|先后)?(?:[在到赴去][^，。；、]{1,10})?$")
"""Where somebody is treated."""
_FAR = 16
_PRONOUNS = frozenset("他她其我")


class Remedies:
    """Knows names and the words of treatment."""

    def __init__(self, names: NameBefore, wordings: Wordings) -> None:
        self._names = names
        self._wordings = wordings

    def is_treated(self, text: str, start: int, before: str) -> bool:
        """Tell whether somebody who is no healer is named right before a word of treatment."""
        treated = self._wordings.treated.search(before) if before[-1:] in _LAST_OF_TREATED else None
        if not treated:
            return False
        place = start - len(treated[0])
        where = _AT_HOSPITAL.search(text[max(0, place - _FAR) : place])
        place -= len(where[0]) if where else 0
        named = text[place - 1 : place] == "其" or self._names.ends(text, place)
        return named and self._wordings.healer.search(before) is None

    def is_medicine(self, text: str, start: int, end: int, before: str) -> bool:
        """Tell whether somebody who is named before gets or has a medicine against the condition."""
        if not text.startswith(_MEDICINE, end):
            return False
        got = self._wordings.got.search(before)
        place = start - len(got[0]) if got else 0
        had = place > 0 and (text[place - 1] in _PRONOUNS or self._names.ends(text, place))
        return had or self._wordings.kept_in.search(before) is not None
