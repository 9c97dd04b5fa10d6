"""Tells whether somebody, by name or by what he is, stands right beside a condition or begins its line."""

import re

from streams.domain.privacy.health.forms import ENDING
from streams.domain.privacy.health.wordings import Wordings
from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.naming import NameBefore

_NUMBER_ENDS = re.compile("[0-9]{3}[0-9Xx]$")
_ONESELF = ("自己", "本人", "自身")
_DIGITS = re.compile("[0-9]{2}")
_ROLE_LENGTHS = (2, 3, 4)
_FIELD = "；;，,|｜/ \t—"
_FAR = 40
_OPENED, _CLOSED = ("（", "("), ("）", ")")
_AGE = re.compile("(?:[0-9]{1,3}岁)?的?(?:[男女老新](?![人生子士童孩工]))?")
"""Between 的 and what somebody is."""
_OF_MANY = frozenset("们等群专适可应不享优的须，。、；：”）")
"""Behind what people in general are."""
_WHO = frozenset("员者人工妇师生")
_COMMAS, _ENDS_OF_ITEMS = ("，", ","), ("，", ",", "；", ";", "。", "、", "（", "")
_LINE = re.compile(
    "(?:^|[；;：:。\\n]|[0-9一二三四五六七八九十][.．、)）])([\u4e00-\u9fff·]{2,5})[，,][^；;：:。\\n]*$"
)
"""A line of a list from the name with which it begins."""
_FAMILIAR, _NO_FAMILY = ("老", "小"), frozenset("年于化时公")
"""Before a family name alone (老宋), and what makes another word with them."""
_COLONS = ("：", ":")
_NUMERALS, _LONGEST_NAME = "0123456789一二三四五六七八九十", 3
_WHO_OR_FIELD = frozenset("员工者客童妇：:；;\n")
"""Ends of words for what somebody is, and what a field begins behind."""


class Whose:
    """Knows names and roles; looks at what stands next to a condition alone."""

    def __init__(self, lexicon: Lexicon, names: NameBefore, wordings: Wordings) -> None:
        self._names = names
        self._wordings = wordings
        self._roles = frozenset(lexicon.cues["person.role"])

    def is_called(self, text: str, start: int) -> bool:
        """Tell whether what may be a name, known or not, stands right before, behind a role or in a field."""
        if text[start - 2 : start - 1] in _FAMILIAR and self._names.seems_to_begin(text, start - 1):
            return text[start - 1] not in _NO_FAMILY
        for place in (start - 2, start - 3, start - 4):
            if place > 1 and self._names.seems_to_begin(text, place):
                if text[place - 1] in _WHO_OR_FIELD:
                    return True
                if any(text[place - length : place] in self._roles for length in _ROLE_LENGTHS):
                    return True
        return False

    def is_listed(self, text: str, start: int, end: int) -> bool:
        """Tell whether the item of a list that the condition is, or ends, begins with a name."""
        if text[start - 1 : start] not in _COMMAS or text[end : end + 1] not in _ENDS_OF_ITEMS:
            return False
        line = _LINE.search(text, max(0, start - _FAR), start)
        if line is None:
            return False
        led = text[line.start()] in _COLONS and line.end(1) + 1 == start and not ENDING.search(line[1])
        numbered = text[line.start()] in _NUMERALS
        return self._names.ends(text, line.end(1)) or (
            (numbered or led) and len(line[1]) <= _LONGEST_NAME and self._names.may_begin(text, line.start(1))
        )

    def has_role_behind(self, text: str, place: int) -> bool:
        """Tell whether what somebody is and his name stand at `place`: 先天性心脏病幼儿龚琳娜."""
        return any(
            text[place : place + length] in self._roles
            and (
                self._names.begins(text, place + length)
                or text[place + length + 1 : place + length + 2] == "某"
            )
            for length in _ROLE_LENGTHS
        )

    def has_behind(self, text: str, place: int) -> bool:
        """Tell whether a name, alone or behind what somebody is, begins at `place`, behind 的."""
        if self._names.begins(text, place) and not self._wordings.subject.match(text, place):
            return True
        if self._names.begins_elsewhere(text, place):
            return True
        age = _AGE.match(text, place)
        first = age.end() if age else place
        for length in _ROLE_LENGTHS:
            role, ends = text[first : first + length], first + length
            known = role in self._roles
            if (known or role[-1:] in _WHO) and self._names.begins(text, ends):
                return True
            if known and text[ends : ends + 1] not in _OF_MANY:
                return True
        return False

    def is_owned(self, text: str, start: int, end: int) -> bool:
        """Tell whether a name and 的 stand right before, and no test of something is meant."""
        if text[start - 1 : start] != "的" or text.startswith(self._wordings.test, end):
            return False
        return text.endswith(_ONESELF, 0, start - 1) or self._names.ends(text, start - 1)

    def is_somebodys(self, text: str, start: int) -> bool:
        """Tell whether a name stands right before, or a name or number in the field of a list before."""
        if self._names.ends(text, start) or self.is_role(text, start):
            return True
        if text[start - 1 : start] in _CLOSED and start:
            opened = max(text.rfind(sign, max(0, start - _FAR), start) for sign in _OPENED)
            return (
                opened > 0
                and _DIGITS.search(text, opened, start) is not None
                and (self._names.ends(text, opened) or self.is_role(text, opened))
            )
        if text[start - 1 : start] in _OPENED and start > 1:
            return self._names.ends(text, start - 1) or self.is_role(text, start - 1)
        if text[start - 1 : start] not in _FIELD or not start:
            return False
        return self._names.ends(text, start - 1) or self.is_numbered(text, start)

    def is_role(self, text: str, place: int) -> bool:
        """Tell whether a word for what somebody is ends right before `place`."""
        return any(text[max(0, place - length) : place] in self._roles for length in _ROLE_LENGTHS)

    def is_numbered(self, text: str, start: int) -> bool:
        """Tell whether the field of a list before `start` ends with a person's number."""
        field = text[start - 1 : start] in _FIELD and start > 0
        return field and _NUMBER_ENDS.search(text, max(0, start - 5), start - 1) is not None
