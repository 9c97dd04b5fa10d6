"""Loads the 双公示目录 and the working days from TOML files into the domain's types."""

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from streams.domain.calendar import COUNT_FIRST_DAY, Calendar
from streams.domain.catalogue import Catalogue, Department, Item, Level
from streams.domain.errors import ConfigurationError
from streams.domain.identifiers import is_uscc
from streams.domain.keys import document_number
from streams.domain.stages import Kind, PortalId
from streams.topics import PORTALS

_Entry = TypeVar("_Entry")
_SAMPLES: Mapping[type, str] = {date: "2027-01-01", int: "2027", dict: "{ name = … }"}


def load_catalogue(file: Path | None = None) -> Catalogue:
    """Return the catalogue in `file`, or the packaged sample.

    Raises `ConfigurationError` that names every mistake.
    """
    source: Traversable = files("streams") / "data" / "catalogue.toml" if file is None else file.expanduser()
    table = _table(source, "the catalogue")
    mistakes: list[str] = []
    portals = {level: _portals(table, level, mistakes) for level in Level}
    departments = [_department(entry, mistakes) for entry in _list_of(table, "department", dict, source)]
    if not departments:
        mistakes.append("it has no [[department]]")
    if mistakes:
        raise ConfigurationError(f"{source.name}: {'; '.join(mistakes)}")
    return Catalogue(
        version=str(table.get("version", "")),
        portals=portals,
        departments=tuple(department for department in departments if department is not None),
    )


def load_calendar(file: Path | None = None) -> Calendar:
    """Return the calendar with the days in `file` (default: the packaged ones).

    Raises `ConfigurationError`.
    """
    source: Traversable = (
        files("streams") / "data" / "working_days.toml" if file is None else file.expanduser()
    )
    table = _table(source, "the working days' file")
    holidays = dict.fromkeys(_list_of(table, "holidays", date, source), False)
    weekends = dict.fromkeys(_list_of(table, "working_weekends", date, source), True)
    return Calendar(
        {**holidays, **weekends},
        known_years=_list_of(table, "known_years", int, source),
        count_first_day=table.get("count_first_day", COUNT_FIRST_DAY) is True,
    )


def _list_of(table: Mapping[str, Any], name: str, kind: type[_Entry], source: Traversable) -> list[_Entry]:
    entries = table.get(name, [])
    if not isinstance(entries, list) or any(type(entry) is not kind for entry in entries):
        raise ConfigurationError(f"{source.name}: {name} must be a list such as [{_SAMPLES[kind]}]")
    return entries


def _table(source: Traversable, what: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{what} {source.name} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{what} {source.name} is no valid TOML: {error}") from error


def _portals(table: Mapping[str, Any], level: Level, mistakes: list[str]) -> tuple[PortalId, ...]:
    by_level = table.get("portals")
    names = by_level.get(level) if isinstance(by_level, Mapping) else None
    if not isinstance(names, list) or not names:
        mistakes.append(f"[portals] {level} must list the portals of that level")
        return ()
    unknown = [str(name) for name in names if name not in PORTALS]
    if unknown:
        mistakes.append(f"[portals] {level} names {', '.join(unknown)}; known are {', '.join(PORTALS)}")
    return tuple(PortalId(str(name)) for name in names)


def _department(entry: Mapping[str, Any], mistakes: list[str]) -> Department | None:
    name = entry.get("name", "without a name")
    try:
        if not is_uscc(entry["code"]):
            mistakes.append(f"department {name}: code has a wrong check digit")
        return Department(
            code=entry["code"],
            name=entry["name"],
            region=entry["region"],
            level=Level(entry["level"]),
            office=entry["office"],
            responsible=entry["responsible"],
            go_live=_day(entry["go_live"]),
            items=tuple(_item(item) for item in entry.get("item", ())),
            valid_from=_day(entry.get("valid_from", date.min)),
            valid_until=_day(entry.get("valid_until", date.max)),
        )
    except KeyError as error:
        mistakes.append(f"department {name} lacks {error.args[0]}")
    except (TypeError, ValueError, AttributeError) as error:
        mistakes.append(f"department {name}: {error}")
    return None


def _item(entry: Mapping[str, Any]) -> Item:
    return Item(
        code=entry["code"],
        name=entry["name"],
        kind=Kind(entry["kind"]),
        documents=tuple(document_number(beginning) for beginning in entry.get("documents", ())),
        office=entry.get("office", ""),
        responsible=entry.get("responsible", ""),
    )


def _day(value: object) -> date:
    if type(value) is not date:
        raise TypeError(f"{value!r} is no day such as 2026-01-01")
    return value
