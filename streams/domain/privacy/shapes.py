"""What stands in the place of personal data: one shape a kind (`domain.md` section 2), irreversible."""

from collections import Counter
from collections.abc import Mapping

from streams.domain.privacy.spans import PersonalKind

HEALTH_WORD = "〔健康信息〕"
RELIGION_WORD = "〔信仰信息〕"
_SHOWN: Mapping[tuple[PersonalKind, int], tuple[int, int]] = {
    (PersonalKind.CITIZEN_ID, 18): (6, 4),
    (PersonalKind.CITIZEN_ID, 15): (6, 4),
    (PersonalKind.MOBILE, 11): (3, 4),
    (PersonalKind.PLATE, 0): (2, 0),
}
"""Kind and number of letters and digits (0: any) → how many are shown at either end; all others none."""
_HIDDEN = "*"
_SHORT_NAME = 2
_ORDINALS = "某甲乙丙丁戊己庚辛壬癸"


def keep_ends(text: str, first: int, last: int) -> str:
    """Return `text` with the letters and digits between the `first` and the `last` ones hidden."""
    if text.isalnum():
        shown = len(text) - first - last
        return text[:first] + _HIDDEN * shown + text[len(text) - last :] if shown > 0 else text
    places = [place for place, sign in enumerate(text) if sign.isalnum()]
    hidden = set(places[first : len(places) - last])
    return "".join(_HIDDEN if place in hidden else sign for place, sign in enumerate(text))


def shape(kind: PersonalKind, text: str, aliases: "Aliases") -> str:
    """Return what is shown instead of `text`, personal data of `kind`."""
    match kind:
        case PersonalKind.HEALTH:
            return HEALTH_WORD
        case PersonalKind.RELIGION:
            return RELIGION_WORD
        case PersonalKind.PERSON:
            return aliases.of(text)
        case PersonalKind.CITIZEN_ID | PersonalKind.MOBILE | PersonalKind.PLATE:
            length = len(text) if text.isalnum() else sum(map(str.isalnum, text))
            first, last = _SHOWN.get((kind, length), _SHOWN.get((kind, 0), (0, 0)))
            return keep_ends(text, first, last)
        case _:
            return keep_ends(text, 0, 0)


class Aliases:
    """The third parties of one decision and what each is called: 李某某, a further 李 李某甲."""

    def __init__(self) -> None:
        self._aliases: dict[str, str] = {}
        self._families: Counter[str] = Counter()

    def of(self, name: str) -> str:
        """Return the alias of `name`, a new one where the decision has not named the person yet."""
        if name not in self._aliases:
            family = name[0]
            count = self._families[family]
            self._families[family] += 1
            ordinal = _ORDINALS[count] if count < len(_ORDINALS) else f"某{count}"
            short = len(name) == _SHORT_NAME and not count
            self._aliases[name] = f"{family}某" if short else f"{family}某{ordinal}"
        return self._aliases[name]
