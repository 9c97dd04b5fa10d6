"""Workbooks as departments save them, and as nobody should."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from connectors.files import Row, read
from streams.domain.errors import ConfigurationError
from tests.connectors.sheets import number, packed, parts, sheet, text, workbook

HEADER = [text("行政处罚决定书文号"), text("行政相对人名称"), text("罚款金额(万元)"), text("处罚决定日期")]
GOOD = [text("济市监罚〔2026〕1号"), text("济南云麓食品有限公司"), number("0.2"), number("46287", 1)]
VALUES = {
    "行政处罚决定书文号": "济市监罚〔2026〕1号",
    "行政相对人名称": "济南云麓食品有限公司",
    "罚款金额(万元)": "0.2",
    "处罚决定日期": "2026-09-22",
}


def _rows(folder: Path, content: bytes, name: str = "a.xlsx") -> list[Row]:
    file = folder / name
    file.write_bytes(content)
    return list(read(file))


def _problems(rows: list[Row]) -> list[tuple[int, str]]:
    return [(row.number, row.problem.code if row.problem else "") for row in rows]


def _cell(folder: Path, cell: str, **about: str) -> str:
    """Return what the amount's cell is read as."""
    (row,) = _rows(folder, workbook([HEADER, [*GOOD[:2], cell]], **about))
    return row.values.get("罚款金额(万元)", "")


def test_rows(tmp_path: Path) -> None:
    """A row is its texts, its numbers as typed and its days in the form of the rules."""
    assert _rows(tmp_path, workbook([HEADER, GOOD])) == [Row(number=2, values=VALUES)]
    assert _rows(tmp_path, workbook([HEADER, GOOD]), "a.xlsm") == [Row(number=2, values=VALUES)]


def test_titles_and_empty_rows(tmp_path: Path) -> None:
    """Merged titles above the header and empty rows are passed over, and counted as the sheet counts them."""
    merged = sheet(
        [[text("济南市行政处罚公示表"), "<c/>", "<c/>"], [text("填报单位：某局")], HEADER, [text(" ")], GOOD],
        extra='<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>',
    )
    assert _rows(tmp_path, packed(parts({"公示": merged}))) == [Row(number=5, values=VALUES)]


def test_header_of_two_lines(tmp_path: Path) -> None:
    """Below the header may stand a second line of it: codes, or the parts of a merged cell."""
    codes = [text("CF_WSH"), text("CF_XDR_MC"), None, text("CF_JDRQ")]
    (row,) = _rows(tmp_path, workbook([HEADER, codes, GOOD]))
    assert row == Row(
        number=3,
        values=dict(zip(["CF_WSH", "CF_XDR_MC", "罚款金额(万元)", "CF_JDRQ"], VALUES.values(), strict=True)),
    )


def test_repeated_header(tmp_path: Path) -> None:
    """A header that is repeated for printing is no row."""
    assert [row.number for row in _rows(tmp_path, workbook([HEADER, GOOD, HEADER, GOOD]))] == [2, 4]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("0.2", "0.2"),
        ("0.20000000000000001", "0.2"),
        ("0.30000000000000004", "0.3"),
        ("2", "2"),
        ("2.50", "2.5"),
        ("1E-4", "0.0001"),
        ("2.0000000000000002E-5", "0.00002"),
        ("-0", "0"),
        ("370102198506150", "370102198506150"),
        ("20260922", "20260922"),
    ],
)
def test_numbers(tmp_path: Path, stored: str, shown: str) -> None:
    """A number is read as Excel shows it, without the traces of binary floats."""
    assert _cell(tmp_path, number(stored)) == shown


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        (number("370102198506150021"), "DIGITS_LOST"),
        (number("3.7010219850615002E+17"), "DIGITS_LOST"),
        (number("1E+300"), "DIGITS_LOST"),
        (number("INF"), "DIGITS_LOST"),
        (number("abc"), "CELL_ERROR"),
        ("<c><f>SUM(A1:A2)</f></c>", "FORMULA_WITHOUT_VALUE"),
        ("<c><f>SUM(A1:A2)</f><v></v></c>", "FORMULA_WITHOUT_VALUE"),
        ('<c t="e"><v>#REF!</v></c>', "CELL_ERROR"),
        ('<c t="s"><v>7</v></c>', "CELL_ERROR"),
        ('<c t="s"><v>-1</v></c>', "CELL_ERROR"),
    ],
)
def test_cells_that_cannot_be_read(tmp_path: Path, cell: str, rule: str) -> None:
    """Of a cell that cannot be read its column and what to do is told, and no rule lets its rest through."""
    (row,) = _rows(tmp_path, workbook([HEADER, [cell, *GOOD[1:]]]))
    assert row.problem is None
    assert [(one.code, one.column) for one in row.findings] == [(rule, "CF_WSH")]
    assert "\ufffd" in row.values["行政处罚决定书文号"]


