"""Makes a catalogue of the tables in a file or a workbook, and tells every mistake in them at once."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any, TypeVar

from streams.catalogue.portals import Wrong, known_portals, level_portals
from streams.domain.catalogue import Basis, Catalogue, Department, Item, Level, Range
from streams.domain.columns import TEMPLATES
from streams.domain.identifiers import is_uscc
from streams.domain.keys import document_number
from streams.domain.roles import ROLES
from streams.domain.stages import Kind, PortalId

Table = Mapping[str, Any]
_Choice = TypeVar("_Choice", bound=StrEnum)
_Version = TypeVar("_Version", Department, Item)

_REGION = re.compile("[1-9][0-9]{5}")
_ITEM_CODE = re.compile(r"[0-9A-Za-z._-]{1,64}")
_MOST_MONTHS = 36
"""The longest period there is: three years, 信用修复管理办法(发改委令2025年第36号)."""
_DEPARTMENT_FIELDS = frozenset(Department.__slots__) - {"items"} | {"item"}
_ITEM_FIELDS = frozenset(Item.__slots__)


def catalogue_of(tables: Table) -> tuple[Catalogue | None, Sequence[str]]:
    """Return the catalogue that `tables` tell, or None with every mistake in them.

    `tables`: `version`, `portals` (see `level_portals`), and `department`, a list of tables with the fields
    of `Department`, each with its `item`s, tables with the fields of `Item`.
    """
    wrong = Wrong()
    if unknown := sorted(set(tables) - {"version", "portals", "department"}):
        wrong.say("catalogue", f"unknown {', '.join(unknown)}; known are version, portals and [[department]]")
    portals, kind_portals = level_portals(tables.get("portals"), wrong)
    entries = tables.get("department", [])
    if not isinstance(entries, list) or not entries:
        wrong.say("catalogue", "it has no [[department]]")
        entries = []
    made = [_Reading(wrong, entry).department() for entry in entries]
    departments = tuple(department for department in made if department is not None)
    _check_versions(departments, wrong)
    if wrong.mistakes:
        return None, tuple(dict.fromkeys(wrong.mistakes))
    return Catalogue(
        version=str(tables.get("version", "")),
        portals=portals,
        kind_portals=kind_portals,
        departments=departments,
    ), ()


class _Reading:
    """Reads one department's table."""

    def __init__(self, wrong: Wrong, entry: object) -> None:
        self._wrong = wrong
        self._entry: Table = entry if isinstance(entry, Mapping) else {}
        self._where = f"department {self._entry.get('name') or self._entry.get('code') or 'without a name'}"
        if not isinstance(entry, Mapping):
            self._say("is no table")

    def _say(self, what: str) -> None:
        self._wrong.say(self._where, what)

    def department(self) -> Department | None:
        before = len(self._wrong.mistakes)
        entry = self._entry
        self._unknown_fields(entry, _DEPARTMENT_FIELDS)
        code, region = self._text("code", needed=True), self._text("region", needed=True)
        if code and not is_uscc(code):
            self._say("code has a wrong check digit, it is no 统一社会信用代码")
        if region and not _REGION.fullmatch(region):
            self._say("region must be six digits, such as 370100")
        go_live, level = self._day("go_live"), self._choice(Level, "level", None)
        made = {
            "name": self._text("name", needed=True),
            "office": self._text("office", needed=True),
            "responsible": self._text("responsible", needed=True),
            "batch": self._text("batch"),
            "portals": self._own_portals(),
            "valid_from": self._day("valid_from", date.min),
            "valid_until": self._day("valid_until", date.max),
        }
        items = self._items()
        if len(self._wrong.mistakes) > before or level is None or go_live is None:
            return None
        return Department(code=code, region=region, level=level, go_live=go_live, items=items, **made)

    def _items(self) -> tuple[Item, ...]:
        entries, where = self._entry.get("item", []), self._where
        if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
            self._say("item must be a list of tables")
            return ()
        items = []
        department = self._entry
        for entry in entries:
            self._entry = entry
            self._where = f"{where}, item {entry.get('code') or entry.get('name') or 'without a code'}"
            items.append(self._item())
        self._entry, self._where = department, where
        return tuple(item for item in items if item is not None)

    def _item(self) -> Item | None:
        before = len(self._wrong.mistakes)
        self._unknown_fields(self._entry, _ITEM_FIELDS)
        code, kind = self._text("code", needed=True), self._choice(Kind, "kind", None)
        if code and not _ITEM_CODE.fullmatch(code):
            self._say("code may have letters, digits, . _ and - only")
        made = {
            "name": self._text("name", needed=True),
            "basis": self._choice(Basis, "basis", Basis.POWERS),
            "documents": tuple(document_number(one) for one in self._texts("documents")),
            "office": self._text("office"),
            "responsible": self._text("responsible"),
            "batch": self._text("batch"),
            "go_live": self._day("go_live", None) if "go_live" in self._entry else None,
            "portals": self._own_portals(),
            "range": self._choice(Range, "range", Range.PUBLIC),
            "publicity_months": self._months(),
            "valid_from": self._day("valid_from", date.min),
            "valid_until": self._day("valid_until", date.max),
        }
        withheld = self._columns(kind)
        if len(self._wrong.mistakes) > before or kind is None:
            return None
        return Item(code=code, kind=kind, withheld_columns=withheld, **made)

    def _unknown_fields(self, entry: Table, known: frozenset[str]) -> None:
        unknown = sorted(set(entry) - known)
        if unknown:
            self._say(f"unknown {', '.join(unknown)}; known are {', '.join(sorted(known))}")

    def _text(self, name: str, *, needed: bool = False) -> str:
        value = self._entry.get(name, "")
        if not isinstance(value, str):
            self._say(f"{name} must be a text")
            return ""
        if needed and not value.strip():
            self._say(f"lacks {name}")
        return value.strip()

    def _texts(self, name: str) -> tuple[str, ...]:
        value = self._entry.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self._say(f"{name} must be a list of texts")
            return ()
        return tuple(value)

    def _day(self, name: str, default: date | None = None) -> Any:
        value = self._entry.get(name, default)
        if value is None:
            self._say(f"lacks {name}")
        elif type(value) is not date:
            self._say(f"{name} is no day such as 2026-01-01")
        return value

    def _choice(self, choices: type[_Choice], name: str, default: _Choice | None) -> Any:
        value = self._entry.get(name, default)
        try:
            return choices(value)
        except ValueError:
            told = "lacks" if value is None else f"{value} is no"
            self._say(f"{told} {name}; it is one of {', '.join(choices)}")
            return None

    def _own_portals(self) -> tuple[PortalId, ...]:
        return known_portals(self._texts("portals"), self._where, self._wrong)

    def _months(self) -> int | None:
        value = self._entry.get("publicity_months")
        if value is not None and (type(value) is not int or not 1 <= value <= _MOST_MONTHS):
            self._say(f"publicity_months must be a number from 1 to {_MOST_MONTHS}")
        return value

    def _columns(self, kind: Kind | None) -> tuple[str, ...]:
        columns = self._texts("withheld_columns")
        if kind is None:
            return columns
        roles = ROLES[kind]
        unknown = [column for column in columns if column not in TEMPLATES[kind]]
        if unknown:
            self._say(f"withheld_columns has {', '.join(unknown)}, which the template of a {kind} has not")
        for column in (roles.authority_code, roles.document, roles.subject):
            if column in columns:
                self._say(f"{column} cannot be withheld: a decision is known by it")
        return columns


