"""Writes what is found in braces, as tests say what is to be found."""

from collections.abc import Collection

from streams.domain.privacy import PersonalKind, Redactor
from streams.privacy_data import load_lexicon

REDACTOR = Redactor(load_lexicon())
KINDS = {PersonalKind.HEALTH, PersonalKind.RELIGION, PersonalKind.IM_ACCOUNT}


def written(text: str, kinds: Collection[PersonalKind] = tuple(PersonalKind)) -> str:
    """Return `text`, without the braces that it has, with each place of these kinds in braces."""
    plain = text.replace("{", "").replace("}", "")
    at, parts = 0, []
    for start, end, kind, _ in REDACTOR.spans(plain):
        if kind in kinds:
            parts += (plain[at:start], "{", plain[start:end], "}")
            at = end
    return "".join(parts) + plain[at:]


def marked(text: str, kinds: Collection[PersonalKind] = KINDS) -> str:
    """Return `text` with what is found of `kinds` in braces; neighbours share them."""
    return written(text, kinds).replace("}{", "")
