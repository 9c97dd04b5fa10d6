"""Settles where a condition begins when a name, or a cause that no list has, stands right before it."""

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.naming import NameBefore

_CAUSES = frozenset("菌虫酸碱醇醛酯烷烯胺酮酚氯氟磷胶漆物窦腺")
"""Ends of germs, chemicals and tissues: 肺孢子菌肺炎, 苯系物中毒."""
_ANNOUNCES = frozenset("患为系有致某")
_CHEMICAL = frozenset("系化合聚")
"""Before 物 in names of chemicals."""
_LONGEST_CAUSE, _SHORTEST = 6, 3
_ROLE_LENGTHS = (2, 3, 4)


class LeftEdge:
    """Knows names and roles, which the words of conditions alone do not tell."""

    def __init__(self, lexicon: Lexicon, names: NameBefore) -> None:
        self._roles = frozenset(lexicon.cues["person.role"])
        self._names = names

    def of(self, text: str, start: int, end: int) -> int:
        """Return where the condition from `start` to `end` begins."""
        if start == 0:
            return start
        if text[start - 1] in _CAUSES:
            return self._with_cause(text, start)
        if (
            end - start > _SHORTEST
            and self._names.may_begin(text, start - 1)
            and self._is_role(text, start - 1)
            and not self._is_role(text, start)
        ):
            return start + 1
        return start

    def _with_cause(self, text: str, start: int) -> int:
        """Return where the cause before `start` begins if a name or 患 is before it, or `start`."""
        if text[start - 1] == "物" and text[start - 2] not in _CHEMICAL:
            return start
        for place in range(start - 2, max(0, start - _LONGEST_CAUSE - 1), -1):
            if text[place - 1] in _ANNOUNCES or self._names.ends(text, place):
                return place
            if not "\u4e00" <= text[place - 1] <= "\u9fff":
                return start
        return start

    def _is_role(self, text: str, place: int) -> bool:
        """Tell whether a word for what somebody is ends right before `place`."""
        return any(text[max(0, place - length) : place] in self._roles for length in _ROLE_LENGTHS)
