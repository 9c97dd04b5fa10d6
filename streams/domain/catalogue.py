"""双公示目录: which departments decide on which items, who answers for them, and which portals show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from streams.domain.folding import code as fold_code
from streams.domain.keys import document_number
from streams.domain.stages import Kind, PortalId


class Level(StrEnum):
    """Whose department it is: a county's decisions go to the county government's portal as well."""

    CITY = "city"
    COUNTY = "county"


class Basis(StrEnum):
    """Which public list an item stands on."""

    POWERS = "权力清单"
    DUTIES = "责任清单"


class Range(StrEnum):
    """公开范围 of an item (`domain.md` 1.3); what is not for everybody is withheld."""

    PUBLIC = "社会公开"
    SHARED = "政务共享"
    ON_REQUEST = "授权查询"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a department's 权力清单 or 责任清单 that leads to decisions, as valid on some days."""

    code: str
    name: str
    kind: Kind
    basis: Basis = Basis.POWERS
    documents: tuple[str, ...] = ()
    """How the document numbers of its decisions begin: `济市监罚`."""
    office: str = ""
    """Office that answers for it; "" where the department's does."""
    responsible: str = ""
    batch: str = ""
    """With which others it went live (第一批); "" where the department's holds."""
    go_live: date | None = None
    """From when its decisions are due; None where the department's day holds."""
    portals: tuple[PortalId, ...] = ()
    """Where its decisions are published; () where the department's portals hold."""
    range: Range = Range.PUBLIC
    withheld_columns: tuple[str, ...] = ()
    """Official codes of columns that are not for everybody."""
    publicity_months: int | None = None
    """How long its decisions stay public by default; None where the rules tell it."""
    valid_from: date = date.min
    valid_until: date = date.max
    """Last day on which this version holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """One department and its items, as valid on the days from `valid_from` to `valid_until`."""

    code: str
    """统一社会信用代码."""
    name: str
    region: str
    """Six-digit administrative division, GB/T 2260."""
    level: Level
    office: str
    responsible: str
    """Person, told in alerts only."""
    go_live: date
    """From when its decisions are due."""
    batch: str = ""
    """With which others it went live."""
    portals: tuple[PortalId, ...] = ()
    """Where its decisions are published; () where those of its level hold."""
    items: tuple[Item, ...] = ()
    valid_from: date = date.min
    valid_until: date = date.max
    """Last day on which this version holds."""

    def contact(self, item: Item | None = None) -> str:
        """Return the responsible office and person, those of `item` where it has its own."""
        office = (item.office if item else "") or self.office
        person = (item.responsible if item else "") or self.responsible
        return " ".join(filter(None, (office, person)))

    def item(self, kind: Kind, *, code: str, document: str, on: date | None = None) -> Item | None:
        """Return the item of a decision made on that day (None: on any).

        It is told by the item's code where the department gave one, else by how the document number
        begins (the longest that fits), else it is the only item of that kind.
        """
        of_kind = [item for item in self.items if item.kind is kind and holds(item, on)]
        if code:
            return next((item for item in of_kind if item.code == code), None)
        number = document_number(document)
        fitting = [
            (len(beginning), item)
            for item in of_kind
            for beginning in item.documents
            if number.startswith(beginning)
        ]
        if fitting:
            return max(fitting, key=lambda pair: pair[0])[1]
        return of_kind[0] if len(of_kind) == 1 else None


def holds(entry: Department | Item, on: date | None) -> bool:
    """Tell whether a version holds on that day; every version holds on None."""
    return on is None or entry.valid_from <= on <= entry.valid_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """One state of the catalogue, with all versions of its entries."""

    version: str
    portals: Mapping[Level, tuple[PortalId, ...]]
    """Where the decisions of a level's departments are published."""
    departments: tuple[Department, ...]
    kind_portals: Mapping[tuple[Level, Kind], tuple[PortalId, ...]] = field(default_factory=dict)
    """Where those of one kind are published instead."""
    _by_code: Mapping[str, tuple[Department, ...]] = field(init=False, repr=False, compare=False)
    _by_name: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", MappingProxyType(_grouped(self.departments)))
        names = {one.name: one.code for one in self.departments}
        object.__setattr__(self, "_by_name", MappingProxyType(names))

    def department(self, code: str, on: date | None = None) -> Department | None:
        """Return the department of `code` as it was on that day (default: its newest version), if known."""
        versions = self._by_code.get(code) or self._by_code.get(fold_code(code), ())
        if on is None:
            return versions[-1] if versions else None
        return next((version for version in versions if holds(version, on)), None)

    def code_of(self, name: str) -> str:
        """Return the code of the department with that very name, "" where none has it."""
        return self._by_name.get(name, "")

    def portals_of(self, department: Department, item: Item | None, kind: Kind) -> tuple[PortalId, ...]:
        """Return where a decision is published: the item's own portals, the department's, or the level's."""
        own = item.portals if item else ()
        return own or department.portals or self.portals_at(department.level, kind)

    def portals_at(self, level: Level, kind: Kind) -> tuple[PortalId, ...]:
        """Return where decisions of a level and a kind are published."""
        return self.kind_portals.get((level, kind)) or self.portals[level]

    def codes(self) -> frozenset[str]:
        """Return the codes of all departments."""
        return frozenset(self._by_code)


def _grouped(departments: Iterable[Department]) -> dict[str, tuple[Department, ...]]:
    by_code: dict[str, tuple[Department, ...]] = {}
    for department in sorted(departments, key=lambda one: one.valid_from):
        by_code[department.code] = (*by_code.get(department.code, ()), department)
    return by_code
