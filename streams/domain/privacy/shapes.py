"""What stands in the place of personal data: one shape a kind (`domain.md` section 2), irreversible."""

from collections.abc import Iterable, Mapping, MutableMapping

from streams.domain.privacy.spans import PersonalKind, Span

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


def shape(span: Span, text: str, aliases: Mapping[str, str]) -> str:
    """Return what is shown instead of `text`, the characters that `span` marks."""
    length = sum(sign.isalnum() for sign in text)
    match span.kind:
        case PersonalKind.HEALTH:
            return HEALTH_WORD
        case PersonalKind.RELIGION:
            return RELIGION_WORD
        case PersonalKind.PERSON:
            return aliases[text]
        case kind:
            first, last = _SHOWN.get((kind, length), _SHOWN.get((kind, 0), (0, 0)))
            return keep_ends(text, first, last)


def add_aliases(names: Iterable[str], aliases: MutableMapping[str, str]) -> None:
    """Give each new third party 李某 or 李某某, and a further one of that family name another alias."""
    for name in names:
        if name not in aliases:
            family = name[0]
            count = sum(known[0] == family for known in aliases)
            ordinal = _ORDINALS[count] if count < len(_ORDINALS) else f"某{count}"
            aliases[name] = (
                f"{family}某" if len(name) == _SHORT_NAME and not count else f"{family}某{ordinal}"
            )
