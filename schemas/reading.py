"""Reads Avro bodies with a function made once for each schema, for records written in today's schema.

fastavro asks the schema anew for every value of every record, which was a tenth of the review's time. What
comes out is the same, and what fastavro refuses is refused; other schemas are still resolved by fastavro.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

Read = Callable[[bytes, int], tuple[Any, int]]
"""(body, place) → value and the place after it. Raises `ValueError`, `IndexError` or `OverflowError` for what
is no such value."""

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_BITS = 63
_MORE = 0x80
_LONG_OR_NEGATIVE = 0x81
_NULL, _SET = 0, 2
"""Branches of a union of null and something, as they are written."""


def _long(data: bytes, at: int) -> tuple[int, int]:
    byte = data[at]
    number, shift = byte & 0x7F, 7
    while byte & _MORE:
        if shift > _MOST_BITS:
            raise ValueError("a number has too many bytes")
        at += 1
        byte = data[at]
        number |= (byte & 0x7F) << shift
        shift += 7
    return (number >> 1) ^ -(number & 1), at + 1


def _bytes(data: bytes, at: int) -> tuple[bytes, int]:
    size, at = _long(data, at)
    end = at + size
    if not at <= end <= len(data):
        raise ValueError("a value is longer than its record")
    return data[at:end], end


def _string(data: bytes, at: int) -> tuple[str, int]:
    size = data[at]
    if size & _MORE:
        size, at = _long(data, at)
    elif size & 1:
        raise ValueError("a length is negative")
    else:
        size, at = size >> 1, at + 1
    end = at + size
    if not at <= end <= len(data):
        raise ValueError("a text is longer than its record")
    return data[at:end].decode(), end


def _boolean(data: bytes, at: int) -> tuple[bool, int]:
    return data[at] != 0, at + 1


def _day(data: bytes, at: int) -> tuple[date, int]:
    number, at = _long(data, at)
    return date.fromordinal(number + _EPOCH_DAY), at


def _moment(data: bytes, at: int) -> tuple[datetime, int]:
    number, at = _long(data, at)
    return _EPOCH + timedelta(milliseconds=number), at


def _decimal(schema: Mapping[str, Any]) -> Read:
    scale = -schema["scale"]

    def read(data: bytes, at: int) -> tuple[Decimal, int]:
        raw, at = _bytes(data, at)
        return Decimal(int.from_bytes(raw, "big", signed=True)).scaleb(scale), at

    return read


def _enum(schema: Mapping[str, Any]) -> Read:
    symbols: Sequence[str] = schema["symbols"]

    def read(data: bytes, at: int) -> tuple[str, int]:
        place, at = _long(data, at)
        if place < 0:
            raise ValueError("no symbol has a negative number")
        return symbols[place], at

    return read


def _block(data: bytes, at: int) -> tuple[int, int]:
    """Return how many items come next, 0 after the last; a negative count has the block's size behind it."""
    count, at = _long(data, at)
    if count < 0:
        count, (_, at) = -count, _long(data, at)
    return count, at


def _array(schema: Mapping[str, Any]) -> Read:
    read_item = reader(schema["items"])

    def read(data: bytes, at: int) -> tuple[list[Any], int]:
        items = []
        count, at = _block(data, at)
        while count:
            for _ in range(count):
                item, at = read_item(data, at)
                items.append(item)
            count, at = _block(data, at)
        return items, at

    return read


def _map(schema: Mapping[str, Any]) -> Read:
    read_value = reader(schema["values"])

    def read(data: bytes, at: int) -> tuple[dict[str, Any], int]:
        items = {}
        count, at = _block(data, at)
        while count:
            for _ in range(count):
                name, at = _string(data, at)
                items[name], at = read_value(data, at)
            count, at = _block(data, at)
        return items, at

    return read


def _record(schema: Mapping[str, Any]) -> Read:
    fields = [(field["name"], *_field(field["type"])) for field in schema["fields"]]

    def read(data: bytes, at: int) -> tuple[dict[str, Any], int]:
        values: dict[str, Any] = {}
        for name, optional, read_field in fields:
            if optional:
                branch = data[at]
                at += 1
                if branch == _NULL:
                    values[name] = None
                    continue
                if branch != _SET:
                    raise ValueError("a union has no such branch")
            if read_field is _string and not (size := data[at]) & _LONG_OR_NEGATIVE:
                # nearly all values are short texts: no call for them
                end = at + 1 + (size >> 1)
                values[name] = data[at + 1 : end].decode()
                at = end
                continue
            values[name], at = read_field(data, at)
        if at > len(data):
            raise ValueError("a text is longer than its record")
        return values, at

    return read


def _field(kind: Any) -> tuple[bool, Read]:
    if not isinstance(kind, list):
        return False, reader(kind)
    null, other = kind
    if null != "null":
        raise NotImplementedError("a union of null and one other is all that the schemas have")
    return True, reader(other)


_PLAIN: Mapping[str, Read] = {
    "string": _string,
    "boolean": _boolean,
    "bytes": _bytes,
    "int": _long,
    "long": _long,
    "date": _day,
    "timestamp-millis": _moment,
}
_BUILT: Mapping[str, Callable[[Any], Read]] = {
    "decimal": _decimal,
    "enum": _enum,
    "array": _array,
    "map": _map,
    "record": _record,
}


def reader(schema: Any) -> Read:
    """Return what reads values of a parsed `schema`; one of its own types stands for nothing else.

    Raises `NotImplementedError` for a type that no schema of `schemas/avro` has.
    """
    name = schema if isinstance(schema, str) else schema.get("logicalType") or schema["type"]
    if name in _PLAIN:
        return _PLAIN[name]
    if name in _BUILT:
        return _BUILT[name](schema)
    raise NotImplementedError(f"no reader for the Avro type {name}")
