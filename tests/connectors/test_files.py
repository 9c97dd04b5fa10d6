"""Files as departments write them: encodings, separators, titles, and broken rows among good ones."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.files import Row, check_readable, read
from streams.domain.errors import ConfigurationError
from tests.connectors.reading import problems_of, rows_of

HEADER = "行政处罚决定书文号,行政相对人名称,处罚内容"
LINE = "济市监罚〔2026〕1号,济南云麓食品有限公司,罚款"
VALUES = {
    "行政处罚决定书文号": "济市监罚〔2026〕1号",
    "行政相对人名称": "济南云麓食品有限公司",
    "处罚内容": "罚款",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_encodings_and_separators(tmp_path: Path, encoding: str, separator: str) -> None:
    """A table reads the same in every encoding and with every separator that office programs write."""
    text = f"{HEADER}\r\n{LINE}\r\n".replace(",", separator)
    rows = rows_of(tmp_path, text.encode(encoding), "a.csv")
    assert rows == [Row(number=2, values=VALUES)]


def test_encoding_of_a_long_file(tmp_path: Path) -> None:
    """A sign that lies across the end of the sample does not make a file of UTF-8 look like GBK."""
    for shift in range(3):
        filler = "x" * shift + "字" * 40_000
        rows = rows_of(tmp_path, f"{HEADER}\n1,甲,{filler}\n{LINE}\n", "a.csv")
        assert rows[0].values["处罚内容"] == filler
        assert rows[1].values == VALUES


CODES = "CF_WSH,CF_XDR_MC,CF_NR"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("header", [HEADER, CODES])
@pytest.mark.parametrize("at", [1, 3, 4000])
def test_a_broken_byte_spoils_its_row_only(tmp_path: Path, encoding: str, header: str, at: int) -> None:
    """A byte that is lost leaves the encoding what it is: its cell shows it, and all other rows are read."""
    behind = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    parts = [f"{header}\n".encode(encoding), *[f"{LINE}\n".encode(behind)] * 5000]
    name = "济南云麓".encode(behind)
    broken = name[:-1] + (b"\xdf" if encoding == "utf-16" else b"\xff")  # half a surrogate pair, or no sign
    parts[at] = parts[at].replace(name, broken, 1)
    rows = rows_of(tmp_path, b"".join(parts), "a.csv")
    values = [tuple(row.values.values()) for row in rows]
    good = tuple(VALUES.values())
    assert len(values) == 5000
    assert [place for place, row in enumerate(values, 1) if row != good] == [at]
    assert "\ufffd" in values[at - 1][1]
    assert (values[at - 1][0], values[at - 1][2]) == (good[0], good[2])


def test_rows_in_another_encoding(tmp_path: Path) -> None:
    """Of a file that was put together from two, the rows in the rarer encoding are garbled, and only they."""
    content = f"{HEADER}\n{LINE}\n".encode() + f"{LINE}\n".encode("gbk") + f"{LINE}\n".encode() * 3
    rows = rows_of(tmp_path, content, "a.csv")
    assert ["\ufffd" in "".join(row.values.values()) for row in rows] == [False, True, False, False, False]


def test_a_garbled_header(tmp_path: Path) -> None:
    """Below a header with a broken byte no row is read: nobody knows which column would be missing."""
    header = HEADER.encode().replace("相对人".encode(), "相对人".encode()[:-1])
    rows = rows_of(tmp_path, b"title\n" + header + f"\n{LINE}\n{LINE}\n".encode(), "a.csv")
    assert problems_of(rows) == [(2, "HEADER_GARBLED")]
    assert rows[0].problem is not None
    assert "B列" in rows[0].problem.message


@pytest.mark.parametrize("ending", ["json", "jsonl"])
def test_a_broken_byte_in_json(tmp_path: Path, ending: str) -> None:
    """A byte that is lost in a text of JSON shows in that text; in a column's name it refuses the row."""
    row = json.dumps(
        {"CF_WSH": "济市监罚〔2026〕1号", "行政相对人名称": "云麓食品"}, ensure_ascii=False
    ).encode()
    in_text = row.replace("云麓".encode(), "云麓".encode()[:-1] + b"\xff")
    in_name = row.replace("相对".encode(), "相对".encode()[:-1] + b"\xff")
    rows = rows_of(tmp_path, b"\n".join((row, in_text, in_name, row)), f"a.{ending}")
    assert problems_of(rows) == [(1, ""), (2, ""), (3, "LINE_UNREADABLE"), (4, "")]
    assert rows[1].values["CF_WSH"] == rows[0].values["CF_WSH"]
    assert "\ufffd" in rows[1].values["行政相对人名称"]


