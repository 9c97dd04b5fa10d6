"""`gongshi check`, as departments call it."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.sheets import number, packed, parts, sheet, text, workbook

GONGSHI = str(Path(sys.executable).with_name("gongshi"))
ROW = {
    "CF_XDR_MC": "济南云麓食品有限公司",
    "CF_XDR_LB": "法人及非法人组织",
    "CF_XDR_SHXYM": "91370102MA0E7K2Q8A",
    "CF_FRDB": "卢明舟",
    "CF_WSH": "济市监罚[2026]118号",
    "CF_WFXW": "发布违法广告",
    "CF_SY": "当事人在店堂海报中使用“最佳”等用语。",
    "CF_YJ": "《中华人民共和国广告法》第五十七条第一项",
    "CF_CFLB": "罚款",
    "CF_NR": "罚款人民币贰万元整。",
    "CF_NR_FK": "2.0",
    "CF_JDRQ": "2026-09-22",
    "CF_YXQ": "2027-09-22",
    "CF_CFJG": "济南市市场监督管理局",
    "CF_CFJGDM": "11370100MB9A000146",
    "CF_SJLY": "济南市市场监督管理局",
    "CF_SJLYDM": "11370100MB9A000146",
}
KEY = "11370100MB9A000146|济市监罚〔2026〕118号|济南云麓食品有限公司"


def _check(*arguments: str, stdin: str = "") -> tuple[int, list[dict[str, Any]], str]:
    done = subprocess.run(
        [GONGSHI, "check", "--today", "2026-09-25", *arguments],
        input=stdin.encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    verdicts = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return done.returncode, verdicts, done.stderr.decode()


def test_good_row() -> None:
    """A good row is printed with its key, as ok, without findings, and counted on stderr."""
    status, verdicts, told = _check("-", stdin=json.dumps(ROW))
    assert (status, verdicts) == (0, [{"row": 1, "key": KEY, "ok": True, "findings": []}])
    assert told == "合格 1 件，退回 0 件\n"


def test_bad_row() -> None:
    """A bad row is not ok, and each finding has code, column, severity and message; the exit status is 0."""
    bad = {**ROW, "CF_XDR_SHXYM": "91370102MA0E7K2Q8B", "CF_NR_FK": ""}
    status, verdicts, _ = _check("-", stdin=json.dumps(bad))
    assert status == 0
    assert verdicts[0]["ok"] is False
    assert [(one["code"], one["column"], one["severity"]) for one in verdicts[0]["findings"]] == [
        ("USCC_CHECK_DIGIT", "CF_XDR_SHXYM", "error"),
        ("FINE_REQUIRED", "CF_NR_FK", "error"),
    ]
    assert all(set(one) == {"code", "column", "severity", "message"} for one in verdicts[0]["findings"])


def test_warning_lets_through() -> None:
    """A row with warnings only is ok."""
    _, verdicts, _ = _check("-", stdin=json.dumps({**ROW, "CF_CFJGDM": "11370112MB9D00017K"}))
    assert verdicts[0]["ok"] is True
    assert [one["severity"] for one in verdicts[0]["findings"]] == ["warning"]


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl", "xlsx", "xml"])
def test_files_agree(tmp_path: Path, ending: str) -> None:
    """The same row gets the same verdict from every format of file."""
    file = tmp_path / f"a.{ending}"
    if ending == "csv":
        with file.open("w", encoding="gbk", newline="") as stream:
            writer = csv.DictWriter(stream, ROW)
            writer.writeheader()
            writer.writerow(ROW)
    elif ending == "xlsx":
        file.write_bytes(workbook([[text(code) for code in ROW], [text(value) for value in ROW.values()]]))
    elif ending == "xml":
        fields = "".join(f"<{code}>{value}</{code}>" for code, value in ROW.items())
        file.write_text(f"<ExchangeMessage><fields>{fields}</fields></ExchangeMessage>", encoding="utf-8")
    else:
        file.write_text(json.dumps([ROW] if ending == "json" else ROW), encoding="utf-8")
    status, verdicts, _ = _check(str(file))
    assert status == 0
    assert verdicts == [
        {"row": 2 if ending in ("csv", "xlsx") else 1, "key": KEY, "ok": True, "findings": []}
    ]


def test_counts(tmp_path: Path) -> None:
    """How many rows are right and how many are refused is told on stderr, and which files have no rows."""
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(ROW)}\n{{", encoding="utf-8")
    (tmp_path / "空.csv").write_text(",".join(ROW), encoding="utf-8")
    status, verdicts, told = _check(str(tmp_path / "a.jsonl"), str(tmp_path / "空.csv"))
    assert (status, len(verdicts)) == (0, 2)
    assert told == "合格 1 件，退回 1 件；没有数据行的文件：空.csv\n"


def test_garbled_number() -> None:
    """A row whose number is garbled has no key: it would be that of no decision."""
    _, (verdict,), _ = _check("-", stdin=json.dumps({**ROW, "CF_WSH": "济市监\ufffd[2026]118号"}))
    assert (verdict["ok"], verdict["key"]) == (False, "")
    assert [one["code"] for one in verdict["findings"]] == ["KEY_UNREADABLE", "GARBLED"]


def test_broken_lines_among_good_ones() -> None:
    """A broken line is one refused row; those behind it are checked."""
    status, verdicts, _ = _check("-", stdin=f"{{broken\n{json.dumps(ROW)}\n")
    assert status == 0
    assert [(one["row"], one["ok"]) for one in verdicts] == [(1, False), (2, True)]


def test_several_files(tmp_path: Path) -> None:
    """Several files are checked one after the other."""
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(json.dumps(ROW), encoding="utf-8")
    _, verdicts, _ = _check(str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl"))
    assert [one["row"] for one in verdicts] == [1, 1]


def test_unreadable_file(tmp_path: Path) -> None:
    """A file that is not there, or of another format, is told in one line, and the exit status is not 0."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    for file in (tmp_path / "absent.csv", tmp_path / "a.pdf"):
        status, verdicts, error = _check(str(file))
        assert status == 2
        assert verdicts == []
        assert len(error.splitlines()) == 1


