"""Puts a month's report together from what was counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from streams.domain.calendar import Calendar
from streams.domain.catalogue import Catalogue
from streams.domain.stages import Kind
from streams.domain.supervision.figures import Distribution, Figures, Rate, total
from streams.domain.supervision.measuring import KINDS, Place
from streams.domain.supervision.month import Month
from streams.domain.supervision.problems import problems
from streams.domain.supervision.report import (
    CheckLine,
    Count,
    DepartmentReport,
    FindingLine,
    GapLine,
    ItemReport,
    LateLine,
    Part,
    Report,
    TrendPoint,
)

NOWHERE = "部门不明"
NO_ITEM = "目录外事项"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """All that was counted of one month."""

    month: Month
    today: date
    figures: Mapping[Place, Figures]
    days: Mapping[Place, Counter[int]]
    findings: Sequence[FindingLine]
    counts: Sequence[Count]
    gaps: Sequence[GapLine]
    checks: Mapping[str, tuple[int, int]]
    """Department → how many were sampled, and how many of them were absent."""
    absent: Sequence[CheckLine]
    trend: Mapping[str, Mapping[Month, Rate]]
    """Department → month → timeliness; "" in place of a month's absence."""
    months: Sequence[Month]
    late: Sequence[LateLine]
    late_in_all: int
    names: Mapping[str, str]
    """Department → its name as decisions tell it, where the catalogue has none."""


def assemble(counted: Counted, catalogue: Catalogue, calendar: Calendar) -> Report:
    """Return the report."""
    departments = _Departments(counted, catalogue).all()
    last_due = calendar.due_day(counted.month.last)
    return Report(
        month=counted.month,
        standing=counted.today if counted.today <= last_due else None,
        last_due=last_due,
        counts_first_day=calendar.counts_first_day,
        catalogue=catalogue.version,
        both=replace(_together([one.both for one in departments]), basis=""),
        kinds=tuple(_together([one.kinds[at] for one in departments], kind) for at, kind in enumerate(Kind)),
        trend=_trend(counted.months, _all_of(counted.trend)),
        departments=departments,
        items=tuple(_items(counted, catalogue)),
        findings=_overall(counted.findings),
        gaps=tuple(counted.gaps),
        absent=tuple(counted.absent),
        late=tuple(counted.late),
        late_in_all=counted.late_in_all,
    )


def name_of(catalogue: Catalogue, code: str, on: date) -> str:
    """Return a department's name on a day as the catalogue has it, else "" ."""
    found = catalogue.department(code, on) or catalogue.department(code)
    return found.name if found else ""


class _Departments:
    def __init__(self, counted: Counted, catalogue: Catalogue) -> None:
        self._counted = counted
        self._catalogue = catalogue
        self._figures: dict[tuple[str, str], list[Figures]] = defaultdict(list)
        self._days: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        for place, figures in counted.figures.items():
            self._figures[place.department, place.kind].append(figures)
        for place, days in counted.days.items():
            self._days[place.department, place.kind].update(days)
        self._counts = {(one.department_code, one.kind): one for one in counted.counts}

    def all(self) -> tuple[DepartmentReport, ...]:
        """Return every department that is live or has figures, by rank."""
        live = {
            one.code
            for code in self._catalogue.codes()
            if (one := self._catalogue.department(code, self._counted.month.last))
            and one.go_live <= self._counted.month.last
        }
        seen = {department for department, _ in (*self._figures, *self._counts)}
        others = {one.department for one in self._counted.gaps} | set(self._counted.checks)
        made = [self._one(code) for code in sorted(live | seen | others)]
        ranks = ranked({one.code: one.both.figures.timeliness for one in made if one.code})
        placed = [replace(one, rank=ranks.get(one.code)) for one in made]
        return tuple(sorted(placed, key=lambda one: (one.rank is None, one.rank or 0, one.code)))

    def _one(self, code: str) -> DepartmentReport:
        kinds = tuple(self._part(code, kind) for kind in Kind)
        # a record that could not be read has no kind
        rest = [
            figures
            for (department, kind), found in self._figures.items()
            if department == code and kind not in KINDS
            for figures in found
        ]
        missing = sum(
            one.gap.count for one in self._counted.gaps if one.department == code and not one.gap.jumps
        )
        sampled, absent = self._counted.checks.get(code, (0, 0))
        own = Figures(missing_numbers=missing, sampled=sampled, absent=absent)
        both = _together(kinds)
        both = replace(both, figures=total([both.figures, own, *rest]))
        mine = [one for one in self._counted.findings if one.department == code]
        gaps = [one.gap for one in self._counted.gaps if one.department == code]
        return DepartmentReport(
            code=code,
            name=self._name(code),
            rank=None,
            both=both,
            kinds=kinds,
            trend=_trend(self._counted.months, self._counted.trend.get(code, {})),
            problems=tuple(problems(both, kinds, mine, gaps)) if code else (),
        )

    def _part(self, code: str, kind: str) -> Part:
        figures = total(self._figures.get((code, kind), []))
        count = self._counts.get((code, kind))
        if count:
            figures = replace(
                figures,
                produced=count.produced,
                excused=count.excused,
                declared_reported=figures.reported,
            )
        return Part(
            kind=kind,
            figures=figures,
            distribution=_distribution(self._days.get((code, kind), Counter())),
            declared=count is not None,
            basis=count.basis if count else "",
        )

    def _name(self, code: str) -> str:
        known = name_of(self._catalogue, code, self._counted.month.last)
        return known or self._counted.names.get(code, "") or code or NOWHERE


