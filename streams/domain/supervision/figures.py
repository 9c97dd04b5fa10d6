"""The figures of supervision, and the rates that follow from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share as whole numbers, so that nothing is lost before it is printed."""

    part: int
    whole: int

    @property
    def percent(self) -> Decimal | None:
        """Return it in per cent with two decimals, half up; None where there is nothing to divide by."""
        if self.whole <= 0:
            return None
        return (Decimal(100 * self.part) / self.whole).quantize(_HUNDREDTH, ROUND_HALF_UP)

    def __str__(self) -> str:
        return "—" if self.percent is None else f"{self.percent}%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is counted of one department, item or kind in one month. `definitions.DEFINITIONS` says how."""

    reported: int = 0
    """报送数量."""
    own_site: int = 0
    """本单位公示数量."""
    valid: int = 0
    """有效入库数."""
    received_late: int = 0
    """迟报."""
    exempt: int = 0
    """Not to be public: withheld, or withdrawn before it was."""
    in_time: int = 0
    published_late: int = 0
    overdue: int = 0
    """Not public everywhere, and its due day is past."""
    pending: int = 0
    """Likewise, but its due day is not past."""
    before_go_live: int = 0
    """Accepted, and counted nowhere else."""
    late_by_department: int = 0
    late_by_platform: int = 0
    late_by_portal: int = 0
    rows: int = 0
    """Rows handed in."""
    rows_valid: int = 0
    rows_refused: int = 0
    produced: int = 0
    """产生数量, as declared."""
    excused: int = 0
    """Declared as not to be handed in, with a basis."""
    declared_reported: int = 0
    """报送数量 of the kinds of decisions for which a count was declared."""
    missing_numbers: int = 0
    sampled: int = 0
    absent: int = 0
    """Of the sampled: the ledger did not have it."""

    @property
    def due(self) -> int:
        """Return how many are public, or should be."""
        return self.in_time + self.published_late + self.overdue

    @property
    def timeliness(self) -> Rate:
        """及时率."""
        return Rate(part=self.in_time, whole=self.due)

    @property
    def late_reporting(self) -> Rate:
        """迟报率."""
        return Rate(part=self.received_late, whole=self.reported)

    @property
    def accuracy(self) -> Rate:
        """合规率."""
        return Rate(part=self.rows_valid, whole=self.rows_valid + self.rows_refused)

    @property
    def completeness(self) -> Rate:
        """完整率."""
        return Rate(part=self.declared_reported, whole=self.produced - self.excused)

    @property
    def concealment(self) -> Rate:
        """瞒报率."""
        return Rate(part=self.absent, whole=self.sampled)

    @property
    def unreported(self) -> int:
        """未报送数量."""
        return max(0, self.produced - self.declared_reported)

    def plus(self, other: "Figures") -> "Figures":
        """Return both together."""
        return Figures(**{name: getattr(self, name) + getattr(other, name) for name in self.__slots__})


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """How many working days publishing took."""

    days: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    """Working day, in order → decisions public everywhere on it."""

    @property
    def published(self) -> int:
        """Return how many are public."""
        return sum(self.days.values())

    def between(self, first: int, last: int | None) -> int:
        """Return how many took `first` to `last` working days; None: any more."""
        return sum(n for day, n in self.days.items() if first <= day and (last is None or day <= last))


def total(figures: "list[Figures] | tuple[Figures, ...]") -> Figures:
    """Return all together."""
    together = Figures()
    for one in figures:
        together = together.plus(one)
    return together
