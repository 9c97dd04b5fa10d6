"""Rows of any generation and spelling of headers become the same decision."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.rows import to_submitted
from streams.domain.columns import TEMPLATES
from streams.domain.stages import Action, EventId, Ground, Kind, Origin, Submitted

NOW = datetime(2026, 9, 25, 1, 0, tzinfo=UTC)
ORIGIN = Origin(connector="file", department="", reference="样例.csv:2")


def _submitted(row: dict[str, str], kind: Kind | None = None) -> Submitted:
    return to_submitted(row, kind=kind, origin=ORIGIN, now=NOW, event_id=EventId("event-0001"), revision=7)


@pytest.mark.parametrize("kind", list(Kind))
def test_official_names_are_the_codes(kind: Kind) -> None:
    """A row under the official Chinese names is the same decision as one under the codes."""
    codes = {code: f"值{number}" for number, code in enumerate(TEMPLATES[kind])}
    names = {TEMPLATES[kind][code].name: text for code, text in codes.items()}
    assert _submitted(names) == _submitted(codes)
    assert _submitted(codes).kind is kind
    assert _submitted(codes).columns == codes


@pytest.mark.parametrize(
    "header",
    [
        "行政处罚决定书文号",
        " 行政处罚 决定书文号 ",
        "*行政处罚决定书文号",
        "行政处罚决定书文号：",
        "行政处罚决定书文号(必填)",
        "cf_wsh",
        "ＣＦ＿ＷＳＨ",
        "CF_WSH 行政处罚决定书文号",
        "CF_CFWSH",
        "\ufeffCF_WSH",
    ],
)
def test_header_writings(header: str) -> None:
    """A header is known in any case, width and spacing, with the template's marks or without."""
    assert _submitted({header: "济市监罚〔2026〕1号"}).columns == {"CF_WSH": "济市监罚〔2026〕1号"}


def test_kind_from_headers() -> None:
    """The headers tell a licence from a penalty; headers that both have take the kind that is told."""
    assert _submitted({"许可决定日期": "2026-09-21", "行政相对人名称": "甲"}).kind is Kind.LICENCE
    assert _submitted({"处罚决定日期": "2026-09-21", "行政相对人名称": "甲"}).kind is Kind.PENALTY
    assert _submitted({"行政相对人名称": "甲"}, Kind.LICENCE).columns == {"XK_XDR_MC": "甲"}
    assert _submitted({"kind": "行政许可", "行政相对人名称": "甲"}).columns == {"XK_XDR_MC": "甲"}


def test_unknown_columns_are_kept() -> None:
    """A column that no template has stays under its own name, so that validation can say so."""
    assert _submitted({"CF_WSH": "1", "领导批示": "同意"}).columns == {"CF_WSH": "1", "领导批示": "同意"}


def test_empty_cells_are_absent() -> None:
    """Empty cells are absent."""
    assert _submitted({"CF_WSH": "1", "CF_NR": "", "CF_SY": " \t\u3000"}).columns == {"CF_WSH": "1"}


@pytest.mark.parametrize(
    ("typed", "action"),
    [
        ("", "publish"),
        ("公示", "publish"),
        ("更正", "correct"),
        ("撤销", "withdraw"),
        ("WITHDRAW", "withdraw"),
    ],
)
def test_action(typed: str, action: str) -> None:
    """What is to be done is told in Chinese or English, and is to publish where nothing is told."""
    one = _submitted({"CF_WSH": "1", "动作": typed, "原因": "复议撤销"})
    assert (one.action, one.reason) == (Action(action), "复议撤销")
    assert one.columns == {"CF_WSH": "1"}


def test_unknown_action_is_kept() -> None:
    """An action that nobody knows stays in the row, for validation to refuse it."""
    assert _submitted({"CF_WSH": "1", "动作": "归档"}).columns["动作"] == "归档"


@pytest.mark.parametrize(
    ("header", "typed", "ground"),
    [
        ("不予公开理由", "国家秘密", Ground.STATE_SECRET),
        ("不予公开理由", "涉密", Ground.STATE_SECRET),
        ("ground", "未成年人", Ground.MINOR),
        ("不予公开理由", "简易程序", Ground.SIMPLE_PROCEDURE),
        ("不予公开理由", "无", None),
        ("公开范围", "1", None),
        ("公开范围", "社会公开", None),
        ("公开范围", "2", Ground.RESTRICTED_RANGE),
        ("公开范围", "授权查询", Ground.RESTRICTED_RANGE),
        ("CF_SYFW", "0", None),
        ("CF_SYFW", "1", Ground.RESTRICTED_RANGE),
    ],
)
def test_ground(header: str, typed: str, ground: Ground | None) -> None:
    """A declared ground, or a range narrower than the public, is taken over."""
    one = _submitted({"CF_WSH": "1", header: typed})
    assert (one.ground, one.columns) == (ground, {"CF_WSH": "1"})


@pytest.mark.parametrize(("header", "typed"), [("不予公开理由", "领导要求"), ("公开范围", "9")])
def test_unknown_ground_is_kept(header: str, typed: str) -> None:
    """A reason or range that nobody knows stays in the row, so that it cannot be published by mistake."""
    assert _submitted({"CF_WSH": "1", header: typed}).columns[header] == typed