def ranked(rates: Mapping[str, Rate]) -> Mapping[str, int]:
    """Return the place of each that has a rate, the highest first; equal ones share a place."""
    shares = {name: Fraction(rate.part, rate.whole) for name, rate in rates.items() if rate.whole > 0}
    return {name: 1 + sum(other > share for other in shares.values()) for name, share in shares.items()}


def _together(parts: Sequence[Part], kind: str = "") -> Part:
    days: Counter[int] = Counter()
    for part in parts:
        days.update(part.distribution.days)
    return Part(
        kind=kind,
        figures=total([part.figures for part in parts]),
        distribution=_distribution(days),
        declared=any(part.declared for part in parts),
        basis="；".join(part.basis for part in parts if part.basis) if not kind else "",
    )


def _distribution(days: Mapping[int, int]) -> Distribution:
    return Distribution(days=MappingProxyType(dict(sorted(days.items()))))


def _trend(months: Sequence[Month], rates: Mapping[Month, Rate]) -> tuple[TrendPoint, ...]:
    nothing = Rate(part=0, whole=0)
    return tuple(TrendPoint(month=month, timeliness=rates.get(month, nothing)) for month in months)


def _all_of(trend: Mapping[str, Mapping[Month, Rate]]) -> Mapping[Month, Rate]:
    together: dict[Month, Rate] = {}
    for rates in trend.values():
        for month, rate in rates.items():
            known = together.get(month, Rate(part=0, whole=0))
            together[month] = Rate(part=known.part + rate.part, whole=known.whole + rate.whole)
    return together


def _items(counted: Counted, catalogue: Catalogue) -> Iterator[ItemReport]:
    for place in sorted(counted.figures, key=lambda one: (one.department, one.kind, one.item)):
        on = counted.month.last
        department = catalogue.department(place.department, on) or catalogue.department(place.department)
        known = [item for item in department.items if item.code == place.item] if department else []
        yield ItemReport(
            department=department.name if department else counted.names.get(place.department, NOWHERE),
            code=place.item,
            name=known[-1].name if known else NO_ITEM,
            kind=place.kind,
            figures=counted.figures[place],
            distribution=_distribution(counted.days.get(place, Counter())),
        )


def _overall(findings: Iterable[FindingLine]) -> tuple[FindingLine, ...]:
    rows: Counter[tuple[str, str]] = Counter()
    messages: dict[tuple[str, str], str] = {}
    for one in findings:
        rows[one.code, one.column] += one.rows
        messages[one.code, one.column] = max(messages.get((one.code, one.column), ""), one.message)
    return tuple(
        FindingLine(department="", code=code, column=column, message=messages[code, column], rows=count)
        for (code, column), count in sorted(rows.items(), key=lambda one: (-one[1], one[0]))
    )
