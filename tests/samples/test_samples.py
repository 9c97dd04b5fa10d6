"""The sample decisions are what `expected.toml` says they are, on whatever day they are laid out."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from streams.domain.columns import TEMPLATES, Need
from streams.domain.stages import Ground, Kind
from streams.samples.loader import Expected, expected, samples

Row = Mapping[str, str]
GROUND = "不予公开理由"
PLACEHOLDER = "0" * 17 + "X"
TODAY = date(2026, 9, 24)
WARN_DAYS, DUE_DAYS = 2, 7


def weekday(day: date) -> bool:
    """Whether a day is one from Monday to Friday."""
    return day.weekday() < 5


ROWS = samples(TODAY, weekday)
EXPECTED = expected()
WRONG = {refusal.line for refusal in EXPECTED.refusals}
SECRET = {withholding.line for withholding in EXPECTED.withholdings}
HELD = {hold.line for hold in EXPECTED.holds}


def kind_of(row: Row) -> Kind:
    """Return what was decided, by the row's columns."""
    return Kind.LICENCE if "XK_WSH" in row else Kind.PENALTY


def authority_of(row: Row) -> str:
    """Return the deciding department's code."""
    return row.get("XK_XKJGDM") or row["CF_CFJGDM"]


def number_of(row: Row) -> str:
    """Return the document number."""
    return row.get("XK_WSH") or row["CF_WSH"]


def subject_of(row: Row) -> Row:
    """Return the columns about the subject, without their kind."""
    return {code[3:]: text for code, text in row.items() if code[3:].startswith(("XDR_", "FR"))}


def right_rows() -> list[tuple[int, Row]]:
    """Return line and row of the samples that are meant to be right."""
    return [(line, row) for line, row in enumerate(ROWS, 1) if line not in WRONG]


def open_days(row: Row, today: date, is_working_day: Callable[[date], bool]) -> int | None:
    """Return working days from today to the due day, below 0 when it has passed; None without a day."""
    try:
        day = date.fromisoformat(row.get("XK_JDRQ") or row["CF_JDRQ"])
    except ValueError:
        return None
    span = (day + timedelta(days=n) for n in range(1, (today - day).days + 1))
    return DUE_DAYS - sum(map(is_working_day, span))


@pytest.fixture(scope="module")
def departments() -> Mapping[str, dict[str, object]]:
    """Return the sample catalogue's departments by code."""
    text = files("streams.data").joinpath("catalogue.toml").read_text(encoding="utf-8")
    return {department["code"]: department for department in tomllib.loads(text)["department"]}


def test_the_account_balances() -> None:
    """Submitted is published + rejected + withheld + held, and each of the last three is named."""
    told: Expected = EXPECTED
    assert told.submitted == len(ROWS) == told.published + told.rejected + told.withheld + told.held
    assert len(ROWS) >= 60
    assert (told.rejected, told.withheld, told.held) == (len(WRONG), len(SECRET), len(told.holds))
    assert not WRONG & SECRET


def test_every_template_and_class_of_subject_occurs() -> None:
    """Licences and penalties, each of legal persons, natural persons and individual businesses."""
    classes = ("法人及非法人组织", "自然人", "个体工商户")
    counts = Counter((kind_of(row), subject_of(row)["XDR_LB"]) for _, row in right_rows())
    assert all(counts[kind, subject] >= 4 for kind in Kind for subject in classes)


def test_columns_are_official() -> None:
    """Every column is on its template, or the declared ground; nothing is empty, no token is left."""
    for row in ROWS:
        assert row.keys() - {GROUND} <= TEMPLATES[kind_of(row)].keys()
        assert all(row.values())
        assert not any(re.search(r"[{}]|^[+-]?\d+w?d$", text) for text in row.values())


def test_right_rows_lack_nothing() -> None:
    """What must always be filled is filled, on rows that are not meant to be wrong."""
    for line, row in right_rows():
        columns = TEMPLATES[kind_of(row)].values()
        lacking = [c.code for c in columns if c.need is Need.ALWAYS and c.code not in row]
        assert (line, lacking) == (line, [])


def test_right_rows_have_right_numbers() -> None:
    """Codes and identity numbers carry valid check digits, on rows that are not meant to be wrong."""
    for line, row in right_rows():
        subject = subject_of(row)
        code, paper = subject.get("XDR_SHXYM", PLACEHOLDER), subject.get("XDR_ZJHM", "")
        assert code == PLACEHOLDER or uscc.is_valid(code), line
        if subject.get("XDR_ZJLX") == "身份证":
            assert paper[-1] == ric.calc_check_digit(paper), line


def test_decisions_belong_to_the_catalogue(departments: Mapping[str, dict[str, object]]) -> None:
    """Authority and document number are those of a department and one of its items."""
    for line, row in enumerate(ROWS, 1):
        department = departments[authority_of(row)]
        items = department["item"]
        assert isinstance(items, list)
        words = {words for item in items if item["kind"] == kind_of(row) for words in item["documents"]}
        assert number_of(row).split("〔")[0] in words, line
        assert (row.get("XK_XKJG") or row["CF_CFJG"]) == department["name"]


def test_portals_get_what_the_catalogue_says(departments: Mapping[str, dict[str, object]]) -> None:
    """The expected deliveries are the published rows, the county portal's those of county departments."""
    county = sum(
        departments[authority_of(row)]["level"] == "county"
        for line, row in right_rows()
        if line not in SECRET | HELD
    )
    everywhere = dict.fromkeys(EXPECTED.portals, EXPECTED.published)
    assert EXPECTED.portals == everywhere | {"county-portal": county}
    assert county >= 5


def test_no_decision_occurs_twice() -> None:
    """Authority, document number and subject together are unique."""
    keys = Counter((authority_of(row), number_of(row), subject_of(row)["XDR_MC"]) for row in ROWS)
    assert keys.most_common(1)[0][1] == 1


def test_grounds_are_the_declared_ones() -> None:
    """A row declares a ground exactly where the expectation says so, and the law knows it."""
    declared = {line: row[GROUND] for line, row in enumerate(ROWS, 1) if GROUND in row}
    assert declared == {w.line: w.ground for w in EXPECTED.withholdings}
    assert {Ground(ground) for ground in declared.values()} >= {
        Ground.STATE_SECRET,
        Ground.TRADE_SECRET,
        Ground.MINOR,
        Ground.SIMPLE_PROCEDURE,
    }


@given(
    today=st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    pattern=st.integers(0, 2**14 - 1).filter(lambda bits: bits.bit_count() >= 6),
)
def test_one_is_nearly_due_and_one_overdue(today: date, pattern: int) -> None:
    """On any day, whatever the holidays: one refused row within the warning, one past it, no other."""

    def is_working_day(day: date) -> bool:
        return bool(pattern >> (day.toordinal() % 14) & 1)

    rows = samples(today, is_working_day)
    days = {line: open_days(row, today, is_working_day) for line, row in enumerate(rows, 1)}
    near = {line for line, left in days.items() if left is not None and 0 <= left <= WARN_DAYS}
    past = {line for line, left in days.items() if left is not None and left < 0}
    assert (len(near), len(past)) == (EXPECTED.due_soon, EXPECTED.overdue)
    assert near | past <= WRONG


def test_days_are_laid_around_today() -> None:
    """Working days, days, days in a text and years each become what they say."""
    penalty = ROWS[-1]
    assert penalty["CF_JDRQ"] == "2026-09-08"
    assert penalty["CF_YXQ"] == "2027-09-24"
    assert "2026年7月6日" in penalty["CF_SY"]
    assert "〔2026〕" in penalty["CF_WSH"]
