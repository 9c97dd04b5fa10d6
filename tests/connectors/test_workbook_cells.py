"""Cells of workbooks: numbers, days, formulas and texts are read as Excel shows them, or told."""

from pathlib import Path

import pytest

from connectors.files import Row
from tests.connectors.reading import rows_of
from tests.connectors.sheets import GOOD, HEADER, VALUES, number, packed, parts, sheet, text, workbook


def _cell(folder: Path, cell: str, **about: str) -> str:
    """Return what the amount's cell is read as."""
    (row,) = rows_of(folder, workbook([HEADER, [*GOOD[:2], cell]], **about))
    return row.values.get("罚款金额(万元)", "")


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
    (row,) = rows_of(tmp_path, workbook([HEADER, [cell, *GOOD[1:]]]))
    assert row.problem is None
    assert [(one.code, one.column) for one in row.findings] == [(rule, "CF_WSH")]
    assert "\ufffd" in row.values["行政处罚决定书文号"]


def test_flaws_beside_the_template(tmp_path: Path) -> None:
    """A cell that cannot be read in a column of the clerk's own refuses nothing."""
    rows = rows_of(tmp_path, workbook([[*HEADER, text("序号")], [*GOOD, "<c><f>ROW()</f></c>"]]))
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
    (row,) = rows_of(tmp_path, workbook([HEADER, [*GOOD[:3], cell]]))
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
    rows = rows_of(tmp_path, packed(content))
    assert [row.values["罚款金额(万元)"] == "2026-09-22" for row in rows] == list(codes.values())


def test_days_from_1904(tmp_path: Path) -> None:
    """A workbook of an old Mac counts its days from 1904."""
    content = workbook([HEADER, [*GOOD[:3], number("44825", 1)]], properties='<workbookPr date1904="1"/>')
    assert rows_of(tmp_path, content)[0].values["处罚决定日期"] == "2026-09-22"
