"""What stands in the place of personal data: one shape a kind (`domain.md` section 2), irreversible."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from streams.domain.privacy.spans import PersonalKind

Ends = tuple[int, int]
"""How many letters and digits are shown at the beginning and at the end."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """What is shown of numbers: kind and count of letters and digits (0: any) → ends; of others nothing."""

    ends: Mapping[tuple[PersonalKind, int], Ends]

    def of(self, kind: PersonalKind, count: int) -> Ends:
        """Return what is shown of a number of `kind` with `count` letters and digits."""
        ends = self.ends.get((kind, count))
        return ends if ends is not None else self.ends.get((kind, 0), (0, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From where on a masked text is doubtful, so that a person has to look at it."""

    share: float = 0.6
    """Masked characters among all."""
    shortest: int = 60
    """Characters; of a shorter text a large share is usual, such as a name and a number."""


@dataclass(frozen=True, slots=True)
class MaskPolicy:
    """The shapes by portal: conventions differ, such as six birth digits hidden or the whole birthday."""

    default: Shapes
    portals: Mapping[str, Shapes] = field(default_factory=dict)
    """Portals with shapes of their own."""
    thresholds: Thresholds = field(default_factory=Thresholds)
    hidden: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Portal → official codes of public columns that it does not get."""


USUAL = Shapes(
    {
        (PersonalKind.CITIZEN_ID, 18): (6, 4),
        (PersonalKind.CITIZEN_ID, 15): (6, 3),
        (PersonalKind.MOBILE, 11): (3, 4),
        (PersonalKind.PLATE, 0): (2, 0),
    }
)
"""First 6 and last 4 of an identity number, so that no digit of the birthday shows (`docs/privacy.md`)."""

HEALTH_WORD = "〔健康信息〕"
RELIGION_WORD = "〔信仰信息〕"
_WORDS = {PersonalKind.HEALTH: HEALTH_WORD, PersonalKind.RELIGION: RELIGION_WORD}
_SHOWN = frozenset((PersonalKind.CITIZEN_ID, PersonalKind.MOBILE, PersonalKind.PLATE))
_PERSON = PersonalKind.PERSON  # a constant, as a member is looked up slowly
_HIDDEN = "*"
_SIGN = re.compile(r"[^\W_]")
"""A letter or digit, as `str.isalnum` has it."""
_SHORT_NAME = 2
_ORDINALS = "某甲乙丙丁戊己庚辛壬癸"


def keep_ends(text: str, first: int, last: int) -> str:
    """Return `text` with what stands between the `first` and the `last` letters and digits hidden.

    Signs between them are hidden too, so that of a number with dashes or invisible signs a third is hidden.
    """
    if text.isalnum():
        shown = len(text) - first - last
        return text[:first] + _HIDDEN * shown + text[len(text) - last :] if shown > 0 else text
    places = [place for place, sign in enumerate(text) if sign.isalnum()]
    hidden = places[first : len(places) - last]
    if not hidden:
        return text
    start = places[first - 1] + 1 if first else hidden[0]
    end = places[len(places) - last] if last else hidden[-1] + 1
    return (
        text[:start] + "".join(sign if sign.isspace() else _HIDDEN for sign in text[start:end]) + text[end:]
    )


def shape(kind: PersonalKind, text: str, aliases: "Aliases", shapes: Shapes = USUAL) -> str:
    """Return what is shown instead of `text`, personal data of `kind`."""
    if kind is _PERSON:
        return aliases.of(text)
    if word := _WORDS.get(kind):
        return word
    if kind in _SHOWN:
        length = len(text) if text.isalnum() else sum(map(str.isalnum, text))
        return keep_ends(text, *shapes.of(kind, length))
    return _HIDDEN * len(text) if text.isalnum() else _SIGN.sub(_HIDDEN, text)


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