def test_no_arguments() -> None:
    """Without a file the command says how it is used, and the exit status is 2."""
    status, _, error = _check()
    assert status == 2
    assert "FILE" in error


def test_workbook_of_two_sheets(tmp_path: Path) -> None:
    """Rows of a workbook's further sheets are told by its name; days and amounts are as Excel has them."""
    excel = {"CF_NR_FK": number("2"), "CF_JDRQ": number("46287", 1), "CF_YXQ": number("46652", 1)}
    rows = [[text(code) for code in ROW], [excel.get(code) or text(value) for code, value in ROW.items()]]
    file = tmp_path / "a.xlsx"
    file.write_bytes(packed(parts({"九月": sheet(rows), "十月": sheet(rows)})))
    status, verdicts, _ = _check(str(file))
    good = {"row": 2, "key": KEY, "ok": True, "findings": []}
    assert (status, verdicts) == (0, [good, {**good, "sheet": "十月"}])


def test_lost_digits_are_refused(tmp_path: Path) -> None:
    """A number that Excel has rounded is refused with what to do, once, beside all else that is wrong."""
    natural = {**ROW, "CF_XDR_MC": "祁连生", "CF_XDR_LB": "自然人", "CF_XDR_ZJLX": "身份证", "CF_NR": ""}
    del natural["CF_XDR_SHXYM"], natural["CF_FRDB"]
    cells = [text(value) for value in natural.values()]
    file = tmp_path / "a.xlsx"
    rows = [
        [*map(text, natural), text("CF_XDR_ZJHM")],
        [*cells, number("3.7010219850615002E+17")],
    ]
    file.write_bytes(workbook(rows))
    _, (verdict,), _ = _check(str(file))
    told = [(one["code"], one["column"]) for one in verdict["findings"]]
    assert told == [("DIGITS_LOST", "CF_XDR_ZJHM"), ("MISSING", "CF_NR")]
    assert "文本" in verdict["findings"][0]["message"]


def test_old_workbook(tmp_path: Path) -> None:
    """An .xls is refused in one line that says what to save it as."""
    (tmp_path / "a.xls").write_bytes(b"")
    status, verdicts, error = _check(str(tmp_path / "a.xls"))
    assert (status, verdicts, len(error.splitlines())) == (2, [], 1)
    assert ".xlsx" in error
