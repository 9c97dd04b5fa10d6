"""The pieces that schemas are put together of."""

from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]

DAY: Json = {"type": "int", "logicalType": "date"}
MOMENT: Json = {"type": "long", "logicalType": "timestamp-millis"}
AMOUNT: Json = {"type": "bytes", "logicalType": "decimal", "precision": 18, "scale": 6}
TEXTS: Json = {"type": "array", "items": "string"}


def field(name: str, kind: Any, doc: str, **more: Any) -> Json:
    """Return a field; `more` may give its default."""
    return {"name": name, "type": kind, "doc": doc, **more}


def maybe(name: str, kind: Any, doc: str) -> Json:
    """Return a field that may be null."""
    return field(name, ["null", kind], doc, default=None)


def enum(name: str, symbols: Sequence[str], doc: str) -> Json:
    """Return a closed list."""
    return {"type": "enum", "name": name, "symbols": list(symbols), "doc": doc}


def record(name: str, doc: str, fields: Sequence[Json]) -> Json:
    """Return a record."""
    return {"type": "record", "name": name, "doc": doc, "fields": list(fields)}


def head() -> list[Json]:
    """Return what every event of a decision begins with."""
    return [
        field("event_id", "string", "事件编号 · UUIDv7, the same on every try"),
        field("key", "string", "决定标识 · authority's code|document number|subject's name, normalised"),
        field("revision", "long", "修订号 · a higher one supersedes; milliseconds since 1970 by default"),
    ]


def origin() -> Json:
    """Return the field that says where an event came from."""
    fields = [
        field("connector", "string", "报送方式 · file, folder, http, database, producer or samples"),
        field("department", "string", "报送部门 · 统一社会信用代码, empty when unknown"),
        field("reference", "string", "来源位置 · file and row, or the request"),
    ]
    return field("origin", record("Origin", "报送来源", fields), "Where the event came from")
