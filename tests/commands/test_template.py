"""`gongshi template`, filled as a clerk fills it."""

import csv
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from connectors.xlsx.notes import Filling, Subject, notes
from streams.domain.columns import TEMPLATES, Need
from streams.domain.stages import Kind

GONGSHI = str(Path(sys.executable).with_name("gongshi"))
SUBJECT = {
    "legal": {
        "_XDR_LB": "法人及非法人组织",
        "_XDR_MC": "济南云麓食品有限公司",
        "_XDR_SHXYM": "91370102MA0E7K2Q8A",
        "_FRDB": "卢明舟",
    },
    "natural": {
        "_XDR_LB": "自然人",
        "_XDR_MC": "祁连生",
        "_XDR_ZJLX": "护照号",
        "_XDR_ZJHM": "E12345678",
    },
}
CONTENT: dict[str, dict[str, Any]] = {
    "licence": {
        "XK_XKWS": "准予行政许可决定书",
        "XK_WSH": "济市监食许〔2026〕41号",
        "XK_XKLB": "普通",
        "XK_XKZS": "食品经营许可证",
        "XK_XKBH": "JY13701020012345",
        "XK_NR": "食品销售",
        "XK_JDRQ": date(2026, 9, 22),
        "XK_YXQZ": date(2026, 9, 22),
        "XK_YXQZI": date(2031, 9, 21),
        "XK_XKJG": "济南市市场监督管理局",
        "XK_XKJGDM": "11370100MB9A000146",
        "XK_ZT": 1,
        "XK_LYDW": "济南市市场监督管理局",
        "XK_LYDWDM": "11370100MB9A000146",
    },
    "penalty": {
        "CF_WSH": "济市监罚〔2026〕118号",
        "CF_WFXW": "发布违法广告",
        "CF_SY": "在店堂海报中使用“最佳”等用语。",
        "CF_YJ": "《中华人民共和国广告法》第五十七条第一项",
        "CF_CFLB": "罚款",
        "CF_NR": "罚款人民币贰仟元整。",
        "CF_NR_FK": 0.2,
        "CF_JDRQ": date(2026, 9, 22),
        "CF_YXQ": date(2027, 9, 22),
        "CF_CFJG": "济南市市场监督管理局",
        "CF_CFJGDM": "11370100MB9A000146",
        "CF_SJLY": "济南市市场监督管理局",
        "CF_SJLYDM": "11370100MB9A000146",
    },
}
ALL = [(kind, subject) for kind in CONTENT for subject in SUBJECT]


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([GONGSHI, *arguments], capture_output=True, text=True, check=False, timeout=60)


def _template(folder: Path, kind: str, subject: str, name: str = "模板.xlsx") -> Path:
    file = folder / name
    done = _run("template", kind, "--subject", subject, "-o", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    return file


def _decision(kind: str, subject: str) -> dict[str, Any]:
    prefix = "XK" if kind == "licence" else "CF"
    return {**{f"{prefix}{suffix}": value for suffix, value in SUBJECT[subject].items()}, **CONTENT[kind]}


def _check(file: Path) -> list[dict[str, Any]]:
    done = _run("check", "--today", "2026-09-25", str(file))
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(("kind", "subject"), ALL)
def test_filled_workbook(tmp_path: Path, kind: str, subject: str) -> None:
    """A filled workbook goes through the check without a finding, with days and numbers as Excel has them."""
    file = _template(tmp_path, kind, subject)
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    codes = [cell.value for cell in sheet[1]]
    decision = _decision(kind, subject)
    for place, code in enumerate(codes, start=1):
        if code in decision:
            sheet.cell(3, place).value = decision[code]
    book.save(file)
    (verdict,) = _check(file)
    assert verdict["row"] == 3
    assert (verdict["ok"], verdict["findings"]) == (True, [])


@pytest.mark.parametrize(("kind", "subject"), ALL)
def test_filled_csv(tmp_path: Path, kind: str, subject: str) -> None:
    """A filled table of text goes through the check without a finding."""
    file = _template(tmp_path, kind, subject, "模板.csv")
    names = next(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    by_name = {TEMPLATES[Kind(kind)][code].name: value for code, value in _decision(kind, subject).items()}
    assert by_name.keys() <= set(names)
    with file.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerow([by_name.get(name, "") for name in names])
    (verdict,) = _check(file)
    assert (verdict["ok"], verdict["findings"]) == (True, [])


@pytest.mark.parametrize(("kind", "subject"), ALL)
def test_empty_template(tmp_path: Path, kind: str, subject: str) -> None:
    """An empty template has no rows, and nothing is told of it."""
    assert _check(_template(tmp_path, kind, subject)) == []
    assert _check(_template(tmp_path, kind, subject, "模板.csv")) == []


@pytest.mark.parametrize(("kind", "subject"), ALL)
def test_help_for_clerks(tmp_path: Path, kind: str, subject: str) -> None:
    """Columns have notes, lists drop down, identifiers are text, days are days, and one sheet explains."""
    book = openpyxl.load_workbook(_template(tmp_path, kind, subject))
    table, explained, choices = book.worksheets
    assert explained.title == "填表说明"
    assert choices.sheet_state == "hidden"
    assert table.row_dimensions[1].hidden
    columns = [note.column for note in notes(Kind(kind), Subject(subject))]
    assert [cell.value for cell in table[1]] == [column.code for column in columns]
    assert [cell.value for cell in table[2]] == [column.name for column in columns]
    assert all(cell.comment and len(cell.comment.text) > 10 for cell in table[2])
    rules = {str(rule.sqref).partition("3:")[0]: rule for rule in table.data_validations.dataValidation}
    lists = {table[f"{column}1"].value[2:] for column, rule in rules.items() if rule.type == "list"}
    assert lists >= {"_XDR_LB", "_XKLB" if kind == "licence" else "_CFLB"}
    shapes = {
        table.cell(1, place).value[2:]: table.column_dimensions[
            openpyxl.utils.get_column_letter(place)
        ].number_format
        for place in range(1, len(columns) + 1)
    }
    assert shapes["_JDRQ"] == "yyyy-mm-dd"
    assert shapes["_WSH"] == "@"
    told = {row[2].value for row in explained.iter_rows() if row[2].value}
    assert told >= {column.code for column in columns}


def test_marks_agree_with_the_rules() -> None:
    """What the rules ask for on every row is marked so, and nothing else is."""
    for kind in Kind:
        for subject in Subject:
            for note in notes(kind, subject):
                if note.column.need is Need.ALWAYS:
                    assert note.filling is Filling.ALWAYS
                if note.column.need is Need.NEVER:
                    assert note.filling is Filling.NEVER
                assert note.rule.endswith("。")


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_filled_file_is_not_overwritten(tmp_path: Path, name: str) -> None:
    """A file that is there already stays as it is, and what to do is told in Chinese."""
    file = tmp_path / name
    file.write_text("已填", encoding="utf-8")
    done = _run("template", "penalty", "-o", str(file))
    assert (done.returncode, file.read_text(encoding="utf-8")) == (2, "已填")
    assert "已经存在" in done.stderr
    assert "-o" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_misuse(tmp_path: Path) -> None:
    """A file of another format, or a place that cannot be written, is told in one line."""
    for file in (tmp_path / "a.pdf", tmp_path / "absent" / "a.xlsx"):
        done = _run("template", "penalty", "-o", str(file))
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
    assert _run("template", "penalty").returncode == 2
    assert _run("template", "tax", "-o", str(tmp_path / "a.xlsx")).returncode == 2
