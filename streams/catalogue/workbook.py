"""Reads a catalogue from a workbook: a sheet of departments, one of items, and one of portals if wanted."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from connectors.grid import Record
from connectors.unreadable import UnreadableError
from connectors.xlsx.reading import read_sheets
from streams.domain.catalogue import Level
from streams.domain.folding import compact
from streams.domain.stages import Kind
from streams.domain.validation import RULES
from streams.domain.values import read_day

Row = dict[str, Any]
_Read = Callable[[str], Any]

_SEPARATORS = re.compile(r"[、,，;；|\s]+")
_LEVELS = MappingProxyType(
    {"市级": Level.CITY, "市": Level.CITY, "县级": Level.COUNTY, "区级": Level.COUNTY, "区县级": Level.COUNTY}
)
_KINDS = MappingProxyType(
    {"行政许可": Kind.LICENCE, "许可": Kind.LICENCE, "行政处罚": Kind.PENALTY, "处罚": Kind.PENALTY}
)


def _listed(text: str) -> list[str]:
    return list(filter(None, _SEPARATORS.split(text)))


def _day(text: str) -> Any:
    return read_day(text) or text


def _number(text: str) -> Any:
    return int(text) if text.isascii() and text.isdigit() else text


_COMMON: Mapping[str, tuple[str, _Read]] = {
    "责任科室": ("office", str),
    "责任人": ("responsible", str),
    "上线批次": ("batch", str),
    "上线日期": ("go_live", _day),
    "公示平台": ("portals", _listed),
    "生效日期": ("valid_from", _day),
    "失效日期": ("valid_until", _day),
}
_DEPARTMENTS: Mapping[str, tuple[str, _Read]] = {
    "统一社会信用代码": ("code", compact),
    "部门名称": ("name", str),
    "行政区划代码": ("region", compact),
    "级别": ("level", lambda text: _LEVELS.get(compact(text), text)),
    **_COMMON,
}
_ITEMS: Mapping[str, tuple[str, _Read]] = {
    "部门统一社会信用代码": ("department", compact),
    "事项编码": ("code", compact),
    "事项名称": ("name", str),
    "类型": ("kind", lambda text: _KINDS.get(compact(text), text)),
    "所属清单": ("basis", str),
    "文书号字头": ("documents", _listed),
    "公开范围": ("range", str),
    "不公开的列": ("withheld_columns", _listed),
    "默认公示期(月)": ("publicity_months", _number),
    **_COMMON,
}
_PORTALS: Mapping[str, tuple[str, _Read]] = {
    "级别": ("level", lambda text: _LEVELS.get(compact(text), text)),
    "类型": ("kind", lambda text: _KINDS.get(compact(text), text)),
    "公示平台": ("portals", _listed),
}
SHEETS: Mapping[str, Mapping[str, tuple[str, _Read]]] = MappingProxyType(
    {"部门": _DEPARTMENTS, "事项": _ITEMS, "平台": _PORTALS}
)
"""Sheet → header → (field, how its cells are read). 平台 may be left out: the packaged portals hold then."""


def read_tables(file: Path, portals: Mapping[str, list[str]]) -> tuple[dict[str, Any], list[str]]:
    """Return the tables in a workbook as `tables.catalogue_of` takes them, and mistakes in reading.

    `portals` hold where the workbook has no sheet of them; its version is the file's name. Raises `OSError`.
    """
    mistakes: list[str] = []
    found: dict[str, list[Row]] = {}
    try:
        with file.open("rb") as stream:
            for sheet in read_sheets(stream):
                name = compact(sheet.name)
                if name in SHEETS:
                    found[name] = list(_rows(name, sheet.records, mistakes))
    except UnreadableError as error:
        return {}, [RULES[error.rule].message]
    mistakes += [f"the workbook has no sheet {name}" for name in ("部门", "事项") if name not in found]
    departments = found.get("部门", [])
    for row in found.get("事项", []):
        code = row.pop("department", "")
        owners = [department for department in departments if department.get("code") == code]
        if not owners:
            mistakes.append(f"sheet 事项, item {row.get('code', '')}: no department {code} on sheet 部门")
        for owner in owners:
            owner.setdefault("item", []).append(row)
    own = {**portals, **_own_portals(found.get("平台", []))}
    return {"version": file.stem, "portals": own, "department": departments}, mistakes


def _own_portals(rows: list[Row]) -> dict[str, Any]:
    """Return level → portals, and kind → (level → portals) of rows that name a kind."""
    own: dict[str, Any] = {}
    for row in rows:
        at = own.setdefault(row["kind"], {}) if row.get("kind") else own
        at[row.get("level", "")] = row.get("portals", [])
    return own


def _rows(sheet: str, records: Iterator[Record], mistakes: list[str]) -> Iterator[Row]:
    fields = SHEETS[sheet]
    header: dict[int, str] = {}
    for record in records:
        cells = {place: text.strip() for place, text in record.cells.items() if text.strip()}
        if not header:
            header = {place: compact(text).strip("*") for place, text in cells.items()}
            unknown = [name for name in header.values() if name not in fields]
            known = "、".join(fields)
            mistakes.extend(f"sheet {sheet}: unknown column {name}; known are {known}" for name in unknown)
        elif cells:
            named = {header.get(place, ""): text for place, text in cells.items()}
            yield {fields[name][0]: fields[name][1](text) for name, text in named.items() if name in fields}
