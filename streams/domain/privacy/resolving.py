"""Settles which finding counts where several overlap."""

from collections.abc import Iterable
from dataclasses import replace

from streams.domain.privacy.spans import PersonalKind, Span

_RANKS = {
    kind: rank
    for rank, kind in enumerate(
        (
            PersonalKind.EMAIL,
            PersonalKind.CITIZEN_ID,
            PersonalKind.MOBILE,
            PersonalKind.BANK_CARD,
            PersonalKind.LANDLINE,
            PersonalKind.PLATE,
            PersonalKind.IM_ACCOUNT,
            PersonalKind.HOME_ADDRESS,
            PersonalKind.HEALTH,
            PersonalKind.RELIGION,
            PersonalKind.PERSON,
        )
    )
}


def resolve(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order without overlap: the surer kind keeps its place, the other what is left of it."""
    taken: list[Span] = []
    for span in sorted(spans, key=lambda one: (_RANKS[one.kind], one.start, -one.end)):
        start, end = span.start, span.end
        for other in taken:
            if other.start <= start < other.end:
                start = other.end
            if other.start < end <= other.end:
                end = other.start
        if start < end and not any(other.start < end and start < other.end for other in taken):
            taken.append(replace(span, start=start, end=end))
    return tuple(sorted(taken, key=lambda one: one.start))