def _check_versions(departments: Sequence[Department], wrong: Wrong) -> None:
    by_code: dict[str, list[Department]] = defaultdict(list)
    for department in departments:
        by_code[department.code].append(department)
        by_item: dict[str, list[Item]] = defaultdict(list)
        for item in department.items:
            by_item[item.code].append(item)
        for code, versions in by_item.items():
            _check_days(versions, f"department {department.name}, item {code}", wrong)
        _check_documents(department, wrong)
    for code, versions_ in by_code.items():
        _check_days(versions_, f"department {code}", wrong)


def _check_days(versions: Sequence[_Version], where: str, wrong: Wrong) -> None:
    if any(one.valid_until < one.valid_from for one in versions):
        wrong.say(where, "valid_until is before valid_from")
    for before, after in pairwise(sorted(versions, key=lambda one: one.valid_from)):
        if after.valid_from <= before.valid_until:
            wrong.say(where, f"two versions hold on {after.valid_from}; end one the day before the other")


def _check_documents(department: Department, wrong: Wrong) -> None:
    """Refuse a beginning of document numbers that means two items on the same day."""
    for place, item in enumerate(department.items):
        for other in department.items[place + 1 :]:
            same = set(item.documents) & set(other.documents)
            apart = item.valid_until < other.valid_from or other.valid_until < item.valid_from
            if same and item.kind is other.kind and item.code != other.code and not apart:
                where = f"department {department.name}"
                wrong.say(
                    where, f"documents {'、'.join(sorted(same))} of {item.code} are {other.code}'s as well"
                )
