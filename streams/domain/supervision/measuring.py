"""Counts decisions by department, item and kind, as the catalogue and the rollout have it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from streams.domain.calendar import Calendar
from streams.domain.catalogue import Catalogue, Department, Item, holds
from streams.domain.identifiers import is_uscc
from streams.domain.stages import Kind
from streams.domain.supervision.figures import Figures

KINDS = frozenset(kind.value for kind in Kind)


@dataclass(frozen=True, slots=True)
class Bunch:
    """Decisions of which all this is the same, and how many they are."""

    department_code: str
    item: str
    head: str
    """How their document numbers begin."""
    kind: str
    day: date
    """Of the decision; where it is not known, of the hand-in."""
    due_on: date
    received_on: date
    published_on: date | None
    exempt: bool
    valid: bool
    own_site: bool
    count: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a decision is counted."""

    department: str
    """Its code, "" where none is known."""
    item: str
    """Likewise."""
    kind: str


class Measure:
    """Tells where a decision is counted, and whether it is."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.place = lru_cache(maxsize=65_536)(self._place)

    def _place(self, code: str, item: str, head: str, kind: str, day: date) -> tuple[Place, bool]:
        """Return where a decision is counted, and whether its department and item were live on its day.

        What is in no catalogue is measured: it was handed in.
        """
        department = self._catalogue.department(code, day) or self._catalogue.department(code)
        if department is None:
            return Place(code if is_uscc(code) else "", item, kind), True
        found = item_of(department, item, head, kind, day)
        return (
            Place(department.code, found.code if found else item, kind),
            day >= ((found and found.go_live) or department.go_live),
        )

    def series(self, code: str, head: str, day: date) -> tuple[str, bool]:
        """Return the department of a series of document numbers, and whether it was live on a day."""
        department = self._catalogue.department(code, day) or self._catalogue.department(code)
        if department is None:
            return (code if is_uscc(code) else ""), True
        of_its_own = [
            item.go_live or department.go_live
            for item in department.items
            if holds(item, day) and any(head.startswith(beginning) for beginning in item.documents)
        ]
        return department.code, day >= min(of_its_own, default=department.go_live)


def item_of(department: Department, code: str, head: str, kind: str, day: date) -> Item | None:
    """Return a decision's item: as the review told it, or else as its document number begins."""
    if kind not in KINDS:
        return None  # of a record that could not be read
    return department.item(Kind(kind), code=code, document=head, on=day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was counted."""

    figures: dict[Place, Figures]
    days: dict[Place, Counter[int]]
    """Working days until publication → decisions."""


def measured(bunches: Iterable[Bunch], measure: Measure, calendar: Calendar, today: date) -> Measured:
    """Count bunches; the rest of `Figures` is counted elsewhere and 0 here."""
    counts: dict[Place, Counter[str]] = {}
    days: dict[Place, Counter[int]] = {}
    taken = lru_cache(maxsize=65_536)(calendar.days_taken)
    for bunch in bunches:
        place, live = measure.place(bunch.department_code, bunch.item, bunch.head, bunch.kind, bunch.day)
        count = counts.setdefault(place, Counter())
        if not live:
            count["before_go_live"] += bunch.count
            continue
        for name in named(bunch, today):
            count[name] += bunch.count
        if not bunch.exempt and bunch.published_on is not None:
            days.setdefault(place, Counter())[taken(bunch.day, bunch.published_on)] += bunch.count
    return Measured(figures={place: Figures(**count) for place, count in counts.items()}, days=days)


def named(bunch: Bunch, today: date) -> Iterable[str]:
    """Yield under which names of `Figures` a bunch counts."""
    yield "reported"
    if bunch.valid:
        yield "valid"
    if bunch.own_site:
        yield "own_site"
    if bunch.received_on > bunch.due_on:
        yield "received_late"
    yield timing(bunch.exempt, bunch.published_on, bunch.due_on, today)


def timing(exempt: bool, published_on: date | None, due_on: date, today: date) -> str:  # noqa: FBT001 -- as in a row
    """Return which of the five ends of `Figures` a decision has come to by `today`."""
    if exempt:
        return "exempt"
    if published_on is not None:
        return "in_time" if published_on <= due_on else "published_late"
    return "overdue" if due_on < today else "pending"
