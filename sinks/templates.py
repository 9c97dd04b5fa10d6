"""The four official templates as portals know them: their names, and the columns that may be public."""

from collections.abc import Mapping

from streams.domain.columns import TEMPLATES, Column, Publicity
from streams.domain.stages import Kind

NAMES: Mapping[tuple[Kind, bool], str] = {
    (Kind.LICENCE, False): "frxzxk",
    (Kind.LICENCE, True): "zrrxzxk",
    (Kind.PENALTY, False): "frxzcf",
    (Kind.PENALTY, True): "zrrxzcf",
}
"""(kind, a natural person's) → name, as the tables of exchange databases have them (`domain.md` 5)."""


def public_columns(kind: Kind, *, natural: bool) -> tuple[Column, ...]:
    """Return the columns of one template that may be public, in the official order."""
    return tuple(
        column
        for column in TEMPLATES[kind].values()
        if column.publicity is not Publicity.RESTRICTED and (column.natural if natural else column.legal)
    )