def test_title_rows_and_empty_rows(tmp_path: Path) -> None:
    """Titles above the header and empty rows are passed over, and counted as the sheet counts them."""
    rows = rows_of(
        tmp_path, f"济南市行政处罚公示表,,\n填报单位：某局,,\n{HEADER}\n,,\n{LINE}\n , ,\n{LINE}\n", "a.csv"
    )
    assert [(row.number, row.values) for row in rows] == [(5, VALUES), (7, VALUES)]


def test_quoted_cells(tmp_path: Path) -> None:
    """A cell in quotes may hold separators, quotes and line ends."""
    rows = rows_of(tmp_path, f'{HEADER}\n1,甲,"罚款,""警告""\n以及"\n{LINE}\n', "a.csv")
    assert rows[0].values["处罚内容"] == '罚款,"警告"\n以及'
    assert [row.number for row in rows] == [2, 3]


def test_row_with_too_many_cells(tmp_path: Path) -> None:
    """A row with more cells than the header is refused: its columns may have shifted."""
    rows = rows_of(tmp_path, f"{HEADER}\n1,甲,罚款,2万\n{LINE},,\n", "a.csv")
    assert problems_of(rows) == [(2, "ROW_TOO_LONG"), (3, "")]


def test_broken_quotes(tmp_path: Path) -> None:
    """A row with broken quotes is one refused row, and the rows behind it are read."""
    rows = rows_of(tmp_path, f'{HEADER}\n1,"甲"乙,罚款\n{LINE}\n', "a.csv")
    assert problems_of(rows) == [(2, "LINE_UNREADABLE"), (3, "")]


def test_no_header(tmp_path: Path) -> None:
    """A table without a header is refused once, and its cells are told nowhere."""
    rows = rows_of(tmp_path, "祁连生,370102198506150021,罚款\n" * 30, "a.csv")
    assert problems_of(rows) == [(1, "HEADER_UNKNOWN")]
    assert "祁连生" not in repr(rows)


def test_empty_files(tmp_path: Path) -> None:
    """An empty file is refused as one without a header, or has no rows."""
    assert problems_of(rows_of(tmp_path, "", "a.csv")) == [(1, "HEADER_UNKNOWN")]
    assert problems_of(rows_of(tmp_path, "", "a.json")) == [(1, "FILE_UNREADABLE")]
    assert rows_of(tmp_path, "", "a.jsonl") == []
    assert rows_of(tmp_path, "[]", "a.json") == []


def test_json_list_and_object(tmp_path: Path) -> None:
    """A list of objects is a row each, one object is one row; null is empty, a number is its digits."""
    one = {
        "CF_WSH": "1",
        "CF_NR_FK": 0.2,
        "CF_NR_WFFF": 0.00002,
        "CF_XDR_GSZC": None,
        "ID": 370102198506150021,
    }
    values = {"CF_WSH": "1", "CF_NR_FK": "0.2", "CF_NR_WFFF": "0.00002", "ID": "370102198506150021"}
    assert rows_of(tmp_path, json.dumps(one), "a.json") == [Row(number=1, values=values)]
    assert rows_of(tmp_path, json.dumps([one, one]), "a.json") == [
        Row(number=1, values=values),
        Row(number=2, values=values),
    ]


