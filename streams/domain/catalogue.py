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


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a department's 权力清单 that leads to decisions."""

    code: str
    name: str
    kind: Kind
    documents: tuple[str, ...] = ()
    """How the document numbers of its decisions begin: `济市监罚`."""
    office: str = ""
    """Office that answers for it; "" where the department's does."""
    responsible: str = ""


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
    items: tuple[Item, ...] = ()
    valid_from: date = date.min
    valid_until: date = date.max
    """Last day on which this version holds."""

    def contact(self, item: Item | None = None) -> str:
        """Return the responsible office and person, those of `item` where it has its own."""
        office = (item.office if item else "") or self.office
        person = (item.responsible if item else "") or self.responsible
        return " ".join(filter(None, (office, person)))

    def item(self, kind: Kind, *, code: str, document: str) -> Item | None:
        """Return the item of a decision.

        It is told by the item's code where the department gave one, else by how the document number
        begins (the longest that fits), else it is the only item of that kind.
        """
        of_kind = [item for item in self.items if item.kind is kind]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """One version of the catalogue."""

    version: str
    portals: Mapping[Level, tuple[PortalId, ...]]
    """Where the decisions of a level's departments are published."""
    departments: tuple[Department, ...]
    _by_code: Mapping[str, tuple[Department, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", MappingProxyType(_grouped(self.departments)))

    def department(self, code: str, on: date | None = None) -> Department | None:
        """Return the department of `code` as it was on that day (default: its newest version), if known."""
        versions = self._by_code.get(code) or self._by_code.get(fold_code(code), ())
        if on is None:
            return versions[-1] if versions else None
        for version in versions:
            if version.valid_from <= on <= version.valid_until:
                return version
        return None

    def codes(self) -> frozenset[str]:
        """Return the codes of all departments."""
        return frozenset(self._by_code)


def _grouped(departments: Iterable[Department]) -> dict[str, tuple[Department, ...]]:
    by_code: dict[str, tuple[Department, ...]] = {}
    for department in sorted(departments, key=lambda one: one.valid_from):
        by_code[department.code] = (*by_code.get(department.code, ()), department)
    return by_code
