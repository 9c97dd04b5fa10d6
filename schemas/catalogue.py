"""Entries of the 双公示目录 as they stand on `catalogue.entry`: their schema, and bytes ⇄ domain types."""

from datetime import date, datetime
from typing import Any

from schemas.framing import Framing
from schemas.parts import DAY, MOMENT, TEXTS, Json, enum, field, maybe, record
from schemas.store import SchemaStore
from streams.domain.catalogue import Basis, Department, Item, Level, Range
from streams.domain.catalogue_entries import DepartmentEntry, Entry, Head, ItemEntry, ItemVersion
from streams.domain.stages import Kind, PortalId

NAME = "catalogue.entry"
_UNSAID = {"valid_from": date.min, "valid_until": date.max}
"""What null stands for."""


def catalogue_entry() -> Json:
    """Return the schema of `catalogue.entry`."""
    portals = {"type": "map", "values": TEXTS}
    return record(
        "CatalogueEntry",
        "One entry of the catalogue with all of its versions; a tombstone means that it is in it no more.",
        [
            field("catalogue", "string", "目录版本 · the state of the catalogue that this entry came with"),
            field("changed_at", MOMENT, "发布时间 · milliseconds since 1970, UTC"),
            field("department_code", "string", "部门统一社会信用代码 · empty on the head entry", default=""),
            field("item", "string", "事项编码 · empty where it is no item's entry", default=""),
            field(
                "portals", portals, "级别对应平台 · level → portal ids; on the head entry only", default={}
            ),
            field("departments", {"type": "array", "items": _department()}, "部门各版本", default=[]),
            field("items", {"type": "array", "items": _item()}, "事项各版本", default=[]),
        ],
    )


def _shared_fields() -> list[Json]:
    return [
        field("office", "string", "责任科室"),
        field("responsible", "string", "责任人 · told in alerts only"),
        field("batch", "string", "上线批次"),
        field("portals", TEXTS, "公示平台 · portal ids; empty where those of the level above hold"),
        maybe("valid_from", DAY, "生效日期 · first day of this version; null: from ever"),
        maybe("valid_until", DAY, "失效日期 · last day of this version; null: until further notice"),
    ]


def _department() -> Json:
    return record(
        "DepartmentVersion",
        "A department as it is on some days",
        [
            field("name", "string", "部门名称"),
            field("region", "string", "行政区划代码 · six digits, GB/T 2260"),
            field("level", enum("Level", list(Level), "级别"), "city 市级, county 县级"),
            field("go_live", DAY, "上线日期 · from when its decisions are due"),
            *_shared_fields(),
        ],
    )


def _item() -> Json:
    basis = enum("Basis", [one.name for one in Basis], "所属清单")
    ranges = enum("Range", [one.name for one in Range], "公开范围")
    return record(
        "ItemVersion",
        "An item as it is on some days",
        [
            maybe("department_from", DAY, "所属部门版本的生效日期 · null: from ever"),
            field("name", "string", "事项名称"),
            field("kind", enum("ItemKind", list(Kind), "决定种类"), "licence 行政许可, penalty 行政处罚"),
            field("basis", basis, "POWERS 权力清单, DUTIES 责任清单"),
            field("documents", TEXTS, "文书号字头 · how its document numbers begin"),
            maybe("go_live", DAY, "上线日期 · null where the department's holds"),
            field("range", ranges, "PUBLIC 社会公开, SHARED 政务共享, ON_REQUEST 授权查询"),
            field("withheld_columns", TEXTS, "不公开的列 · official codes"),
            maybe("publicity_months", "int", "默认公示期 · months; null where the rules tell it"),
            *_shared_fields(),
        ],
    )


class CatalogueCodec:
    """Turns entries into the bytes of `catalogue.entry` and back."""

    def __init__(self, store: SchemaStore) -> None:
        self._framing = Framing(store)

    def encode(self, entry: Entry, *, catalogue: str, changed_at: datetime) -> bytes:
        """Return the bytes of an entry of the catalogue with that version."""
        datum: Json = {"catalogue": catalogue, "changed_at": changed_at, "department_code": "", "item": ""}
        datum |= {"portals": {}, "departments": [], "items": []}
        match entry:
            case Head():
                datum["portals"] = {str(level): list(portals) for level, portals in entry.portals.items()} | {
                    f"{level}.{kind}": list(portals) for (level, kind), portals in entry.kind_portals.items()
                }
            case DepartmentEntry():
                datum["department_code"] = entry.code
                datum["departments"] = [_written(version) for version in entry.versions]
            case ItemEntry():
                datum["department_code"], datum["item"] = entry.department, entry.code
                datum["items"] = [
                    {**_written(version.item), "department_from": _day(version.department_from)}
                    for version in entry.versions
                ]
        return self._framing.write(NAME, datum)

    def decode(self, value: bytes) -> Entry:
        """Return the entry in some bytes.

        Raises `UndecodableError`, or `UnavailableError` while a configured registry is away.
        """
        datum = self._framing.read(NAME, value)
        code, item = datum["department_code"], datum["item"]
        if not code:
            return _head(datum)
        if not item:
            versions = tuple(Department(code=code, **_read(one)) for one in datum["departments"])
            return DepartmentEntry(code=code, versions=versions)
        items = tuple(
            ItemVersion(
                department_from=one.pop("department_from") or date.min, item=Item(code=item, **_read(one))
            )
            for one in datum["items"]
        )
        return ItemEntry(department=code, code=item, versions=items)


def _head(datum: Json) -> Head:
    """Read the head entry; `city.penalty` among its levels is what holds for that kind alone."""
    told = {tuple(name.split(".")): _portals(names) for name, names in datum["portals"].items()}
    return Head(
        version=datum["catalogue"],
        portals={Level(name[0]): names for name, names in told.items() if len(name) == 1},
        kind_portals={(Level(name[0]), Kind(name[1])): names for name, names in told.items() if name[1:]},
    )


def _day(day: date) -> date | None:
    return None if day in (date.min, date.max) else day


def _written(version: Department | Item) -> Json:
    datum = {name: getattr(version, name) for name in version.__slots__ if name not in ("code", "items")}
    for name in _UNSAID:
        datum[name] = _day(datum[name])
    for name in ("basis", "range"):
        if name in datum:
            datum[name] = datum[name].name
    return datum


def _read(datum: dict[str, Any]) -> dict[str, Any]:
    read = {name: tuple(value) if isinstance(value, list) else value for name, value in datum.items()}
    for name, day in _UNSAID.items():
        read[name] = read[name] or day
    read["portals"] = _portals(datum["portals"])
    if "level" in datum:
        return {**read, "level": Level(datum["level"])}
    return {
        **read,
        "kind": Kind(datum["kind"]),
        "basis": Basis[datum["basis"]],
        "range": Range[datum["range"]],
    }


def _portals(names: list[str]) -> tuple[PortalId, ...]:
    return tuple(PortalId(name) for name in names)
