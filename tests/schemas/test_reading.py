"""The read bodies: what fastavro reads from the same bytes, and an error for what is none of the schema."""

from io import BytesIO
from typing import Any

import fastavro
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.reading import reader
from tests.schemas.test_writing import GOOD, SCHEMA, VALUES, written

READ = reader(SCHEMA)


@given(VALUES)
def test_values_are_those_of_fastavro(datum: dict[str, Any]) -> None:
    """Whatever the value, what is read is what fastavro reads, up to the last byte."""
    body = written(datum)
    assert READ(body, 0) == (fastavro.schemaless_reader(BytesIO(body), SCHEMA, None), len(body))


@given(VALUES, st.data())
def test_changed_bytes_are_read_alike_or_refused(datum: dict[str, Any], data: st.DataObject) -> None:
    """Bytes that were changed or cut off give what fastavro gives, or an error; never anything else."""
    body = bytearray(written(datum))
    for _ in range(data.draw(st.integers(1, 3))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(body[: data.draw(st.integers(0, len(body)))])
    try:
        found, end = READ(cut, 0)
    except (ValueError, IndexError, OverflowError, ArithmeticError):
        return
    source = BytesIO(cut)
    assert found == fastavro.schemaless_reader(source, SCHEMA, None)
    assert end == source.tell()


def test_blocks_with_their_size_are_read() -> None:
    """Other writers put an array's size before its items, with the count negative."""
    body = fastavro.schema.parse_schema({"type": "array", "items": "string"})
    assert reader(body)(b"\x03\x08\x02x\x02y\x00", 0) == (["x", "y"], 7)


@pytest.mark.parametrize("kind", ["float", {"type": "fixed", "name": "F", "size": 2}])
def test_a_type_that_no_schema_has_is_refused(kind: Any) -> None:
    """A type nobody has needed yet is refused when the schema is read, not when a record is."""
    with pytest.raises(NotImplementedError):
        reader(kind)


def test_a_negative_symbol_is_refused() -> None:
    """A negative number names no symbol, though Python would count from the end."""
    body = written(GOOD)
    place = body.rindex(b"\x00\x02\x02x\x00\x02\x02x\x02\x00")
    with pytest.raises(ValueError, match="symbol"):
        READ(body[:place] + b"\x01" + body[place + 1 :], 0)