@pytest.mark.parametrize(
    ("typed", "read"), [(" 46287 ", "2026-09-22"), ("20260922", "20260922"), ("4628", "4628")]
)
def test_days_as_spreadsheets_count_them(typed: str, read: str) -> None:
    """A day whose column lost its format is the same day by every way, and no other number is one."""
    assert _submitted({"CF_JDRQ": typed, "CF_WSH": typed}).columns == {
        "CF_JDRQ": read,
        "CF_WSH": typed.strip(),
    }


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 0190-aaaa-bbbb  event-0002 ", "0190-aaaa-bbbb event-0002"),
        ("无", None),
        (
            " ".join(f"event-{number:04}" for number in range(30)),
            " ".join(f"event-{n:04}" for n in range(10, 30)),
        ),
    ],
)
def test_what_a_row_mends(typed: str, kept: str | None) -> None:
    """The ids of refused events stay with the row that mends them, the newest twenty; nothing else does."""
    columns = _submitted({"CF_WSH": "济市监罚〔2026〕1号", "退回编号": typed}).columns
    assert columns.get("退回编号") == kept


def test_event_id_and_revision() -> None:
    """A row's own event id and revision are kept; where it has none, or odd ones, the given ones hold."""
    own = _submitted({"CF_WSH": "1", "event_id": "01890a5d-ac96-774b-bcce-b302099a8057", "revision": "12"})
    assert (own.event_id, own.revision) == ("01890a5d-ac96-774b-bcce-b302099a8057", 12)
    odd = _submitted({"CF_WSH": "1", "event_id": "../..", "revision": "-1"})
    assert (odd.event_id, odd.revision) == ("event-0001", 7)


def test_penalty_of_2016() -> None:
    """The columns of 2016 are read into those that took their place."""
    one = _submitted(
        {
            "行政处罚决定书文号": "济税简罚〔2016〕3号",
            "处罚名称": "违反税收管理",
            "处罚类别1": "罚款",
            "处罚类别2": "简易程序处罚",
            "处罚事由": "未按期申报",
            "处罚结果": "罚款200元",
            "处罚机关": "某税务所",
            "行政相对人名称": "某厂",
            "当前状态": "正常",
            "地方编码": "370100",
            "公开范围": "社会公开",
        }
    )
    assert one.columns == {
        "CF_WSH": "济税简罚〔2016〕3号",
        "CF_WFXW": "违反税收管理",
        "CF_CFLB": "罚款、简易程序处罚",
        "CF_SY": "未按期申报",
        "CF_NR": "罚款200元",
        "CF_CFJG": "某税务所",
        "CF_XDR_MC": "某厂",
        "CF_ZT": "正常",
        "DFBM": "370100",
    }
    assert (one.action, one.ground) == (Action.PUBLISH, None)


def test_withdrawn_in_2016() -> None:
    """A record that 2016 called withdrawn is a withdrawal, not a publication."""
    one = _submitted({"CF_WSH": "1", "CF_CFMC": "某", "CF_ZT": "1"})
    assert one.action is Action.WITHDRAW
    assert one.reason


def test_licence_state_of_2016() -> None:
    """The state of a licence of 2016, 0 for valid, becomes the state of 2018."""
    assert _submitted({"XK_WSH": "1", "XK_XMMC": "某", "XK_ZT": "0"}).columns["XK_ZT"] == "1"
    assert _submitted({"XK_WSH": "1", "XK_XKWS": "某", "XK_ZT": "2"}).columns["XK_ZT"] == "2"


def test_personal_number_of_2016() -> None:
    """居民身份证号 is the subject's on a person's row, and the representative's on a company's."""
    person = _submitted({"CF_WSH": "1", "CF_XDR_MC": "甲", "CF_XDR_SFZ": "370102198506150021"})
    assert person.columns["CF_XDR_ZJHM"] == "370102198506150021"
    assert person.columns["CF_XDR_ZJLX"] == "身份证"
    company = _submitted({"CF_XDR_SHXYM": "91370102MA0E7K2Q8A", "居民身份证号": "370102198506150021"})
    assert company.columns["CF_FR_ZJHM"] == "370102198506150021"
    assert "CF_XDR_ZJHM" not in company.columns


def test_two_columns_for_one() -> None:
    """Of two columns with one meaning the first holds, and another text in the second is not lost."""
    one = _submitted({"CF_FRDB": "甲", "法定代表人": "乙"})
    assert one.columns == {"CF_FRDB": "甲", "法定代表人": "乙"}
    assert _submitted({"CF_FRDB": "甲", "法定代表人": "甲"}).columns == {"CF_FRDB": "甲"}


@given(
    row=st.dictionaries(
        st.sampled_from(["CF_WSH", "XK_WSH", "动作", "公开范围", "kind", "revision", "CF_XDR_SFZ"])
        | st.text(),
        st.text(),
        max_size=8,
    ),
    kind=st.sampled_from([None, *Kind]),
)
def test_never_raises(row: dict[str, str], kind: Kind | None) -> None:
    """Whatever stands in a row, it becomes a decision that can be written as UTF-8."""
    one = _submitted(row, kind)
    for code, text in one.columns.items():
        assert (code + text).encode()
