"""Days and amounts, in every form that departments write."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.domain.validation.amounts import amounts_of, chinese_number, typed_in_words
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


def in_words(number: int) -> str:
    """Write a number as banks do: 贰万零伍佰."""
    if number >= 100_000_000:
        high, low = divmod(number, 100_000_000)
        return f"{in_words(high)}亿{_behind(low, 10_000_000)}"
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        return f"{in_words(high)}万{_behind(low, 1000)}"
    written, gap = "", False
    for place, sign in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = number // place % 10
        if digit:
            written += ("零" if gap and written else "") + "零壹贰叁肆伍陆柒捌玖"[digit] + sign
        gap = not digit
    return written


def _behind(low: int, full: int) -> str:
    return "" if not low else ("" if low >= full else "零") + in_words(low)


@given(number=st.integers(1, 999_999_999_999))
def test_words_and_number(number: int) -> None:
    """A number written in words as banks do reads as the same number."""
    assert chinese_number(in_words(number)) == number


@given(fen=st.integers(1, 99_999_999_999))
def test_amount_in_words_and_figures(fen: int) -> None:
    """A fine told in words and in figures, in 元 and in 万元, is the same amount to the 分."""
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    wan = Decimal(fen) / 1_000_000
    figures = f"{Decimal(fen) / 100:,.2f}"
    words = f"{in_words(yuan) or '零'}元"
    words += (f"{in_words(jiao)}角" if jiao else "") + (f"{in_words(rest)}分" if rest else "")
    told = amounts_of(f"罚款人民币{words}整（￥{figures}），即{plain(wan)}万元。")
    assert [(one.cue, one.wan, one.contradicts) for one in told] == [("罚款", wan, False)] * 3
    assert typed_in_words(f"人民币{words}整") == wan
    assert read_amount(f"{plain(wan)}万元") == read_yuan(f"￥{figures}元") == wan


@given(fen=st.integers(1, 99_999_999), other=st.integers(1, 99_999_999))
def test_contradiction(fen: int, other: int) -> None:
    """An amount that is repeated in brackets contradicts exactly when it differs."""
    told = amounts_of(f"罚款{Decimal(fen) / 100}元（大写：{in_words(other)}元整）。")
    assert [one.contradicts for one in told] == [False, fen != other * 100]