def test_flaws_beside_the_template(tmp_path: Path) -> None:
    """A cell that cannot be read in a column of the clerk's own refuses nothing."""
    rows = _rows(tmp_path, workbook([[*HEADER, text("序号")], [*GOOD, "<c><f>ROW()</f></c>"]]))
    assert rows == [Row(number=2, values=VALUES)]


def test_formulas(tmp_path: Path) -> None:
    """A formula is its last result, a text that looks like one stays a text."""
    assert _cell(tmp_path, '<c t="str"><f>A1&amp;B1</f><v>2万元</v></c>') == "2万元"
    assert _cell(tmp_path, "<c><f>1/5</f><v>0.20000000000000001</v></c>") == "0.2"
    assert _cell(tmp_path, text("=HYPERLINK(1)")) == "=HYPERLINK(1)"


def test_shared_strings(tmp_path: Path) -> None:
    """Texts kept apart are read, rich ones whole, without what tells their reading."""
    strings = (
        "<si><t>甲</t></si><si><r><t>济南</t></r><r><rPr/><t xml:space='preserve'> 云麓_x000D_</t></r>"
        "<rPh sb='0' eb='1'><t>ji</t></rPh></si>"
    )
    assert _cell(tmp_path, '<c t="s"><v>1</v></c>', strings=strings) == "济南 云麓\r"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (number("46287", 1), "2026-09-22"),
        (number("46287.5", 1), "2026-09-22 12:00:00"),
        (number("46287.999999999", 1), "2026-09-23"),
        (number("1", 1), "1900-01-01"),
        (number("59", 1), "1900-02-28"),
        (number("61", 1), "1900-03-01"),
        (number("-5", 1), "-5"),
        (number("99999999", 1), "99999999"),
        ('<c t="d"><v>2026-09-22T00:00:00</v></c>', "2026-09-22"),
        (number("46287"), "46287"),
        (number("20260922"), "20260922"),
        (text("2026年9月22日"), "2026年9月22日"),
    ],
)
def test_days(tmp_path: Path, cell: str, shown: str) -> None:
    """A day of Excel is read as one where its format says so."""
    (row,) = _rows(tmp_path, workbook([HEADER, [*GOOD[:3], cell]]))
    assert row.values["处罚决定日期"] == shown


def test_formats_of_days(tmp_path: Path) -> None:
    """Formats that show a day are told from those that show an amount or a time."""
    codes = {
        "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;": True,
        "[$-804]yyyy/m/d;@": True,
        "0.00_ ": False,
        "[Red]0.0": False,
        "h:mm:ss": False,
        "&quot;day&quot;0": False,
        "General": False,
    }
    formats = "".join(f'<numFmt numFmtId="{200 + at}" formatCode="{code}"/>' for at, code in enumerate(codes))
    cells = "".join(f'<xf numFmtId="{200 + at}"/>' for at in range(len(codes)))
    content = parts({"a": sheet([HEADER, *([*GOOD[:2], number("46287", at)] for at in range(len(codes)))])})
    content["xl/styles.xml"] = (
        f"<styleSheet><numFmts>{formats}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>"
    )
    rows = _rows(tmp_path, packed(content))
    assert [row.values["罚款金额(万元)"] == "2026-09-22" for row in rows] == list(codes.values())


def test_days_from_1904(tmp_path: Path) -> None:
    """A workbook of an old Mac counts its days from 1904."""
    content = workbook([HEADER, [*GOOD[:3], number("44825", 1)]], properties='<workbookPr date1904="1"/>')
    assert _rows(tmp_path, content)[0].values["处罚决定日期"] == "2026-09-22"


