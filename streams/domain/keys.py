"""The business key of a decision: authority, document number and subject, however they were typed."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from streams.domain import folding
from streams.domain.identifiers import is_uscc, with_digits
from streams.domain.roles import ROLES
from streams.domain.stages import DecisionKey, Kind

LOST = "\ufffd"
"""Stands for what could not be read of a text."""

_BRACKETS = str.maketrans(
    {
        **dict.fromkeys("([{<【〖「『〈《⟨❲〘〚", "〔"),
        **dict.fromkeys(")]}>】〗」』〉》⟩❳〙〛", "〕"),
        **dict.fromkeys("‐‑‒–—―−﹣", "-"),
        "|": "¦",
    }
)
_PLAIN = re.compile(r"[0-9A-Za-z\u4e00-\u9fff〔〕-]*")
"""Most document numbers and names: nothing to replace."""

_NAME = str.maketrans({"|": "¦", **dict.fromkeys("•・‧∙⋅●", "·")})

_PARTS = MappingProxyType(
    {kind: (roles.authority_code, roles.document, roles.subject) for kind, roles in ROLES.items()}
)


def decision_key(kind: Kind, columns: Mapping[str, str]) -> DecisionKey:
    """Return `<authority's code>|<document number>|<subject's name>`, normalised; a missing part is empty.

    The key of the field itself: 文书号 and 相对人名称 among the records of one authority (`domain.md` 1.4).
    """
    authority, document, subject = _PARTS[kind]
    return DecisionKey(
        f"{_authority(columns.get(authority, ''))}|{document_number(columns.get(document, ''))}"
        f"|{subject_name(columns.get(subject, ''))}"
    )


def is_readable(key: str) -> bool:
    """Tell whether `key` says which decision it is: nothing of its parts was lost in reading."""
    return LOST not in key


def document_number(text: str) -> str:
    """Return a document number in one writing: 〔〕 for every bracket, - for every dash, no spaces."""
    return text if _PLAIN.fullmatch(text) else folding.compact(text).translate(_BRACKETS)


def subject_name(text: str) -> str:
    """Return a name in one writing: half-width brackets, one kind of middle dot, no spaces."""
    return text if _PLAIN.fullmatch(text) else folding.compact(text).translate(_NAME)


@lru_cache(maxsize=1024)
def _authority(text: str) -> str:
    code = folding.code(text).replace("|", "¦")
    # the row is refused for such a letter all the same; mended, it must be the same decision
    meant = with_digits(code)
    return meant if is_uscc(meant) else code
