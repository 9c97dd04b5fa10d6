"""The written bodies: the same bytes that fastavro makes, and errors for what is none of the schema."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import fastavro
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.writing import writer

SCHEMA: Any = fastavro.parse_schema(
    {
        "type": "record",
        "name": "Everything",
        "fields": [
            {"name": "text", "type": "string"},
            {"name": "raw", "type": "bytes"},
            {"name": "count", "type": "long"},
            {"name": "day", "type": {"type": "int", "logicalType": "date"}},
            {"name": "moment", "type": {"type": "long", "logicalType": "timestamp-millis"}},
            {
                "name": "amount",
                "type": ["null", {"type": "bytes", "logicalType": "decimal", "precision": 18, "scale": 6}],
            },
            {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["a", "b"]}},
            {"name": "list", "type": {"type": "array", "items": "string"}},
            {"name": "map", "type": {"type": "map", "values": "int"}},
        ],
    }
)
MOMENTS = st.integers(-(2**41), 2**43).map(lambda ms: datetime.fromtimestamp(ms / 1000, UTC))
VALUES = st.fixed_dictionaries(
    {
        "text": st.text(st.characters(exclude_categories=("Cs",)), max_size=5000),
        "raw": st.binary(max_size=200),
        "count": st.integers(-(2**63), 2**63 - 1),
        "day": st.dates(),
        "moment": MOMENTS,
        "amount": st.none() | st.decimals(-999_999_999_999, 999_999_999_999, places=6),
        "kind": st.sampled_from("ab"),
        "list": st.lists(st.text(st.characters(exclude_categories=("Cs",)))),
        "map": st.dictionaries(st.text("xyz"), st.integers(-(2**31), 2**31 - 1)),
    }
)
GOOD = {
    "text": "公示",
    "raw": b"\x00\xff",
    "count": 1,
    "day": date(2026, 11, 23),
    "moment": datetime(2026, 11, 23, tzinfo=UTC),
    "amount": Decimal("0.2"),
    "kind": "a",
    "list": ["x"],
    "map": {"x": 1},
}


def written(datum: dict[str, Any]) -> bytes:
    """Return what the project writes."""
    parts: list[bytes] = []
    writer(SCHEMA)(datum, parts)
    return b"".join(parts)


@given(VALUES)
def test_bytes_are_those_of_fastavro(datum: dict[str, Any]) -> None:
    """Whatever the value, the body is fastavro's to the byte."""
    buffer = BytesIO()
    fastavro.schemaless_writer(buffer, SCHEMA, datum)
    assert written(datum) == buffer.getvalue()


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("text", 1, AttributeError),
        ("count", "1", TypeError),
        ("amount", Decimal("0.0000001"), ValueError),
        ("amount", Decimal(10**12), ValueError),
        ("kind", "c", KeyError),
        ("list", None, None),
    ],
)
def test_values_of_no_schema_are_refused(field: str, value: object, error: type[Exception] | None) -> None:
    """A value that its field cannot hold is an error; nothing at all is an empty list."""
    if error is None:
        assert written({**GOOD, field: value}) == written({**GOOD, field: []})
    else:
        with pytest.raises(error):
            written({**GOOD, field: value})


def test_a_missing_field_is_an_error() -> None:
    """What a record must have and lacks is not made up."""
    with pytest.raises(KeyError):
        written({name: value for name, value in GOOD.items() if name != "text"})


@pytest.mark.parametrize("schema", ["double", {"type": "fixed", "name": "F", "size": 2}, ["string", "null"]])
def test_types_of_no_schema_are_told(schema: Any) -> None:
    """A type that the project's schemas do not have is refused when the writer is made."""
    with pytest.raises(NotImplementedError):
        writer({"type": "record", "name": "R", "fields": [{"name": "f", "type": schema}]})