def test_prefixed_names(tmp_path: Path) -> None:
    """A workbook whose elements carry a prefix is read the same."""
    content = parts({"a": sheet([HEADER, GOOD])})
    part = "xl/worksheets/sheet1.xml"
    content[part] = content[part].replace("xmlns=", "xmlns:x=").replace("</", "</x:")
    for name in ("worksheet", "sheetData", "row", "c ", "is>", "t>", "v>"):
        content[part] = content[part].replace(f"<{name}", f"<x:{name}")
    assert _rows(tmp_path, packed(content)) == [Row(number=2, values=VALUES)]


def test_cells_right_of_the_table(tmp_path: Path) -> None:
    """A note beside the table is kept under its column's letters, so that it can be told."""
    (row,) = _rows(tmp_path, workbook([HEADER, [*GOOD, None, text("已核")]]))
    assert row.values == {**VALUES, "F列": "已核"}


def test_all_sheets_with_a_header(tmp_path: Path) -> None:
    """Every sheet that has a header is read; those behind the first are told by name, others passed over."""
    sheets = {
        "说明": sheet([[text("请逐列填写")]]),
        "九月": sheet([HEADER, GOOD]),
        "空": sheet([]),
        "十月": sheet([HEADER, GOOD]),
    }
    rows = _rows(tmp_path, packed(parts(sheets)))
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
    rows = _rows(tmp_path, packed(parts(sheets, states=states)))
    assert _problems(rows) == [(2, ""), (2, "SHEET_HIDDEN")]
    assert rows[1].sheet == "旧"


def test_no_header(tmp_path: Path) -> None:
    """A workbook without a header is refused once, and its cells are told nowhere."""
    rows = _rows(tmp_path, workbook([[text("祁连生"), number("370102198506150021")]] * 20))
    assert _problems(rows) == [(1, "HEADER_UNKNOWN")]
    assert _problems(_rows(tmp_path, packed(parts({})))) == [(1, "HEADER_UNKNOWN")]
    assert "祁连生" not in repr(rows)


def test_reasons_are_passed_over(tmp_path: Path) -> None:
    """The reasons of a workbook of refused rows are no columns, and a row of nothing else is none."""
    rows = _rows(
        tmp_path,
        workbook([[*HEADER, text("退回原因")], [*GOOD, text("请补充")], [*[None] * 4, text("第 3 行")]]),
    )
    assert rows == [Row(number=2, values=VALUES)]
    assert rows[0].headers == tuple(VALUES)


@pytest.mark.parametrize("name", ["a.xls", "a.et", "a.ods", "a.xlsb"])
def test_other_spreadsheets(tmp_path: Path, name: str) -> None:
    """A spreadsheet of another format is refused with the format to save it as."""
    with pytest.raises(ConfigurationError, match=r"另存为 \.xlsx"):
        _rows(tmp_path, b"", name)


def test_old_and_encrypted(tmp_path: Path) -> None:
    """An old workbook that was only renamed, and one with a password, are told apart."""
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)
    assert _problems(_rows(tmp_path, magic)) == [(1, "WORKBOOK_OLD")]
    encrypted = magic + "EncryptedPackage".encode("utf-16-le") + bytes(3000)
    assert _problems(_rows(tmp_path, encrypted)) == [(1, "WORKBOOK_ENCRYPTED")]


def test_broken_files(tmp_path: Path) -> None:
    """What is no workbook, or half of one, is refused; rows before the break are read."""
    for content in (b"", b"PK", b"<html/>", b"PK\x05\x06" + bytes(18), packed({"a": "b"})):
        assert _problems(_rows(tmp_path, content)) == [(1, "WORKBOOK_DAMAGED")]
    torn = parts({"a": sheet([HEADER, GOOD])})
    torn["xl/worksheets/sheet1.xml"] = torn["xl/worksheets/sheet1.xml"].removesuffix("</worksheet>")
    assert _problems(_rows(tmp_path, packed(torn))) == [(2, ""), (3, "WORKBOOK_DAMAGED")]


def test_wrong_checksum(tmp_path: Path) -> None:
    """A sheet whose bytes were changed on the way is told to be damaged."""
    content = bytearray(packed(parts({"a": sheet([HEADER, GOOD])}), method=zipfile.ZIP_STORED))
    at = content.index("云麓".encode())
    content[at : at + 3] = "水".encode()
    assert _problems(_rows(tmp_path, bytes(content)))[-1][1] == "WORKBOOK_DAMAGED"


