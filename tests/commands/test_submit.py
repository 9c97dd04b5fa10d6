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
from streams.embedded.ports import free_port
from tests.connectors.test_desk import GOOD

GONGSHI = str(Path(sys.executable).with_name("gongshi"))


@pytest.fixture(scope="module")
def surroundings(broker: Broker) -> dict[str, str]:
    """Return the environment of a department's machine, its topics created."""
    environment = {**os.environ, "GONGSHI_BOOTSTRAP_SERVERS": broker.bootstrap_servers}
    done = subprocess.run([GONGSHI, "topics", "apply"], env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return environment


def _run(surroundings: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [GONGSHI, "submit", *arguments],
        env=surroundings,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=90,
    )


def _submit(surroundings: dict[str, str], *arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    done = _run(surroundings, "--json", *arguments)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


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
    """Where a later file breaks off, what was sent is counted, and the refused rows go back all the same."""
    file, later, report = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "退回.xlsx"
    _csv(file, [GOOD, {**GOOD, "CF_NR_FK": ""}])
    later.symlink_to("/proc/self/mem")  # can be opened, and fails when it is read
    done = _run(surroundings, str(file), str(later), "--report", str(report))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "b.csv：无法读取" in done.stderr
    assert "受理 1 件，退回 1 件" in done.stdout
    assert openpyxl.load_workbook(report).worksheets[0].max_row == 2


def test_unreadable_files_are_told_before_anything_is_sent(
    surroundings: dict[str, str], tmp_path: Path
) -> None:
    """A file of another format or that is not there, wherever it stands, is told and nothing is sent."""
    file = tmp_path / "a.csv"
    _csv(file, [GOOD])
    (tmp_path / "a.pdf").touch()
    for other in ("a.pdf", "absent.csv"):
        status, lines, error = _submit(surroundings, str(file), str(tmp_path / other))
        assert (status, lines, len(error.splitlines())) == (2, [], 1)
        assert f"{other}：" in error


def test_one_garbled_row(surroundings: dict[str, str], tmp_path: Path) -> None:
    """A byte lost in a number refuses its row with line, column and reason; its neighbours are accepted."""
    file = tmp_path / "a.csv"
    lines = [
        ",".join(GOOD),
        *(",".join({**GOOD, "CF_WSH": f"济市监罚[2026]70{n}号"}.values()) for n in range(3)),
    ]
    content = "\n".join(lines).encode()
    file.write_bytes(content.replace("罚[2026]701".encode(), "罚".encode()[:-1] + b"[2026]701"))
    status, told, _ = _submit(surroundings, str(file))
    assert status == 0
    assert [(one["sent"], one["ok"], bool(one["key"])) for one in told] == [
        (True, True, True), (False, False, False), (True, True, True),
    ]  # fmt: skip
    done = _run(surroundings, str(file))
    assert "第3行 退回 CF_WSH: “行政处罚决定书文号”中有乱码" in done.stdout
    assert "受理 2 件，退回 1 件" in done.stdout


def test_department_must_be_one(surroundings: dict[str, str], tmp_path: Path) -> None:
    """A --department that is no code is refused and nothing is sent; a right one is taken."""
    file = tmp_path / "a.csv"
    _csv(file, [GOOD])
    for wrong in ("123", "11370100MB9A000147"):
        status, lines, error = _submit(surroundings, str(file), "--department", wrong)
        assert (status, lines, len(error.splitlines())) == (2, [], 1)
        assert "统一社会信用代码" in error
        assert wrong not in error
    status, lines, _ = _submit(surroundings, str(file), "--department", "11370100mb9a000146")
    assert (status, len(lines)) == (0, 1)


def test_kafka_away(tmp_path: Path) -> None:
    """While no broker answers, what is wrong is told once, and not by Kafka's client."""
    file = tmp_path / "a.csv"
    _csv(file, [GOOD])
    away = {**os.environ, "GONGSHI_BOOTSTRAP_SERVERS": f"127.0.0.1:{free_port()}"}
    status, lines, error = _submit(away, str(file))
    assert (status, lines, len(error.splitlines())) == (1, [], 1)


def test_nothing_runs_any_more(tmp_path: Path) -> None:
    """What a killed `gongshi up` left behind is not believed, and no Kafka is waited for."""
    file = tmp_path / "a.csv"
    _csv(file, [GOOD])
    run = {"pid": os.getpid(), "addresses": {"bootstrap_servers": f"127.0.0.1:{free_port()}"}}
    (tmp_path / "run.json").write_text(json.dumps(run), encoding="utf-8")
    (tmp_path / ".lock").write_text(str(os.getpid()), encoding="utf-8")
    status, lines, error = _submit(
        {**os.environ, "GONGSHI_BOOTSTRAP_SERVERS": ""}, str(file), "--data", str(tmp_path)
    )
    assert (status, lines, len(error.splitlines())) == (2, [], 1)
    assert "没有正在运行的系统" in error


def test_report_misuse(surroundings: dict[str, str], tmp_path: Path) -> None:
    """A report that could not be written, or would overwrite a file, is refused before anything is sent."""
    file = tmp_path / "a.xlsx"
    _xlsx(file, [GOOD])
    for report in (file, tmp_path / "a.pdf", tmp_path / "absent" / "a.xlsx"):
        status, lines, error = _submit(surroundings, str(file), "--report", str(report))
        assert (status, lines, len(error.splitlines())) == (2, [], 1)
