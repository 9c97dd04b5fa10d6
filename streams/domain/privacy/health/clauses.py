"""Tells whose a condition is by the clause before it and by what else is told of somebody behind it."""

import re

from streams.domain.privacy.health.wordings import Wordings
from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.naming import NameBefore

_CLAUSE = re.compile("[^，。；：:\n、（(]{2,24}$")
_KIN = re.compile("(?:其|之)(?:[子女父母妻夫兄弟姐妹孙]|配偶|岳[父母]|[长次][子女])$")
_ENDS_OF_KIN = frozenset("子女父母妻夫兄弟姐妹孙偶")
_LONGEST_UNKNOWN = 14
_SERVED = re.compile("(?:患者|病人)(?![\u4e00-\u9fff]某)")
_COMMAS = ("，", ",")
_ROLE_LENGTHS = (2, 3, 4)
_BEHIND, _FAR = 16, 40


class Clauses:
    """Knows roles, names and wordings; looks at one clause at a time."""

    def __init__(self, lexicon: Lexicon, names: NameBefore, wordings: Wordings) -> None:
        self._roles = frozenset(lexicon.cues["person.role"])
        self._names = names
        self._wordings = wordings

    def is_item(self, text: str, start: int, end: int) -> bool:
        """Tell whether a person's home, phone or kin is the next item of the list, and nothing is praised."""
        item = self._wordings.item_behind.match(text, end)
        return item is not None and not self._wordings.cured.search(text, max(0, start - _FAR), start)

    def befell(self, text: str, start: int) -> bool:
        """Tell whether the clause up to `start`, or an accident before it, begins with what somebody is."""
        place = start
        if text[start - 1 : start] in _COMMAS:
            place = start - 1
            accident = _CLAUSE.search(text, max(0, place - _BEHIND), place)
            if accident is None or not self._wordings.accident.search(accident[0]):
                return False
        clause = _CLAUSE.search(text, max(0, place - _BEHIND), place)
        if not clause or self._wordings.acts_on.search(clause[0]):
            return False
        first = clause.start()
        return any(text[first : first + length] in self._roles for length in _ROLE_LENGTHS)

    def is_served(self, text: str, end: int, before: str) -> bool:
        """Tell whether a healer serves patients with the condition up to `end`, and none of them is named."""
        served = _SERVED.match(text, end) if self._wordings.serves.search(before) else None
        return served is not None and not self._names.begins(text, served.end())

    def behind_whom(self, text: str, end: int) -> int:
        """Return where what ends at `end` begins, behind a role and a name, or a relative; -1 if nowhere."""
        for place in range(end - 2, max(0, end - _LONGEST_UNKNOWN), -1):
            if not "\u4e00" <= text[place] <= "\u9fff":
                break
            kin = text[place - 1] in _ENDS_OF_KIN and _KIN.search(text, max(0, place - 3), place)
            if not kin and not self._is_named(text, place):
                continue
            if not self._wordings.no_condition.search(text, place, end):
                return place
        return -1

    def _is_named(self, text: str, place: int) -> bool:
        """Tell whether a role and a name, known by its characters, end right before `place`."""
        for first in range(place - 2, max(1, place - 5), -1):
            if self._names.may_begin(text, first):
                for length in _ROLE_LENGTHS:
                    if text[first - length : first] in self._roles:
                        return self._names.ends(text, place)
        return False