def test_zip_bombs(tmp_path: Path) -> None:
    """A part that would fill memory or time is refused before it is unpacked, whatever sizes it tells."""
    rows = "<row><c><v>1</v></c></row>" * 2_000_000
    bomb = parts({"a": sheet([HEADER, GOOD])})
    bomb["xl/worksheets/sheet1.xml"] = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    assert _problems(_rows(tmp_path, packed(bomb))) == [(1, "WORKBOOK_TOO_LARGE")]
    bomb = parts({"a": sheet([HEADER, GOOD])})
    bomb["xl/workbook.xml"] += " " * 9_000_000
    assert _problems(_rows(tmp_path, packed(bomb))) == [(1, "WORKBOOK_TOO_LARGE")]


def test_many_members(tmp_path: Path) -> None:
    """A list of members that would itself fill the memory is not read."""
    held = io.BytesIO(packed(parts({"a": sheet([HEADER, GOOD])})))
    content = bytearray(held.getvalue())
    at = content.rindex(b"PK\x05\x06")
    struct.pack_into("<L", content, at + 12, 100_000_000)
    assert _problems(_rows(tmp_path, bytes(content))) == [(1, "WORKBOOK_TOO_LARGE")]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_entities(tmp_path: Path, part: str) -> None:
    """A part that defines entities is refused: they could read files, or grow without end."""
    content = parts({"a": sheet([HEADER, GOOD])}, strings="<si><t>甲</t></si>")
    laughs = (
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    )
    content[part] = laughs + content[part]
    assert _problems(_rows(tmp_path, packed(content))) == [(1, "XML_UNSAFE")]


@pytest.mark.parametrize(
    "inner",
    [
        "<a>" * 100_000,
        "".join(f"<a{n}/>" for n in range(5000)),
        f'<c a="{"x" * 3_000_000}"/>',
        f"<!--{'x' * 3_000_000}-->",
        "<row><c><v>",
        '<row r="1048577"/>',
    ],
)
def test_hostile_sheets(tmp_path: Path, inner: str) -> None:
    """A sheet made to fill the memory is given up."""
    content = parts({"a": ""})
    content["xl/worksheets/sheet1.xml"] = f"<worksheet><sheetData>{inner}"
    assert _problems(_rows(tmp_path, packed(content)))[-1][1] in ("WORKBOOK_DAMAGED", "WORKBOOK_TOO_LARGE")


def test_long_row(tmp_path: Path) -> None:
    """A row too long to be a decision is refused, and the next one is read."""
    rows = _rows(tmp_path, workbook([HEADER, [text("x" * 3_000_000), text("y" * 3_000_000)], GOOD]))
    assert _problems(rows) == [(2, "LINE_TOO_LONG"), (3, "")]


def test_hostile_references(tmp_path: Path) -> None:
    """Rows and cells whose places make no sense are read in their order, or passed over."""
    body = sheet([HEADER, GOOD]).replace('<row r="2">', '<row r="-7">').replace('r="A2"', 'r="7"')
    assert _problems(_rows(tmp_path, packed(parts({"a": body})))) == [(2, "")]
    body = sheet([HEADER, GOOD]).replace('r="D2"', 'r="ZZZZZZ9"')
    (row,) = _rows(tmp_path, packed(parts({"a": body})))
    assert "处罚决定日期" not in row.values


def test_links_outside_are_not_followed(tmp_path: Path) -> None:
    """A sheet that is said to stand elsewhere is not looked for."""
    content = parts({"a": sheet([HEADER, GOOD])})
    rels = "xl/_rels/workbook.xml.rels"
    for target in ("../../../../etc/passwd", "http://example.org/sheet1.xml"):
        outside = {**content, rels: content[rels].replace("worksheets/sheet1.xml", target)}
        assert _problems(_rows(tmp_path, packed(outside))) == [(1, "WORKBOOK_DAMAGED")]
    external = content[rels].replace('Target="worksheets', 'TargetMode="External" Target="worksheets')
    assert _problems(_rows(tmp_path, packed({**content, rels: external}))) == [(1, "HEADER_UNKNOWN")]
