"""Loads the 双公示目录 and the working days from files into the domain's types."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from streams.catalogue.tables import catalogue_of
from streams.domain.calendar import COUNT_FIRST_DAY, Calendar
from streams.domain.catalogue import Catalogue
from streams.domain.errors import ConfigurationError

_PACKAGED = files("streams") / "data" / "catalogue.toml"
_Entry = TypeVar("_Entry")
_SAMPLES: Mapping[type, str] = {date: "2027-01-01", int: "2027", dict: "{ name = … }"}


def load_catalogue(file: Path | None = None) -> Catalogue:
    """Return the catalogue in `file` (.toml, .xlsx), or the packaged sample.

    Raises `ConfigurationError` that names every mistake.
    """
    catalogue, mistakes = read_catalogue(file)
    if catalogue is None:
        raise ConfigurationError(f"{file.name if file else _PACKAGED.name}: {'; '.join(mistakes)}")
    return catalogue


def read_catalogue(file: Path | None = None) -> tuple[Catalogue | None, Sequence[str]]:
    """Return the catalogue in `file`, or None with every mistake in it.

    Raises `ConfigurationError` where the file cannot be read at all.
    """
    if file is None or file.suffix.lower() != ".xlsx":
        return catalogue_of(_table(_PACKAGED if file is None else file.expanduser(), "the catalogue"))
    from streams.catalogue.workbook import read_tables  # noqa: PLC0415 -- few need what reads workbooks

    try:
        tables, mistakes = read_tables(file.expanduser(), _table(_PACKAGED, "the catalogue")["portals"])
    except OSError as error:
        raise ConfigurationError(f"the catalogue {file.name} cannot be read: {error.strerror}") from error
    if not tables:
        return None, mistakes
    catalogue, others = catalogue_of(tables)
    return (None if mistakes else catalogue), (*mistakes, *others)


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
