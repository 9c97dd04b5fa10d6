"""Reads rows from JSON: one object a line, a list of objects, or one object."""

import codecs
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO

from connectors.encodings import encoding_of
from connectors.row import Row
from streams.domain.keys import LOST
from streams.domain.validation import finding

_LONGEST_LINE = 4 * 1024 * 1024
_LARGEST_EXPONENT = 20
NESTED = "columns"
"""An object may hold its columns in a field of this name, beside what is to be done with it."""
WRAPPER = "decisions"
"""An object may hold nothing but the list of decisions, in a field of this name."""


class _NestedError(ValueError):
    """A value is an object, or a list that holds more than plain values."""


def read_json_lines(stream: BinaryIO) -> Iterator[Row]:
    """Yield a row a line; empty lines are passed over, but counted."""
    number = 0
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield Row(number=number, problem=finding("LINE_TOO_LONG"))
        elif not line.isspace():
            yield _parsed(number, line.removeprefix(codecs.BOM_UTF8) if number == 1 else line)


def read_json(content: bytes) -> Iterator[Row]:
    """Yield a row for every object of a list, bare or in an object, or for the one; lines are read too."""
    try:
        value = _loads(content.removeprefix(codecs.BOM_UTF8))
    except (ValueError, RecursionError):
        lines = [line for line in content.splitlines() if line.strip()]
        whole = len(lines) > 1 and all(
            line.strip().startswith(b"{") and line.strip().endswith(b"}") for line in lines
        )
        if not whole:
            yield Row(number=1, problem=finding("FILE_UNREADABLE"))
            return
        for number, line in enumerate(lines, start=1):
            yield _parsed(number, line)
        return
    if isinstance(value, dict) and isinstance(value.get(WRAPPER), list):
        value = value[WRAPPER]
    for number, entry in enumerate(value if isinstance(value, list) else [value], start=1):
        yield _row(number, entry)


def _parsed(number: int, line: bytes) -> Row:
    try:
        return _row(number, _loads(line))
    except (ValueError, RecursionError):
        return Row(number=number, problem=finding("LINE_UNREADABLE"))


def _loads(content: bytes) -> Any:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode(encoding_of(content), "replace")
    return json.loads(text, parse_int=str, parse_float=_number, parse_constant=lambda _name: None)


def _number(literal: str) -> str:
    """Return a number as one would type it in a cell: 2e-05 is 0.00002."""
    try:
        value = Decimal(literal)
    except InvalidOperation:
        return literal
    return format(value, "f") if abs(value.adjusted()) <= _LARGEST_EXPONENT else literal


def _row(number: int, entry: object) -> Row:
    if not isinstance(entry, Mapping):
        return Row(number=number, problem=finding("NO_OBJECT"))
    nested = entry.get(NESTED)
    flat = {**entry, **nested} if isinstance(nested, Mapping) else dict(entry)
    if isinstance(nested, Mapping) and NESTED not in nested:
        del flat[NESTED]
    if any(LOST in name for name in flat):
        return Row(number=number, problem=finding("LINE_UNREADABLE"))
    try:
        texts = {name: _text(value) for name, value in flat.items()}
    except _NestedError:
        return Row(number=number, problem=finding("VALUE_NESTED"))
    return Row(number=number, values={name: text for name, text in texts.items() if text})


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case list() if all(isinstance(one, str | None) for one in value):
            return "、".join(filter(None, value))
    raise _NestedError
