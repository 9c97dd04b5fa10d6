"""Makes the patterns of places at which names may begin, and tells which characters are rare."""

from collections.abc import Mapping

from streams.domain.privacy.lexicon import Lexicon

USUAL_FAMILY, COMMON_WORD = 40, 5
"""From what weight a family name is hardly anything else, and below what weight it mostly is."""
_LED = -45
"""The weight of what is a family name only where one is announced."""
_RARE = 10
"""The least weight of a character that is hardly ever seen."""


def begins(surnames: Mapping[str, int], given: Mapping[str, int]) -> str:
    """Return the pattern of a family name's first character before one that may follow it in a name."""
    # Japanese names count where one is announced: as beginnings they would be looked at everywhere
    compounds = [name for name, weight in surnames.items() if len(name) > 1 and weight > 0]
    families = {name: weight for name, weight in surnames.items() if len(name) == 1}
    heads = _class(
        {*(name[0] for name in compounds), *(name for name, weight in families.items() if weight > _LED)}
    )
    seconds = _class({name[1] for name in compounds})
    weak = "".join(sign for sign, weight in families.items() if weight < USUAL_FAMILY)
    common = "".join(sign for sign, weight in families.items() if weight < COMMON_WORD)
    return (
        f"[{heads}](?=[{_signs(given, -20)}{seconds}])"
        f"(?:(?=[{seconds}])(?<=[{_class({name[0] for name in compounds})}])|(?<![{weak}])"
        f"|(?<![{common}])(?=[{_signs(given, 15)}]|.[{_signs(given, 0)}])"
        f"|(?=[{_signs(given, 40)}]|[{_signs(given, 5)}][{_signs(given, 5)}]))"
    )


def spaced(families: Mapping[str, int], given: Mapping[str, int]) -> str:
    """Return the pattern of a name of two characters with a space between."""
    heads = _class({name for name, weight in families.items() if weight >= COMMON_WORD})
    return f" (?<=[{heads}] )(?<! . )(?=[{_signs(given, 5)}](?! ))"


def rare(lexicon: Lexicon) -> dict[str, int]:
    """Return characters of given names that no common word, illness or goods hold: they occur in names."""
    known = set().union(lexicon.words, lexicon.diseases, lexicon.goods, lexicon.divisions)
    common = set().union(*known, *lexicon.cues["health.core"])
    return {sign: _RARE for sign, weight in lexicon.given.items() if weight < _RARE and sign not in common}


def _class(signs: set[str]) -> str:
    return "".join(sorted(signs))


def _signs(given: Mapping[str, int], least: int) -> str:
    return "".join(sign for sign, weight in given.items() if weight >= least)
