"""Values of a database as the text that the rules read, and as positions that a file keeps."""

import math
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.database.cells import UNREADABLE, kept, moment_of, restored, text_of
from connectors.database.position import Position, PositionFile, position_of
from streams.domain.errors import ConfigurationError
from streams.domain.values import read_amount, read_day

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("济市监罚〔2026〕1号   ", "济市监罚〔2026〕1号"),
        (True, "1"),
        (2, "2"),
        (Decimal("2.000000"), "2"),
        (Decimal("0.200000"), "0.2"),
        (Decimal("1E+3"), "1000"),
        (Decimal("NaN"), UNREADABLE),
        (0.1, "0.1"),
        (1e-5, "0.00001"),
        (math.inf, UNREADABLE),
        (date(2026, 9, 22), "2026-09-22"),
        (datetime(2026, 9, 22), "2026-09-22"),  # noqa: DTZ001 -- as drivers give it
        (datetime(2026, 9, 21, 16, tzinfo=UTC), "2026-09-22"),
        (datetime(2026, 9, 22, 8, 30), "2026-09-22 08:30:00"),  # noqa: DTZ001 -- as drivers give it
        (time(8, 30), "08:30:00"),
        (["罚款", None, "警告"], "罚款、警告"),
        ({"a": 1}, UNREADABLE),
        ("罚款".encode(), "罚款"),
        ("罚款".encode("gb18030"), "罚款"),
        (memoryview(b"\xff\xff"), UNREADABLE),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
    ],
)
def test_texts(value: object, text: str) -> None:
    """Each type becomes what a clerk would type; what is no text a sign that no rule lets through."""
    assert text_of(value, ZONE) == text


@given(st.decimals(0, 10**8, places=6), st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_amounts_and_days_are_read_as_they_stand(amount: Decimal, day: date) -> None:
    """Amounts and days keep their values on the way to the rules."""
    assert read_amount(text_of(amount, ZONE)) == amount
    assert read_day(text_of(day, ZONE)) == day


@given(
    st.datetimes(timezones=st.sampled_from([None, UTC, timezone(timedelta(hours=8))]))
    | st.integers()
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.decimals(allow_nan=False)
    | st.uuids()
)
def test_positions_are_kept(value: object) -> None:
    """What a position is made of is the same after it was kept, of the same type."""
    found = restored(*kept(value))
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("value", [None, True, 1.5, b"x", date(2026, 1, 1)])
def test_no_order(value: object) -> None:
    """What gives no reliable order is told."""
    with pytest.raises(ConfigurationError, match="in order"):
        kept(value)


@pytest.mark.parametrize("value", [date(2026, 1, 1), "昨天", 5, None])
def test_no_time(value: object) -> None:
    """A column of days, or of something else, cannot say when a row was changed."""
    with pytest.raises(ConfigurationError, match="no time"):
        moment_of(value, ZONE)


def test_times_without_zone() -> None:
    """A time without a zone is one of the source's zone; text in ISO form is a time."""
    wanted = datetime(2026, 9, 22, 0, 30, tzinfo=UTC)
    assert moment_of(datetime(2026, 9, 22, 8, 30), ZONE) == wanted  # noqa: DTZ001 -- as drivers give it
    assert moment_of("2026-09-22 08:30:00.000", ZONE) == wanted


def test_a_position_survives(tmp_path: Path) -> None:
    """What was saved last is what the next process reads."""
    with position_of(tmp_path / "a", "scjg") as file:
        assert file.load() == Position()
        position = Position(after=(datetime(2026, 9, 22, tzinfo=UTC), 7), ties=2, promised={"e": 5})
        file.save(Position())
        file.save(position)
    with position_of(tmp_path / "a", "scjg") as file:
        assert file.load() == position


def test_one_process_a_source(tmp_path: Path) -> None:
    """A second process on one source is told so."""
    with (
        position_of(tmp_path, "scjg"),
        pytest.raises(ConfigurationError, match="another process"),
        position_of(tmp_path, "scjg"),
    ):
        pass


def test_a_damaged_position(tmp_path: Path) -> None:
    """A damaged position is told, with what happens when it is deleted."""
    (tmp_path / "scjg.json").write_text('{"after": [["moment", "x"]]}')
    with pytest.raises(ConfigurationError, match="nothing doubles"):
        PositionFile(tmp_path / "scjg.json").load()
