"""What a portal shows is compared column by column, and no value is told."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinks.probing.comparing import Compared, compared, official
from sinks.probing.ports import Look, Sent, Sight
from sinks.probing.records import records_in
from streams.domain.columns import TEMPLATES, Form
from streams.domain.stages import Action, DecisionKey, Kind, PortalId

CODES = [code for code, column in TEMPLATES[Kind.PENALTY].items() if column.legal]
TEXTS = [code for code in CODES if TEMPLATES[Kind.PENALTY][code].form is Form.TEXT]
SENT = Sent(
    portal=PortalId("city-portal"),
    key=DecisionKey("A|济市监罚〔2026〕1号|济南某商贸有限公司"),
    revision=1,
    action=Action.PUBLISH,
    kind=Kind.PENALTY,
    natural=False,
    authority="11370100MB9A000146",
    remote_id="r-1",
    columns={
        "CF_WSH": "济市监罚〔2026〕1号",
        "CF_XDR_MC": "济南某商贸有限公司",
        "CF_NR": "罚款2000元",
        "CF_NR_FK": "0.2",
        "CF_JDRQ": "2026-03-02",
    },
)


def shown(**changes: str) -> Look:
    """Return a look at a portal that shows what was sent, but for `changes`."""
    return Look(records=({**SENT.columns, **changes},))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"CF_JDRQ": "2026/3/2"},
        {"CF_JDRQ": "2026年3月2日"},
        {"CF_JDRQ": "2026-03-02 00:00:00"},
        {"CF_NR_FK": "0.200000"},
        {"CF_NR_FK": "0.2万元"},
        {"CF_NR": " 罚款 2000元\n"},
        {"CF_XDR_SHXYM": ""},
        {"unofficial": "anything"},
    ],
)
def test_the_same_in_another_writing_is_seen(changes: dict[str, str]) -> None:
    """Days, amounts and spaces may be written otherwise; what is no official column counts for nothing."""
    assert compared(SENT, shown(**changes)) == Compared(sight=Sight.SEEN)


@pytest.mark.parametrize(
    ("changes", "differs"),
    [
        ({"CF_NR_FK": "2"}, ("CF_NR_FK",)),
        ({"CF_NR_FK": "1" * 2000}, ("CF_NR_FK",)),
        ({"CF_JDRQ": "2026-03-03"}, ("CF_JDRQ",)),
        ({"CF_JDRQ": "", "CF_NR": "警告"}, ("CF_NR", "CF_JDRQ")),
        ({"CF_XDR_SWDJ": "370102000000000"}, ("CF_XDR_SWDJ",)),
    ],
)
def test_what_reads_otherwise_is_named_by_its_column(
    changes: dict[str, str], differs: tuple[str, ...]
) -> None:
    """Another amount or day, an empty column, and one that was never sent are told by their codes."""
    told = compared(SENT, shown(**changes))
    assert (told.sight, set(told.differs)) == (Sight.DIFFERENT, set(differs))


@given(st.dictionaries(st.sampled_from(TEXTS), st.text(min_size=1, max_size=12), min_size=1), st.data())
def test_any_change_of_any_text_is_found(columns: dict[str, str], data: st.DataObject) -> None:
    """What is shown as it was sent is seen; with one text longer, just that column differs."""
    sent = replace(SENT, columns=columns)
    assert compared(sent, Look(records=(columns,))).sight is Sight.SEEN
    code = data.draw(st.sampled_from(sorted(columns)))
    told = compared(sent, Look(records=({**columns, code: f"{columns[code]}甲"},)))
    assert told == Compared(sight=Sight.DIFFERENT, differs=(code,))


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=8)))
def test_whatever_is_shown_no_value_is_told(record: dict[str, str]) -> None:
    """However odd a record is, what is told of it are official codes only."""
    assert set(compared(SENT, Look(records=(record,))).differs) <= set(CODES)


def test_nothing_doubled_withdrawn_and_unanswered() -> None:
    """Each way of not being right has its name, and the nearest of several records counts."""
    withdrawn = replace(SENT, action=Action.WITHDRAW)
    other = {**SENT.columns, "CF_NR": "警告"}
    assert compared(SENT, Look(records=())).sight is Sight.MISSING
    assert compared(SENT, Look(records=(other, SENT.columns))).sight is Sight.DOUBLED
    assert compared(withdrawn, Look(records=())).sight is Sight.SEEN
    assert compared(withdrawn, shown()).sight is Sight.STILL_SHOWN
    assert compared(SENT, Look(reason="HTTP 503")) == Compared(sight=Sight.UNANSWERED, reason="HTTP 503")


def test_columns_that_a_portal_shows_nobody_are_left_out() -> None:
    """A column that the portal hides by its own rules is no difference."""
    assert compared(SENT, shown(CF_NR=""), {"CF_NR"}).sight is Sight.SEEN


def test_columns_are_known_by_any_of_their_names() -> None:
    """The official Chinese name and other codes in use stand for the code."""
    record = {"行政处罚决定书文号": "1号", "COMP_NAME": "某公司", "cf_nr": "罚款", "别的": "x"}
    assert official(Kind.PENALTY, record) == {"CF_WSH": "1号", "CF_XDR_MC": "某公司", "CF_NR": "罚款"}


RECORD = {"decision_key": SENT.key, "columns": SENT.columns}


@pytest.mark.parametrize(
    ("answer", "records"),
    [
        (RECORD, 1),
        (SENT.columns, 1),
        ([SENT.columns, {**SENT.columns, "CF_WSH": "济市监罚〔2026〕2号"}], 1),
        ({"code": 200, "data": {"total": 1, "list": [SENT.columns]}}, 1),
        ([{**SENT.columns, "CF_XDR_MC": "另一家公司"}], 0),
        ([{"columns": {**SENT.columns, "CF_WSH": "济市监罚[2026]1号"}}], 1),
        ({**RECORD, "decision_key": "other"}, 0),
        ({"withdrawn": True, **RECORD}, 0),
        ([{"removed": True, "columns": {}}], 0),
        ({"data": []}, 0),
        ({"message": "没有"}, 0),
        ("text", 0),
        (None, 0),
        ([[[[[[SENT.columns]]]]]], 0),
    ],
)
def test_records_are_found_in_answers_of_any_form(answer: Any, records: int) -> None:
    """A record by itself, in a list, or in an object; of another number, subject or key it is another's."""
    assert len(records_in(answer, SENT)) == records


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["columns", "data", "CF_NR", "decision_key"]), inner)
        ),
    )
)
def test_no_answer_breaks_the_reading(answer: Any) -> None:
    """Whatever JSON a portal answers, reading it ends with records or none."""
    assert isinstance(records_in(answer, SENT), tuple)
