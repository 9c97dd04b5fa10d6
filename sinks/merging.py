"""Puts together what several records say of one event; the order of the records does not matter."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sinks.facts import Facts
from streams.domain.stages import Action


def merged(one: Facts, other: Facts) -> Facts:
    """Return both sources' facts in one; the order of the two does not matter."""
    # of one event's records for its portals, those of portals that it leaves tell less
    low, high = sorted((one, other), key=lambda facts: (facts.rank, facts.action != Action.WITHDRAW))
    mended_at, mended_as = max((facts.mended_at, facts.mended_as) for facts in (one, other))
    return replace(
        high,
        key=high.key or low.key,
        action=high.action or low.action,
        kind=high.kind or low.kind,
        department_code=high.department_code or low.department_code,
        department=high.department or low.department,
        decided_on=high.decided_on or low.decided_on,
        due_on=high.due_on or low.due_on,
        public_until=high.public_until or low.public_until,
        portals=tuple(sorted({*high.portals, *low.portals})),
        handed_in=high.handed_in or low.handed_in,
        place=max((one.place, other.place), key=lambda place: place or (-1, -1)),
        ruling=high.ruling or low.ruling,
        ruled_by=high.ruled_by or low.ruled_by,
        mended_as=mended_as,
        mended_at=mended_at,
        item=high.item or low.item,
        reviewed_at=_last_reviewed(one, other),
        seen_at=_first_seen(one, other),
    )


def gathered(facts: Iterable[Facts]) -> dict[str, Facts]:
    """Return event id → all that the sources say of it."""
    known: dict[str, Facts] = {}
    for fact in facts:
        before = known.get(fact.event_id)
        known[fact.event_id] = merged(before, fact) if before else fact
    return known


def _first_seen(one: Facts, other: Facts) -> datetime:
    # the hand-in's own time counts, even when one of its outcomes was read first
    return min((not facts.handed_in, facts.seen_at) for facts in (one, other))[1]


def _last_reviewed(one: Facts, other: Facts) -> datetime | None:
    return max(filter(None, (one.reviewed_at, other.reviewed_at)), default=None)
