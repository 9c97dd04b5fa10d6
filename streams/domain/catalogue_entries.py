"""The catalogue in entries that can be told apart, so that a change tells only what changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from streams.domain.catalogue import Catalogue, Department, Item, Level
from streams.domain.stages import Kind, PortalId

HEAD_KEY = "catalogue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What holds for the whole catalogue."""

    version: str
    portals: Mapping[Level, tuple[PortalId, ...]]
    kind_portals: Mapping[tuple[Level, Kind], tuple[PortalId, ...]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Return its key on the topic."""
        return HEAD_KEY


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentEntry:
    """All versions of one department, without their items."""

    code: str
    versions: tuple[Department, ...]

    @property
    def key(self) -> str:
        """Return its key on the topic: the department's code."""
        return self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemVersion:
    """One version of an item, under the version of its department that holds from `department_from`."""

    department_from: date
    item: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemEntry:
    """All versions of one item."""

    department: str
    code: str
    versions: tuple[ItemVersion, ...]

    @property
    def key(self) -> str:
        """Return its key on the topic: `<department's code>/<item's code>`."""
        return f"{self.department}/{self.code}"


Entry = Head | DepartmentEntry | ItemEntry


def entries_of(catalogue: Catalogue) -> Mapping[str, Entry]:
    """Return key → entry for everything in `catalogue`."""
    departments: dict[str, list[Department]] = defaultdict(list)
    items: dict[tuple[str, str], list[ItemVersion]] = defaultdict(list)
    for department in sorted(catalogue.departments, key=lambda one: one.valid_from):
        departments[department.code].append(replace(department, items=()))
        for item in department.items:
            version = ItemVersion(department_from=department.valid_from, item=item)
            items[department.code, item.code].append(version)
    head = Head(version=catalogue.version, portals=catalogue.portals, kind_portals=catalogue.kind_portals)
    entries: list[Entry] = [head]
    entries += [DepartmentEntry(code=code, versions=tuple(found)) for code, found in departments.items()]
    entries += [
        ItemEntry(department=department, code=code, versions=tuple(found))
        for (department, code), found in items.items()
    ]
    return {entry.key: entry for entry in entries}


def catalogue_from(entries: Iterable[Entry]) -> Catalogue | None:
    """Return the catalogue that `entries` make, None where its head is not among them.

    An item whose department is not there is left out.
    """
    head: Head | None = None
    departments: list[Department] = []
    items: dict[tuple[str, date], list[Item]] = defaultdict(list)
    for entry in entries:
        match entry:
            case Head():
                head = entry
            case DepartmentEntry():
                departments.extend(entry.versions)
            case ItemEntry():
                for version in entry.versions:
                    items[entry.department, version.department_from].append(version.item)
    if head is None:
        return None
    whole = [replace(one, items=tuple(items[one.code, one.valid_from])) for one in departments]
    return Catalogue(
        version=head.version,
        portals=head.portals,
        kind_portals=head.kind_portals,
        departments=tuple(whole),
    )


def changes(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> Mapping[str, Entry | None]:
    """Return key → the entry that `after` has anew or otherwise than `before`, None where it has none."""
    changed: dict[str, Entry | None] = {key: after[key] for key in after if before.get(key) != after[key]}
    return changed | {key: None for key in before if key not in after}
