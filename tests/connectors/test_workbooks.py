"""Sheets, headers and rows of workbooks as departments save them."""

from pathlib import Path

from connectors.files import Row
from tests.connectors.reading import problems_of, rows_of
from tests.connectors.sheets import GOOD, HEADER, VALUES, number, packed, parts, sheet, text, workbook


def test_rows(tmp_path: Path) -> None:
    """A row is its texts, its numbers as typed and its days in the form of the rules."""
    assert rows_of(tmp_path, workbook([HEADER, GOOD])) == [Row(number=2, values=VALUES)]
    assert rows_of(tmp_path, workbook([HEADER, GOOD]), "a.xlsm") == [Row(number=2, values=VALUES)]


def test_titles_and_empty_rows(tmp_path: Path) -> None:
    """Merged titles above the header and empty rows are passed over, and counted as the sheet counts them."""
    merged = sheet(
        [[text("济南市行政处罚公示表"), "<c/>", "<c/>"], [text("填报单位：某局")], HEADER, [text(" ")], GOOD],
        extra='<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>',
    )
    assert rows_of(tmp_path, packed(parts({"公示": merged}))) == [Row(number=5, values=VALUES)]


def test_header_of_two_lines(tmp_path: Path) -> None:
    """Below the header may stand a second line of it: codes, or the parts of a merged cell."""
    codes = [text("CF_WSH"), text("CF_XDR_MC"), None, text("CF_JDRQ")]
    (row,) = rows_of(tmp_path, workbook([HEADER, codes, GOOD]))
    assert row == Row(
        number=3,
        values=dict(zip(["CF_WSH", "CF_XDR_MC", "罚款金额(万元)", "CF_JDRQ"], VALUES.values(), strict=True)),
    )


def test_repeated_header(tmp_path: Path) -> None:
    """A header that is repeated for printing is no row."""
    assert [row.number for row in rows_of(tmp_path, workbook([HEADER, GOOD, HEADER, GOOD]))] == [2, 4]


def test_prefixed_names(tmp_path: Path) -> None:
    """A workbook whose elements carry a prefix is read the same."""
    content = parts({"a": sheet([HEADER, GOOD])})
    part = "xl/worksheets/sheet1.xml"
    content[part] = content[part].replace("xmlns=", "xmlns:x=").replace("</", "</x:")
    for name in ("worksheet", "sheetData", "row", "c ", "is>", "t>", "v>"):
        content[part] = content[part].replace(f"<{name}", f"<x:{name}")
    assert rows_of(tmp_path, packed(content)) == [Row(number=2, values=VALUES)]


def test_cells_right_of_the_table(tmp_path: Path) -> None:
    """A note beside the table is kept under its column's letters, so that it can be told."""
    (row,) = rows_of(tmp_path, workbook([HEADER, [*GOOD, None, text("已核")]]))
    assert row.values == {**VALUES, "F列": "已核"}


def test_all_sheets_with_a_header(tmp_path: Path) -> None:
    """Every sheet that has a header is read; those behind the first are told by name, others passed over."""
    sheets = {
        "说明": sheet([[text("请逐列填写")]]),
        "九月": sheet([HEADER, GOOD]),
        "空": sheet([]),
        "十月": sheet([HEADER, GOOD]),
    }
    rows = rows_of(tmp_path, packed(parts(sheets)))
    assert rows == [Row(number=2, values=VALUES), Row(number=2, sheet="十月", values=VALUES)]
    assert [row.place for row in rows] == ["2", "十月:2"]


def test_hidden_sheets(tmp_path: Path) -> None:
    """A hidden sheet with rows is not read, and that is told once; a hidden list is none."""
    sheets = {
        "九月": sheet([HEADER, GOOD]),
        "旧": sheet([HEADER, GOOD, GOOD]),
        "空": sheet([HEADER]),
        "下拉": sheet([[text("罚款")]]),
    }
    states = {"旧": "hidden", "空": "hidden", "下拉": "veryHidden"}
    rows = rows_of(tmp_path, packed(parts(sheets, states=states)))
    assert problems_of(rows) == [(2, ""), (2, "SHEET_HIDDEN")]
    assert rows[1].sheet == "旧"


def test_no_header(tmp_path: Path) -> None:
    """A workbook without a header is refused once, and its cells are told nowhere."""
    rows = rows_of(tmp_path, workbook([[text("祁连生"), number("370102198506150021")]] * 20))
    assert problems_of(rows) == [(1, "HEADER_UNKNOWN")]
    assert problems_of(rows_of(tmp_path, packed(parts({})))) == [(1, "HEADER_UNKNOWN")]
    assert "祁连生" not in repr(rows)


def test_reasons_are_passed_over(tmp_path: Path) -> None:
    """The reasons of a workbook of refused rows are no columns, and a row of nothing else is none."""
    rows = rows_of(
        tmp_path,
        workbook([[*HEADER, text("退回原因")], [*GOOD, text("请补充")], [*[None] * 4, text("第 3 行")]]),
    )
    assert rows == [Row(number=2, values=VALUES)]
    assert rows[0].headers == tuple(VALUES)
