"""The codec: what goes in comes out, broken bytes are told apart, old bytes still read."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.codec import Codec
from schemas.framing import UndecodableError
from schemas.store import RepositoryStore
from streams.domain.columns import TEMPLATES, Form, Publicity
from streams.domain.stages import (
    Action,
    DecisionKey,
    EventId,
    Ground,
    Kind,
    Origin,
    Public,
    Review,
    Ruling,
    Submitted,
)
from tests.schemas.events import ALL, PUBLIC

RECORDED = Path(__file__).parent / "recorded"
CODEC = Codec(RepositoryStore())

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=200)
MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1)).map(  # noqa: DTZ001 -- made aware below
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000, tzinfo=UTC)
)
FORMS = {
    Form.TEXT: TEXT,
    Form.DAY: st.dates(date(1900, 1, 1), date(2999, 12, 31)),
    Form.AMOUNT: st.decimals(0, 99_999_999, places=6).map(Decimal.normalize),
}

REVIEWS = st.builds(
    Review,
    ruling=st.sampled_from(Ruling),
    held=TEXT.map(EventId),
    by=TEXT,
    at=MOMENTS,
    reason=TEXT,
)


@st.composite
def submissions(draw: Any) -> Submitted:
    """Any decision as typed, with columns of the template and columns of nobody's."""
    kind = draw(st.sampled_from(Kind))
    codes = st.sampled_from(sorted(TEMPLATES[kind])) | TEXT.filter(lambda c: c not in TEMPLATES[kind])
    return Submitted(
        event_id=EventId(draw(TEXT)),
        key=DecisionKey(draw(TEXT)),
        revision=draw(st.integers(0, 2**53)),
        action=draw(st.sampled_from(Action)),
        kind=kind,
        columns=draw(st.dictionaries(codes, TEXT, max_size=8)),
        ground=draw(st.none() | st.sampled_from(Ground)),
        reason=draw(TEXT),
        origin=Origin(connector=draw(TEXT), department=draw(TEXT), reference=draw(TEXT)),
        submitted_at=draw(MOMENTS),
        review=draw(st.none() | REVIEWS),
    )


@st.composite
def publications(draw: Any) -> Public:
    """Any public decision, its values typed as their columns are."""
    kind = draw(st.sampled_from(Kind))
    columns = [c for c in TEMPLATES[kind].values() if c.publicity is not Publicity.RESTRICTED]
    chosen = draw(st.lists(st.sampled_from(columns), unique=True))
    values = {column.code: draw(FORMS[column.form]) for column in chosen}
    fields = {name: getattr(PUBLIC, name) for name in PUBLIC.__slots__}
    return Public(**{**fields, "kind": kind, "values": values})


@given(submissions())
def test_any_submission_comes_back_as_it_went(event: Submitted) -> None:
    """Whatever a department typed, in official columns or in its own, survives the bytes."""
    assert CODEC.decode_submitted(CODEC.encode_submitted(event)) == event


@given(publications())
def test_any_publication_comes_back_as_it_went(event: Public) -> None:
    """Every public value survives the bytes with its type."""
    assert CODEC.decode_public(CODEC.encode_public(event)) == event


@pytest.mark.parametrize("name", ALL)
def test_every_event_comes_back_as_it_went(codec: Codec, name: str) -> None:
    """One event of each topic, with every kind of value in it, survives the bytes."""
    value = getattr(codec, f"encode_{name}")(ALL[name])
    assert getattr(codec, f"decode_{name}")(value) == ALL[name]


@pytest.mark.parametrize("file", sorted(RECORDED.glob("*.bin")), ids=lambda file: file.stem)
def test_recorded_bytes_still_read(codec: Codec, file: Path) -> None:
    """Bytes that an earlier version wrote read as the events that they were."""
    name = file.stem.split("-")[0]
    assert getattr(codec, f"decode_{name}")(file.read_bytes()) == ALL[name]


def test_there_are_recorded_bytes_of_every_topic() -> None:
    """No topic's schema can change without its recorded bytes being read."""
    assert {file.stem.split("-")[0] for file in RECORDED.glob("*.bin")} == set(ALL)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "EMPTY_RECORD"),
        (b"", "EMPTY_RECORD"),
        (b"\x00\x00", "NOT_AVRO"),
        (b'{"event_id": "1"}', "NOT_AVRO"),
        (b"\x00\x00\x00\xff\xff rest", "UNKNOWN_SCHEMA"),
        (b"\x00\x00\x00\x00\x01 rest", "BROKEN_RECORD"),
        (CODEC.encode_submitted(ALL["submitted"])[:-3], "BROKEN_RECORD"),  # type: ignore[arg-type]
        (CODEC.encode_submitted(ALL["submitted"]) + b"x", "BROKEN_RECORD"),  # type: ignore[arg-type]
        (CODEC.encode_receipt(ALL["receipt"]), "BROKEN_RECORD"),  # type: ignore[arg-type]
    ],
)
def test_bytes_that_are_no_event_are_told_apart(value: bytes | None, code: str) -> None:
    """Each way of being unreadable has its code."""
    with pytest.raises(UndecodableError) as caught:
        CODEC.decode_submitted(value)
    assert caught.value.code == code


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_codec(body: bytes) -> None:
    """Whatever follows a right head is a decision or an `UndecodableError`."""
    try:
        CODEC.decode_submitted(b"\x00\x00\x00\x00\x01" + body)
    except UndecodableError as error:
        assert error.code == "BROKEN_RECORD"  # noqa: PT017 -- not raising is right as well


def test_a_restricted_column_cannot_reach_a_portal_topic(codec: Codec) -> None:
    """The codec refuses to write a public event that carries a restricted column."""
    fields = {name: getattr(PUBLIC, name) for name in PUBLIC.__slots__}
    leaking = Public(**{**fields, "values": {"CF_FR_ZJHM": "x"}})
    with pytest.raises(ValueError, match="restricted"):
        codec.encode_public(leaking)
