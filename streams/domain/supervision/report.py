"""A month's report as values: what every form of it prints."""

from dataclasses import dataclass
from datetime import date

from streams.domain.supervision.figures import Distribution, Figures, Rate
from streams.domain.supervision.lateness import Lateness
from streams.domain.supervision.month import Month
from streams.domain.supervision.numbering import Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What a department has declared of a month and kind."""

    department_code: str
    kind: str
    produced: int
    excused: int
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One kind of decisions, or both."""

    kind: str
    """"" for both."""
    figures: Figures
    distribution: Distribution
    declared: bool
    """Whether the department has declared a count of it."""
    basis: str = ""
    """未报送依据."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """One month of a department."""

    month: Month
    timeliness: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """How often one thing was wrong."""

    department: str
    code: str
    column: str
    message: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentReport:
    """One department."""

    code: str
    """"" for what belongs to no department that is known."""
    name: str
    rank: int | None
    """By timeliness; None where nothing was due."""
    both: Part
    kinds: tuple[Part, ...]
    trend: tuple[TrendPoint, ...]
    problems: tuple[str, ...]
    """报送存在问题."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReport:
    """One item of a department."""

    department: str
    """Its name."""
    code: str
    name: str
    kind: str
    figures: Figures
    distribution: Distribution


@dataclass(frozen=True, slots=True, kw_only=True)
class LateLine:
    """One decision that is late."""

    department: str
    """Its code, as everywhere below."""
    document_number: str
    kind: str
    due_on: date
    published_on: date | None
    lateness: Lateness


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """Missing numbers of a department."""

    department: str
    gap: Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """A decision that was found elsewhere, and not in the ledger."""

    department: str
    document_number: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One month."""

    month: Month
    standing: date | None
    """The day as of which it stands, while some due days are not past; then None: it stands."""
    last_due: date
    """On which the last of the month's decisions is due."""
    counts_first_day: bool
    catalogue: str
    """Version of the catalogue."""
    both: Part
    kinds: tuple[Part, ...]
    trend: tuple[TrendPoint, ...]
    departments: tuple[DepartmentReport, ...]
    """By rank, then code."""
    items: tuple[ItemReport, ...]
    findings: tuple[FindingLine, ...]
    """Of all departments together, the most frequent first; `department` is empty."""
    gaps: tuple[GapLine, ...]
    absent: tuple[CheckLine, ...]
    late: tuple[LateLine, ...]
    """Those that are due longest first, at most `LISTED`."""
    late_in_all: int
