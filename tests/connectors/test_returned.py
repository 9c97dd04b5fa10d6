"""Refused rows go back as a workbook that can be mended and sent again as it is."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from connectors.desk import Desk, Identity, Line
from connectors.files import Row, read
from connectors.xlsx.returned import ReturnedRows
from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams.catalogue.file import load_catalogue
from streams.domain.calendar import Calendar
from streams.domain.errors import ConfigurationError
from streams.domain.judging import judge
from streams.domain.stages import EventId, Origin
from streams.domain.validation import finding
from tests.connectors.test_desk import GOOD, Sends

NAMED = {
    "行政相对人名称": GOOD["CF_XDR_MC"],
    "行政相对人类别": GOOD["CF_XDR_LB"],
    "统一社会信用代码": GOOD["CF_XDR_SHXYM"],
    "法定代表人": GOOD["CF_FRDB"],
    "行政处罚决定书文号": GOOD["CF_WSH"],
    "违法行为类型": GOOD["CF_WFXW"],
    "违法事实": GOOD["CF_SY"],
    "处罚依据": GOOD["CF_YJ"],
    "处罚类别": GOOD["CF_CFLB"],
    "处罚内容": GOOD["CF_NR"],
    "罚款金额(万元)": GOOD["CF_NR_FK"],
    "处罚决定日期": GOOD["CF_JDRQ"],
    "处罚有效期": GOOD["CF_YXQ"],
    "处罚机关": GOOD["CF_CFJG"],
    "处罚机关统一社会信用代码": GOOD["CF_CFJGDM"],
    "数据来源单位": GOOD["CF_SJLY"],
    "数据来源单位统一社会信用代码": GOOD["CF_SJLYDM"],
}
HEADERS = tuple(NAMED)


def _lines(rows: Iterable[Row]) -> list[Line]:
    desk = Desk(
        sender=Sends(),
        codec=Codec(RepositoryStore()),
        judge=lambda submitted: judge(
            submitted, today=date(2026, 9, 25), calendar=Calendar(), catalogue=load_catalogue()
        ),
        now=lambda: datetime(2026, 9, 25, 1, 0, tzinfo=UTC),
        identify=lambda row: Identity(event_id=EventId(f"event-{row.number}"), revision=row.number),
    )
    return list(desk.hand_in(rows, lambda row: Origin(connector="file", department="", reference=row.place)))


def _report(folder: Path, rows: Iterable[Row], name: str = "处罚.csv") -> tuple[Path, Any]:
    file = folder / "退回.xlsx"
    with ReturnedRows() as returned:
        for line in _lines(rows):
            returned.add(name, line)
        returned.write(file)
    return file, openpyxl.load_workbook(file)


def _row(number: int, **values: str) -> Row:
    named = {
        {"NR": "处罚内容", "FK": "罚款金额(万元)"}.get(name, name): text for name, text in values.items()
    }
    merged = {name: text for name, text in {**NAMED, **named}.items() if text}
    return Row(number=number, values=merged, headers=HEADERS)


def test_refused_rows_go_back(tmp_path: Path) -> None:
    """The refused rows stand under their own headers, wrong cells marked and explained, the reason beside."""
    _, book = _report(tmp_path, [_row(2), _row(3, FK=""), _row(4, 违法事实="")])
    (sheet,) = book.worksheets
    assert sheet.title == "处罚"
    assert [cell.value for cell in sheet[1]] == [*HEADERS, "退回原因", "退回编号"]
    assert sheet.max_row == 3
    wrong = sheet.cell(2, HEADERS.index("罚款金额(万元)") + 1)
    assert wrong.fill.fgColor.rgb == "FFFFC7CE"
    assert "必填且大于 0" in wrong.comment.text
    assert sheet.cell(2, 1).fill.fill_type is None
    reason = sheet.cell(2, len(HEADERS) + 1).value
    assert reason.startswith("原第 3 行\n")
    assert "必填且大于 0" in reason


def test_it_reads_back(tmp_path: Path) -> None:
    """What comes back reads as it was handed in, and once mended is accepted without a finding."""
    rows = [_row(3, FK=""), _row(4, NR="罚款人民币叁万元整。")]
    file, book = _report(tmp_path, rows)
    again = list(read(file))
    ids = [{"退回编号": f"event-{row.number}"} for row in rows]
    assert [row.values for row in again] == [row.values | mends for row, mends in zip(rows, ids, strict=True)]
    assert [line.findings for line in _lines(again)] == [line.findings for line in _lines(rows)]
    sheet = book.worksheets[0]
    sheet.cell(2, HEADERS.index("罚款金额(万元)") + 1).value = 2
    sheet.cell(3, HEADERS.index("处罚内容") + 1).value = "罚款人民币贰万元整。"
    book.save(file)
    mended = _lines(read(file))
    assert [line.findings for line in mended] == [(), ()]
    assert [line.key for line in mended] == [line.key for line in _lines(rows)]


def test_rows_of_any_form(tmp_path: Path) -> None:
    """Rows without a common header go back under all of theirs, with the columns that they lack."""
    bad = {code: text for code, text in GOOD.items() if code != "CF_NR"}
    rows = [
        Row(number=1, values={**bad, "event_id": "0190-aaaa-bbbb", "revision": "7"}),
        Row(number=2, values=bad),
    ]
    file, book = _report(tmp_path, rows, "a.json")
    headers = [cell.value for cell in book.worksheets[0][1]]
    assert headers == [*bad, "处罚内容", "退回原因", "退回编号"]
    ids = [row.values["退回编号"] for row in read(file)]
    assert [row.values for row in read(file)] == [{**bad, "退回编号": one} for one in ids]
    assert ids == ["0190-aaaa-bbbb", "event-2"]


def test_refused_again_and_again(tmp_path: Path) -> None:
    """A row that comes back a second time carries the ids of both events, and an emptied one is no row."""
    file, _ = _report(tmp_path, [_row(3, FK=""), _row(4, FK="")])
    file, book = _report(tmp_path, read(file), file.name)
    assert [row.values["退回编号"] for row in read(file)] == ["event-3 event-2", "event-4 event-3"]
    sheet = book.worksheets[0]
    for column in range(1, len(HEADERS) + 1):
        sheet.cell(2, column).value = None
    book.save(file)
    assert [line.row.number for line in _lines(read(file))] == [3]


def test_nothing_becomes_a_formula(tmp_path: Path) -> None:
    """A value that begins like a formula goes back as a text."""
    values = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", '=HYPERLINK("http://example.org")', "{=1}"]
    rows = [_row(number, NR=value, FK="") for number, value in enumerate(values, start=2)]
    file, book = _report(tmp_path, rows)
    cells = [line[HEADERS.index("处罚内容")] for line in book.worksheets[0].iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(value, "s") for value in values]
    assert [row.values["处罚内容"] for row in read(file)] == values


def test_rows_that_could_not_be_read(tmp_path: Path) -> None:
    """A row that could not be read goes back as its reason, and is no row when it comes again."""
    broken = Row(number=7, problem=finding("LINE_UNREADABLE"), headers=HEADERS)
    file, book = _report(tmp_path, [_row(3, FK=""), broken])
    assert book.worksheets[0].cell(3, len(HEADERS) + 1).value.startswith("原第 7 行\n本行不是完整的数据")
    assert len(list(read(file))) == 1


def test_two_files_and_kinds(tmp_path: Path) -> None:
    """Rows of several files and sheets go back on a sheet each, under names that Excel takes."""
    file = tmp_path / "退回.xlsx"
    with ReturnedRows() as returned:
        for name in ("a/处罚[1].csv", "b/处罚[1].csv", "-", "history.csv"):
            for line in _lines([_row(3, FK="")]):
                returned.add(name, line)
        returned.write(file)
    assert openpyxl.load_workbook(file).sheetnames == ["处罚 1", "处罚 1(2)", "退回", "history(2)"]
    assert [row.number for row in read(file)] == [2, 2, 2, 2]


def test_hostile_values(tmp_path: Path) -> None:
    """Signs that no workbook can hold, and texts too long for a cell, do not keep a row from going back."""
    file, _ = _report(tmp_path, [_row(3, NR="\ud800\x00\x1f_x0041_\uffff"), _row(4, NR="长" * 40_000)])
    first, second = read(file)
    assert first.values["处罚内容"] == "\ufffd\x00\x1f_x0041_\ufffd"
    assert second.values["处罚内容"] == "长" * 32_000


def test_nothing_refused(tmp_path: Path) -> None:
    """Where nothing was refused the workbook says so."""
    file, book = _report(tmp_path, [_row(2)])
    assert book.worksheets[0]["A1"].value == "没有退回的数据"
    assert [row.problem.code for row in read(file) if row.problem] == ["HEADER_UNKNOWN"]


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    """A report that cannot be written is told, and leaves no file behind."""
    folder = tmp_path / "退回.xlsx"
    folder.mkdir()
    with ReturnedRows() as returned, pytest.raises(ConfigurationError, match="another place"):
        returned.write(folder)
    assert list(tmp_path.iterdir()) == [folder]
