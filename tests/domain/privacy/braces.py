"""Writes what is found of illnesses, beliefs and accounts in braces, as tests say what is to be found."""

from streams.domain.privacy import PersonalKind, Redactor
from streams.privacy_data import load_lexicon

REDACTOR = Redactor(load_lexicon())
KINDS = {PersonalKind.HEALTH, PersonalKind.RELIGION, PersonalKind.IM_ACCOUNT}


def marked(text: str) -> str:
    """Return `text`, without the braces that it has, with what is found of these kinds in braces."""
    plain = text.replace("{", "").replace("}", "")
    at, parts = 0, []
    for span in REDACTOR.spans(plain):
        if span.kind in KINDS:
            parts += (plain[at : span.start], "{", plain[span.start : span.end], "}")
            at = span.end
    return ("".join(parts) + plain[at:]).replace("}{", "")
