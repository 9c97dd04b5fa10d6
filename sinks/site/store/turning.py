"""Turns pages: which results lie on one, and where its neighbours are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sinks.site.store.criteria import Place, Way

Key: TypeAlias = tuple[int, ...]
"""What results are sorted by, the greatest first; its last number is the decision's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The decisions of a page, and where others lie; `last` is to be offered where there is an `after`."""

    ids: tuple[int, ...]
    before: Place | None
    after: Place | None
    last: Place


def of_keys(keys: Sequence[Key], place: Place, size: int) -> Page:
    """Return a page of all results, or of all up to one beyond the page."""
    here = place.position if keys and len(place.position) == len(keys[0]) else ()
    if place.way is Way.BEFORE:
        beyond = [key for key in reversed(keys) if not here or key > here]
    else:
        beyond = [key for key in keys if not here or key < here]
    return from_query(beyond[: size + 1], place, size)


def of_ranks(ids: Sequence[int], place: Place, size: int) -> Page:
    """Return a page of all results, the best first; a place is the number of those before it."""
    end = max(0, (len(ids) - 1) // size * size)
    start = min(max(0, place.position[0]), end) if place.position else 0
    if place.way is Way.BEFORE and not place.position:
        start = end
    return Page(
        ids=tuple(ids[start : start + size]),
        before=Place(position=(max(0, start - size),)) if start else None,
        after=Place(position=(start + size,)) if start + size < len(ids) else None,
        last=Place(position=(end,)),
    )


def from_query(keys: Sequence[Key], place: Place, size: int) -> Page:
    """Return a page of what lies beyond `place`, the nearest first: `size` results, one more if there are."""
    further, shown = len(keys) > size, list(keys[:size])
    backwards = place.way is Way.BEFORE
    if backwards:
        shown.reverse()
    before = after = None
    if shown:
        first, final = Place(way=Way.BEFORE, position=shown[0]), Place(way=Way.AFTER, position=shown[-1])
        before = first if (further if backwards else place.position) else None
        after = final if (place.position if backwards else further) else None
    return Page(ids=tuple(key[-1] for key in shown), before=before, after=after, last=Place(way=Way.BEFORE))
