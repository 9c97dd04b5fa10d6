"""`gongshi submit`, on a real broker."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from streams.embedded.broker import Broker
from tests.connectors.test_desk import GOOD

GONGSHI = str(Path(sys.executable).with_name("gongshi"))


@pytest.fixture(scope="module")
def surroundings(broker: Broker) -> dict[str, str]:
    """Return the environment of a department's machine, its topics created."""
    environment = {**os.environ, "GONGSHI_BOOTSTRAP_SERVERS": broker.bootstrap_servers}
    done = subprocess.run([GONGSHI, "topics", "apply"], env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return environment


def _submit(surroundings: dict[str, str], *arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    done = subprocess.run(
        [GONGSHI, "submit", "--json", *arguments],
        env=surroundings,
        capture_output=True,
        check=False,
        timeout=90,
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()


def _xlsx(file: Path, rows: list[dict[str, str]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(GOOD))
    for row in rows:
        sheet.append([row.get(code) for code in GOOD])
    book.save(file)


def _csv(file: Path, rows: list[dict[str, str]]) -> None:
    with file.open("w", encoding="gb18030", newline="") as stream:
        writer = csv.DictWriter(stream, GOOD)
        writer.writeheader()
        writer.writerows(rows)


def _json(file: Path, rows: list[dict[str, str]]) -> None:
    file.write_text(json.dumps(rows), encoding="utf-8")


def _jsonl(file: Path, rows: list[dict[str, str]]) -> None:
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


def _xml(file: Path, rows: list[dict[str, str]]) -> None:
    fields = ("".join(f"<{code}>{text}</{code}>" for code, text in row.items() if text) for row in rows)
    file.write_text(f"<ROWDATA><ROW>{'</ROW><ROW>'.join(fields)}</ROW></ROWDATA>", encoding="utf-8")


@pytest.mark.parametrize("write", [_xlsx, _csv, _json, _jsonl, _xml])
def test_refused_rows_are_mended_and_sent_again(
    surroundings: dict[str, str], tmp_path: Path, write: Any
) -> None:
    """In every format, the row that comes back is mended in its marked cell and accepted by its old key."""
    file, report = tmp_path / f"a.{write.__name__[1:]}", tmp_path / "退回.xlsx"
    write(file, [GOOD, {**GOOD, "CF_WSH": "济市监罚[2026]119号", "CF_NR_FK": ""}])
    status, lines, error = _submit(surroundings, str(file), "--report", str(report))
    assert (status, error) == (0, "")
    assert [(line["sent"], line["ok"]) for line in lines] == [(True, True), (True, False)]
    book = openpyxl.load_workbook(report)
    sheet = book.worksheets[0]
    (marked,) = (cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.comment)
    assert sheet.cell(1, marked.column).value in ("CF_NR_FK", "罚款金额(万元)")
    marked.value = 2
    book.save(report)
    status, again, error = _submit(surroundings, str(report))
    assert (status, error) == (0, "")
    assert [(line["ok"], line["key"], line["findings"]) for line in again] == [(True, lines[1]["key"], [])]
    assert again[0]["event_id"] != lines[1]["event_id"]


def test_report_of_what_was_told(surroundings: dict[str, str], tmp_path: Path) -> None:
    """Where a later file cannot be read, the refused rows of those before it go back all the same."""
    file, report = tmp_path / "a.csv", tmp_path / "退回.xlsx"
    _csv(file, [{**GOOD, "CF_NR_FK": ""}])
    status, lines, error = _submit(surroundings, str(file), str(tmp_path / "b.xls"), "--report", str(report))
    assert (status, len(lines), len(error.splitlines())) == (2, 1, 1)
    assert openpyxl.load_workbook(report).worksheets[0].max_row == 2


def test_report_misuse(surroundings: dict[str, str], tmp_path: Path) -> None:
    """A report that could not be written, or would overwrite a file, is refused before anything is sent."""
    file = tmp_path / "a.xlsx"
    _xlsx(file, [GOOD])
    for report in (file, tmp_path / "a.pdf", tmp_path / "absent" / "a.xlsx"):
        status, lines, error = _submit(surroundings, str(file), "--report", str(report))
        assert (status, lines, len(error.splitlines())) == (2, [], 1)
