"""Finds the official column behind a header: a code, the Chinese name, or another writing of either."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from streams.domain import envelope, legacy, publicity
from streams.domain.columns import TEMPLATES, Column
from streams.domain.folding import compact
from streams.domain.roles import ITEM
from streams.domain.stages import Kind

PERSONAL = "*_XDR_SFZ"
"""Stands for the identity number of 2016, whose column depends on whose it is."""

_CODE = re.compile(r"(?:xk|cf)_[a-z_0-9]+")
_MARKS = re.compile(r"[*:'\"“”‘’]|\((?:必填|选填|必须|必填项|条件必填|格式[^)]*)\)")
_NOTE = re.compile(r"\([^)]*\)$")


@dataclass(frozen=True, slots=True)
class Plan:
    """What each header of a row is."""

    kind: Kind | None
    """None where no header tells a licence from a penalty."""
    columns: tuple[str, ...]
    """For each header in order: an official code, a name of `envelope`, or the header itself."""
    legacy: bool
    """Whether a column of 2016 is among them."""


def fold(header: str) -> str:
    """Return a header as headers are compared: half-width, lower case, without spaces and marks."""
    return _MARKS.sub("", compact(header)).lower()


@lru_cache(maxsize=4096)
def plan(headers: tuple[str, ...], kind: Kind | None) -> Plan:
    """Return what `headers` are on a row of `kind`, which they tell themselves when it is None."""
    folded = tuple(fold(header) for header in headers)
    found = kind or _kind_of(folded)
    known = _KNOWN[found or Kind.PENALTY]
    columns = tuple(_resolved(name, known) or header for name, header in zip(folded, headers, strict=True))
    old = any(name in _LEGACY for name in folded)
    return Plan(found, columns, old)


def known_headers(cells: Iterable[str]) -> int:
    """Return how many columns of one template, or of the envelope, `cells` are the headers of."""
    names = {fold(cell) for cell in cells}
    return max(len({_resolved(name, known) for name in names} - {""}) for known in _KNOWN.values())


def is_header(cell: str) -> bool:
    """Tell whether `cell` is a header of a template or of the envelope."""
    return any(_resolved(fold(cell), known) for known in _KNOWN.values())


def _resolved(name: str, known: Mapping[str, str]) -> str:
    found = known.get(name)
    if found is None and (code := _CODE.search(name)):
        found = known.get(code[0])
    return found or ""


def _kind_of(names: tuple[str, ...]) -> Kind | None:
    """Return the kind that most headers speak for, None when they are even."""
    licence = sum(bool(_resolved(name, _ONLY[Kind.LICENCE])) for name in names)
    penalty = sum(bool(_resolved(name, _ONLY[Kind.PENALTY])) for name in names)
    if licence == penalty:
        return None
    return Kind.LICENCE if licence > penalty else Kind.PENALTY


def _writings(column: Column) -> Iterator[str]:
    yield column.code
    yield column.name
    yield _NOTE.sub("", column.name)
    yield from column.aliases


def _known(kind: Kind) -> Mapping[str, str]:
    names: dict[str, str] = {}
    for column in TEMPLATES[kind].values():
        for writing in _writings(column):
            names.setdefault(fold(writing), column.code)
    for writing, code in legacy.SUCCESSORS[kind].items():
        names.setdefault(fold(writing), code)
    for code, header in legacy.WITHOUT_SUCCESSOR.items():
        names.setdefault(fold(code), code)
        if kind is Kind.PENALTY or code != legacy.STATUS:
            names.setdefault(fold(header), code)
    names.update({fold(writing): PERSONAL for writing in legacy.PERSONAL})
    names.update({fold(code): code for code in legacy.RANGES})
    names.update({fold(writing): meaning for writing, meaning in envelope.NAMES.items()})
    if kind is Kind.PENALTY:
        names.update({fold(writing): publicity.COLUMN for writing in (publicity.COLUMN, *publicity.HEADERS)})
    names.update({fold(writing): ITEM for writing in (ITEM, "事项编码", "item")})
    return MappingProxyType(names)


_KNOWN: Mapping[Kind, Mapping[str, str]] = MappingProxyType({kind: _known(kind) for kind in Kind})
_ONLY: Mapping[Kind, Mapping[str, str]] = MappingProxyType(
    {
        kind: MappingProxyType(
            {name: code for name, code in _KNOWN[kind].items() if name not in _KNOWN[other]}
        )
        for kind, other in ((Kind.LICENCE, Kind.PENALTY), (Kind.PENALTY, Kind.LICENCE))
    }
)
"""Kind → the headers that only its templates have."""
_CURRENT = frozenset(
    fold(writing)
    for columns in TEMPLATES.values()
    for column in columns.values()
    for writing in _writings(column)
)
_LEGACY = frozenset(fold(name) for names in legacy.SUCCESSORS.values() for name in names) - _CURRENT
"""Headers that tell a row of 2016; 许可机关 and 处罚机关 stand in both generations."""
