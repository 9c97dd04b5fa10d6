"""Days and amounts, in every form that departments write."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.domain.validation.amounts import amounts_of, chinese_number
from streams.domain.values import plain, read_amount, read_day, read_last_day, read_yuan

FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y_%m_%d", "%Y%m%d", "%Y年%m月%d日", "%Y-%m-%d 00:00:00")


@given(day=st.dates(date(1900, 1, 1), date(2100, 1, 1)), form=st.sampled_from(FORMS))
def test_day(day: date, form: str) -> None:
    """A day reads the same from each of its forms, with and without leading zeros."""
    assert read_day(day.strftime(form)) == day
    assert read_day(f"{day.year}/{day.month}/{day.day}") == day


@given(text=st.text(max_size=30))
def test_any_text(text: str) -> None:
    """Any text is a day, an amount, or none; never an error."""
    assert read_day(text) is None or isinstance(read_day(text), date)
    assert read_amount(text) is None or isinstance(read_amount(text), Decimal)
    assert read_yuan(text) is None or isinstance(read_yuan(text), Decimal)


def test_long_term() -> None:
    """长期 is the last day of 2099, in columns of last days only."""
    assert read_last_day("长期") == date(2099, 12, 31)
    assert read_day("长期") is None


def test_zoned_day() -> None:
    """A moment with a zone is told as the day in China."""
    assert read_day("2026-09-21T16:00:00.000Z") == date(2026, 9, 22)
    assert read_day("2026-09-22T00:00:00+08:00") == date(2026, 9, 22)


@given(amount=st.decimals(0, 99_999_999, places=6))
def test_amount(amount: Decimal) -> None:
    """An amount reads as it was written, with and without thousands separators."""
    assert read_amount(plain(amount)) == amount
    assert read_amount(f"{amount:,}") == amount


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("贰万", 20_000),
        ("伍拾肆万", 540_000),
        ("肆万捌仟", 48_000),
        ("壹拾贰万叁仟零伍", 123_005),
        ("十", 10),
        ("一百零五", 105),
        ("两千", 2000),
        ("壹亿贰仟万", 120_000_000),
    ],
)
def test_chinese_number(words: str, number: int) -> None:
    """Numbers in words read as what they mean."""
    assert chinese_number(words) == number


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("处罚款贰万元整", [("罚款", "2")]),
        ("罚款(大写)人民币伍拾肆万元整", [("罚款", "54")]),
        ("罚款人民币叁万元整(￥30000)", [("罚款", "3"), ("罚款", "3")]),
        ("1.没收广告费1552.95元，2.罚款1552.95元。", [("没收", "0.155295"), ("罚款", "0.155295")]),
        ("没收违法所得三百元，并处罚款五千元", [("没收", "0.03"), ("罚款", "0.5")]),
        ("罚款20,000.00元", [("罚款", "2")]),
        ("罚款:8.0（万元）", [("罚款", "8")]),
        ("罚款人民币壹仟伍佰元伍角整", [("罚款", "0.15005")]),
        ("处二万元以上十万元以下罚款", []),
        ("货值金额5000元", [("货值", "0.5")]),
        ("罚款1万5千元", []),
    ],
)
def test_amounts_in_text(text: str, amounts: list[tuple[str, str]]) -> None:
    """Amounts in a text are found with what they are about, limits of the law left out."""
    assert [(one.cue, one.wan) for one in amounts_of(text)] == [
        (cue, Decimal(amount)) for cue, amount in amounts
    ]
