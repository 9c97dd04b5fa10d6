"""Writes Avro bodies with a function made once for each schema.

fastavro looks at every union's branches for every value, which was a third of the review's time; here each
field's way is settled when the schema is read. What comes out is the same to the byte, and fastavro reads it.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

Write = Callable[[Any, list[bytes]], None]
"""(value, parts of the body so far)."""

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_SEVEN_BITS = 0x7F
_NULL, _SET = b"\x00", b"\x02"
"""Branches 0 and 1 of a union of null and something; only fields of records are such unions."""


def _long(number: int) -> bytes:
    """Return a zigzag number of variable length."""
    left = (number << 1) ^ (number >> 63)
    written = bytearray()
    while left > _SEVEN_BITS:
        written.append(left & _SEVEN_BITS | 0x80)
        left >>= 7
    written.append(left)
    return bytes(written)


_SHORTEST_LONG = 4096
_SHORT = tuple(_long(number) for number in range(_SHORTEST_LONG))


def _length(number: int) -> bytes:
    return _SHORT[number] if number < _SHORTEST_LONG else _long(number)


def _string(value: str, parts: list[bytes]) -> None:
    encoded = value.encode()
    size = len(encoded)
    parts.append(_SHORT[size] if size < _SHORTEST_LONG else _long(size))
    parts.append(encoded)


def _bytes(value: bytes, parts: list[bytes]) -> None:
    parts += (_length(len(value)), value)


def _number(value: int, parts: list[bytes]) -> None:
    parts.append(_long(value))


def _boolean(value: bool, parts: list[bytes]) -> None:  # noqa: FBT001 -- the value itself
    parts.append(b"\x01" if value else b"\x00")


def _day(value: date, parts: list[bytes]) -> None:
    parts.append(_written_day(value))


@lru_cache(maxsize=4096)
def _written_day(value: date) -> bytes:
    return _long(value.toordinal() - _EPOCH_DAY)


def _moment(value: datetime, parts: list[bytes]) -> None:
    parts.append(_long((value - _EPOCH) // _MILLISECOND))


def _decimal(schema: Mapping[str, Any]) -> Write:
    scale, limit = schema["scale"], 10 ** schema["precision"]

    def write(value: Decimal, parts: list[bytes]) -> None:
        scaled = value.scaleb(scale)
        unscaled = int(scaled)
        if unscaled != scaled or abs(unscaled) >= limit:
            raise ValueError("a decimal has more digits than its schema")
        size = (unscaled.bit_length() + 8) // 8
        parts += (_length(size), unscaled.to_bytes(size, "big", signed=True))

    return write


def _enum(schema: Mapping[str, Any]) -> Write:
    places = {symbol: _long(place) for place, symbol in enumerate(schema["symbols"])}

    def write(value: str, parts: list[bytes]) -> None:
        parts.append(places[value])

    return write


def _array(schema: Mapping[str, Any]) -> Write:
    write_item = writer(schema["items"])

    def write(values: Any, parts: list[bytes]) -> None:
        if values:
            parts.append(_length(len(values)))
            for value in values:
                write_item(value, parts)
        parts.append(_NULL)

    return write


def _map(schema: Mapping[str, Any]) -> Write:
    write_value = writer(schema["values"])

    def write(values: Mapping[str, Any], parts: list[bytes]) -> None:
        if values:
            parts.append(_length(len(values)))
            for name, value in values.items():
                _string(name, parts)
                write_value(value, parts)
        parts.append(_NULL)

    return write


def _other(schema: list[Any]) -> Any:
    null, other = schema
    if null != "null":
        raise NotImplementedError("a union of null and one other is all that the schemas have")
    return other


def _record(schema: Mapping[str, Any]) -> Write:
    fields = []
    for field in schema["fields"]:
        optional = isinstance(field["type"], list)
        write_field = writer(_other(field["type"]) if optional else field["type"])
        fields.append((field["name"], optional, write_field))

    def write(values: Mapping[str, Any], parts: list[bytes]) -> None:
        get, append = values.get, parts.append
        for name, optional, write_field in fields:
            if optional:
                value = get(name)
                if value is None:
                    append(_NULL)
                    continue
                append(_SET)
            else:
                value = values[name]
            if write_field is _string:
                # most values are texts: no call for them
                encoded = value.encode()
                size = len(encoded)
                append(_SHORT[size] if size < _SHORTEST_LONG else _long(size))
                append(encoded)
            else:
                write_field(value, parts)

    return write


_PLAIN: Mapping[str, Write] = {
    "string": _string,
    "boolean": _boolean,
    "bytes": _bytes,
    "int": _number,
    "long": _number,
    "date": _day,
    "timestamp-millis": _moment,
}
_BUILT: Mapping[str, Callable[[Any], Write]] = {
    "decimal": _decimal,
    "enum": _enum,
    "array": _array,
    "map": _map,
    "record": _record,
}


def writer(schema: Any) -> Write:
    """Return what writes values of a parsed `schema`; one of its own types stands for nothing else.

    What it returns raises `KeyError`, `AttributeError`, `TypeError` or `ValueError` for a value that is
    none of the schema. Raises `NotImplementedError` for a type that no schema of `schemas/avro` has.
    """
    name = schema if isinstance(schema, str) else schema.get("logicalType") or schema["type"]
    if name in _PLAIN:
        return _PLAIN[name]
    if name in _BUILT:
        return _BUILT[name](schema)
    raise NotImplementedError(f"no writer for the Avro type {name}")
