"""Settles which finding counts where several overlap."""

from collections.abc import Iterable

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
_TOLD = (PersonalKind.HEALTH, PersonalKind.RELIGION)
"""What begins within a name was told of whoever it is; the name ends there."""


def resolve(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order without overlap; where kinds overlap the surer one stands, grown over both.

    Nothing that any detector marked is left visible.
    """
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            if last.kind is PersonalKind.PERSON and span.kind in _TOLD and last.start < span.start:
                merged[-1] = Span(last.start, span.start, last.kind, last.reason)
                merged.append(Span(span.start, max(last.end, span.end), span.kind, span.reason))
                continue
            surer = last if _RANKS[last.kind] <= _RANKS[span.kind] else span
            merged[-1] = Span(last.start, max(last.end, span.end), surer.kind, surer.reason)
        else:
            merged.append(span)
    return tuple(merged)
