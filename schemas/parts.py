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