def test_json_lines(tmp_path: Path) -> None:
    """Lines of JSON are a row each; broken ones are refused, and those behind them are read."""
    lines = [
        '{"CF_WSH": "1"}',
        "",
        "{",
        "3",
        '{"a": {"b": 1}}',
        '{"a": ["x", "y"]}',
        '"\\ud800"',
        '{"CF_WSH": "2"}',
    ]
    rows = rows_of(tmp_path, "\ufeff" + "\n".join(lines), "a.jsonl")
    assert problems_of(rows) == [
        (1, ""), (3, "LINE_UNREADABLE"), (4, "NO_OBJECT"), (5, "VALUE_NESTED"), (6, ""), (7, "NO_OBJECT"),
        (8, ""),
    ]  # fmt: skip
    assert rows[4].values == {"a": "x、y"}


def test_json_with_lines_in_it(tmp_path: Path) -> None:
    """A .json file that holds a line of JSON a row is read as such."""
    rows = rows_of(tmp_path, '{"CF_WSH": "1"}\n{"CF_WSH": "2"}\n', "a.json")
    assert [row.values["CF_WSH"] for row in rows] == ["1", "2"]


def test_columns_beside_the_envelope(tmp_path: Path) -> None:
    """An object may hold its columns in a field of their own."""
    rows = rows_of(tmp_path, '{"action": "correct", "columns": {"CF_WSH": "1"}}', "a.jsonl")
    assert rows == [Row(number=1, values={"action": "correct", "CF_WSH": "1"})]


def test_long_line(tmp_path: Path) -> None:
    """A line too long to be a decision is refused without being read whole, and the next one is read."""
    rows = rows_of(tmp_path, '{"CF_SY": "' + "x" * 9_000_000 + '"}\n{"CF_WSH": "1"}\n', "a.jsonl")
    assert problems_of(rows) == [(1, "LINE_TOO_LONG"), (2, "")]


@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000,
        '{"a":' * 50_000,
        '{"a": 1e999999999}',
        '{"a": NaN}',
        '{"a": ' + "9" * 5000 + "}",
        "\x00",
    ],
)
def test_hostile_json(tmp_path: Path, content: str) -> None:
    """JSON made to hurt is refused or read; it neither raises nor fills the memory."""
    assert len(rows_of(tmp_path, content, "a.jsonl")) == 1
    assert len(rows_of(tmp_path, content, "a.json")) == 1


def test_unknown_ending(tmp_path: Path) -> None:
    """A file of another format is refused with the formats that can be read."""
    with pytest.raises(ConfigurationError, match=r"\.csv, \.json.*\.xlsm"):
        rows_of(tmp_path, "x", "a.pdf")


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is told by its name."""
    with pytest.raises(ConfigurationError, match=r"absent\.csv：无法读取"):
        list(read(tmp_path / "absent.csv"))


def test_all_unreadable_files_at_once(tmp_path: Path) -> None:
    """Before anything is read, every file that cannot be is named; those that can be are not."""
    good = tmp_path / "good.csv"
    good.write_text("", encoding="utf-8")
    with pytest.raises(ConfigurationError) as told:
        check_readable([good, "-", tmp_path / "a.pdf", tmp_path / "absent.csv", tmp_path / "old.xls"])
    for name in ("a.pdf", "absent.csv", "old.xls"):
        assert name in str(told.value)
    assert "good.csv" not in str(told.value)
    check_readable([good, "-"])


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=st.binary(max_size=400), ending=st.sampled_from(["csv", "json", "jsonl"]))
def test_any_bytes(tmp_path: Path, content: bytes, ending: str) -> None:
    """Any bytes in a file are read or refused row by row, never an error."""
    for row in rows_of(tmp_path, content, f"a.{ending}"):
        assert row.problem is None or not row.values


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(tail=st.binary(max_size=200))
def test_any_bytes_below_a_header(tmp_path: Path, tail: bytes) -> None:
    """Any bytes below a good header are read or refused row by row, never an error."""
    rows = rows_of(tmp_path, f"{HEADER}\n{LINE}\n".encode() + tail, "a.csv")
    assert all(row.problem is None or not row.values for row in rows)
