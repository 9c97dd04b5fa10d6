"""`gongshi up` as a user runs it: everything on one machine, watched, killed, and asked."""

import json
import os
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import openpyxl
import psutil
import pytest

from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams.topics import ALERT, HELD, REJECTED, WITHHELD
from tests.stack.running import HEADER, LATE, ROW, Running, start
from tests.waiting import until

CODEC = Codec(RepositoryStore())

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = start(tmp_path_factory.mktemp("up") / "data", GONGSHI_DEADLINE_INTERVAL_S="0.5")
    yield running
    children = psutil.Process(running.process.pid).children(recursive=True)
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(60) == 0
    assert not [child for child in children if child.is_running()]
    assert not (running.data / "run.json").exists()


def test_every_part_has_an_address_and_a_process(up: Running) -> None:
    """run.json lists every part with a living process, and metrics, live and ready of each role answer."""
    state = up.state
    assert {
        "broker",
        "review-1",
        "record",
        "deliver-1",
        "deadline",
        "serve",
        "site",
        "portal-credit-china",
    } <= set(state["parts"])
    for part in state["parts"].values():
        assert psutil.pid_exists(part["pid"])
        for url in part["addresses"].values():
            if url.endswith(("/metrics", "/live", "/ready")):
                with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 -- a part's own address
                    assert answer.status == 200
    assert set(state["addresses"]) >= {
        "bootstrap_servers",
        "database",
        "metrics",
        "portals",
        "pages",
        "intake",
    }


def test_a_clerks_file_goes_all_the_way(up: Running, tmp_path: Path) -> None:
    """Of three rows one becomes public on six portals, one comes back with its column, one is withheld."""
    rows = [
        ROW.format(number=1, content="罚款贰仟元整", ground=""),
        ROW.format(number=2, content="", ground=""),
        ROW.format(number=3, content="罚款贰仟元整", ground="商业秘密"),
    ]
    file = tmp_path / "处罚.csv"
    file.write_text("\n".join([HEADER, *rows]), encoding="gb18030")
    sent = up.ask("submit", str(file), "--json")
    assert sent.returncode == 0, sent.stderr
    lines = [json.loads(line) for line in sent.stdout.splitlines()]
    assert [line["ok"] for line in lines] == [True, False, True]
    assert "CF_NR" in {finding["column"] for finding in lines[1]["findings"]}

    wanted = ["verified", "rejected", "withheld"]
    assert until(lambda: [up.path(number)["status"] for number in (1, 2, 3)] == wanted, 60)
    assert {line["state"] for line in up.path(1)["portals"]} == {"accepted"}
    assert {line["sight"] for line in up.path(1)["portals"]} == {"seen"}
    assert len(up.path(1)["portals"]) == 6
    assert up.path(2)["findings"][0]["column"] == "CF_NR"


def test_a_mended_number_leaves_one_decision(up: Running, tmp_path: Path) -> None:
    """A row that was refused and whose number was wrong as well is one decision once it is mended."""
    file, report = tmp_path / "number.csv", tmp_path / "退回.xlsx"
    file.write_text(f"{HEADER}\n{ROW.format(number=13, content='', ground='')}", encoding="utf-8")
    assert up.ask("submit", str(file), "--report", str(report)).returncode == 0
    assert until(lambda: up.path(13)["status"] == "rejected")
    book = openpyxl.load_workbook(report)
    sheet = book.worksheets[0]
    for cell in sheet[1]:
        mended = {"行政处罚决定书文号": "济市监罚〔2026〕914号", "处罚内容": "罚款贰仟元整"}.get(
            str(cell.value)
        )
        if mended:
            sheet.cell(2, cell.column).value = mended
    book.save(report)
    assert up.ask("submit", str(report)).returncode == 0
    assert until(lambda: up.path(14)["status"] == "verified")
    assert up.path(13)["status"] == ""
    assert [line["entry"] for line in up.path(14)["audit"]][:3] == ["received", "rejected", "received"]


def test_a_departments_system_hands_in_and_asks(up: Running) -> None:
    """Over HTTP a decision becomes public, and its department alone is told its path, as by `status`."""
    row = ROW.format(number=31, content="罚款贰仟元整", ground="")
    status, told = up.over_http("", "11370100MB9A000146", f"{HEADER}\n{row}".encode("gb18030"))
    assert (status, told["accepted"], told["rows"][0]["row"]) == (202, 1, 2)
    assert until(lambda: up.path(31)["status"] == "verified"), up.path(31)
    key = told["rows"][0]["key"]
    for name in (key, "济市监罚[2026]931号", "济市监罚〔2026〕931号", told["rows"][0]["event_id"]):
        path = f"/{quote(name, safe='')}"
        assert until(lambda path=path: up.over_http(path, "11370100MB9A000146") == (200, [up.path(31)])), name
        assert up.over_http(path, "11370100MB9A0009XU")[0] == 404
    assert up.over_http("/%E6%B5%8E%2F1", "11370100MB9A000146")[0] == 404


def test_a_person_rules_on_what_is_held(up: Running, tmp_path: Path) -> None:
    """Of three marked decisions one is approved, one withheld, one sent back; who did it is on record."""
    rows = [ROW.format(number=n, content="机密★。罚款贰仟元整", ground="") for n in (4, 5, 6)]
    up.submit(tmp_path / "held.csv", *rows)

    def statuses() -> list[str]:
        return [up.path(number)["status"] for number in (4, 5, 6)]

    assert until(lambda: statuses() == ["held"] * 3, 60), statuses()
    lines = [json.loads(line) for line in up.ask("review", "list", "--json").stdout.splitlines()]
    lines = [
        line for line in lines if line["document_number"] in map("济市监罚〔2026〕9{}号".format, (4, 5, 6))
    ]
    assert [line["signs"][0]["code"] for line in lines] == ["HOLD_SECRET_MARK"] * 3
    assert {line["key"] for line in lines} <= {key for key, _ in up.read(HELD.name)}
    assert "处罚内容：机密★。罚款贰仟元整" in up.ask("review", "show", lines[0]["key"]).stdout

    number = "济市监罚[2026]9{}号".format
    by = ("--by", "李审核")
    for arguments in (
        ("approve", number(4), *by),
        ("withhold", number(5), *by, "--ground", "国家秘密"),
        ("return", number(6), *by, "--reason", "请删去密级标志"),
    ):
        done = up.ask("review", *arguments)
        assert done.returncode == 0, done.stderr
    assert until(lambda: statuses() == ["verified", "withheld", "rejected"], 60), statuses()
    assert {line["state"] for line in up.path(4)["portals"]} == {"accepted"}
    assert up.path(5)["ground"] == "国家秘密"
    assert "请删去密级标志" in up.path(6)["findings"][-1]["message"]
    rulings = [line["entry"] for n in (4, 5, 6) for line in up.path(n)["audit"] if line["by"] == "李审核"]
    assert rulings == ["approve", "withhold", "return"]
    again = up.ask("review", "approve", number(4), *by)
    assert again.returncode == 1
    assert len(again.stderr.splitlines()) == 1
    keys = [next(line["key"] for line in lines if f"9{n}号" in line["key"]) for n in (4, 5, 6)]
    for topic, ended in (("portal.credit-china", 0), (WITHHELD.name, 1), (REJECTED.name, 2)):
        assert [key for key in keys if key in dict(up.read(topic))] == [keys[ended]], topic


def test_the_clock_of_what_is_held_runs(up: Running, tmp_path: Path) -> None:
    """A held decision past its due day is alerted while it waits; approved and public, that is resolved."""
    up.submit(tmp_path / "held.csv", LATE.format(number=8, content="机密★。罚款贰仟元整", ground=""))

    def alerts() -> list[str]:
        return sorted(line["kind"] for line in up.path(8)["alerts"])

    assert until(lambda: alerts() == ["overdue"]), up.path(8)
    assert up.path(8)["status"] == "held"
    assert up.ask("review", "approve", "济市监罚[2026]98号", "--by", "李审核").returncode == 0
    assert until(lambda: alerts() == ["overdue", "resolved"]), up.path(8)
    assert up.path(8)["status"] in ("published", "verified")


def test_what_is_held_can_be_mended_or_withdrawn(up: Running, tmp_path: Path) -> None:
    """A held decision that is mended becomes public, one that is withdrawn ends; no ruling counts then."""

    def hand_in(content: str, action: str) -> None:
        rows = [ROW.format(number=n, content=content, ground="") for n in (11, 12)]
        told = zip(rows, ("publish", action), strict=True)
        lines = [f"{row},{what},{what}" for row, what in told]
        up.submit(tmp_path / "held.csv", *lines, header=f"{HEADER},动作,原因")

    def statuses() -> list[str]:
        return [up.path(number)["status"] for number in (11, 12)]

    hand_in("机密★。罚款贰仟元整", "publish")
    assert until(lambda: statuses() == ["held"] * 2), statuses()
    hand_in("罚款贰仟元整", "withdraw")
    assert until(lambda: statuses() == ["verified", "withdrawn"]), statuses()
    for number in (11, 12):
        assert up.ask("review", "approve", f"济市监罚[2026]9{number}号", "--by", "李审核").returncode == 1
    public = [CODEC.decode_public(value) for key, value in up.read("portal.credit-china") if "911号" in key]
    assert [one.values["CF_NR"] for one in public] == ["罚款贰仟元整"]
    assert not [key for key, _ in up.read("portal.credit-china") if "912号" in key]


def test_an_overdue_decision_is_alerted_and_resolved(up: Running, tmp_path: Path) -> None:
    """A late row that is refused is alerted on Kafka once; mended and public, the alert is resolved."""

    def told() -> list[str]:
        alerts = [CODEC.decode_alert(value) for _, value in up.read(ALERT.name)]
        return [one.kind for one in alerts if "97号" in one.key]

    for content, kinds in (("", ["overdue"]), ("罚款贰仟元整", ["overdue", "resolved"])):
        up.submit(tmp_path / "late.csv", LATE.format(number=7, content=content, ground=""))
        assert until(lambda kinds=kinds: told() == kinds, 60), told()  # type: ignore[misc]


def test_no_personal_data_is_written_anywhere_public(up: Running) -> None:
    """The telephone number of the sample stands in no log and at no portal."""
    portals = up.data / "portals"
    for file in [*(up.data / "logs").glob("*.log"), *portals.glob("*.sqlite*")]:
        assert b"13805312345" not in file.read_bytes(), file.name


def test_a_killed_worker_comes_back(up: Running) -> None:
    """A review worker that is killed is started again, and run.json has its new process id."""
    before = up.state["parts"]["review-1"]["pid"]
    os.kill(before, signal.SIGKILL)

    def back() -> bool:
        part = up.state["parts"]["review-1"]
        return part["pid"] not in (before, None) and part["state"] == "running"

    assert until(back)


def test_a_second_one_on_the_same_folder_is_refused(up: Running) -> None:
    """Another `gongshi up` on the same data folder ends with 2 and one line that says what to do."""
    second = up.ask("up")
    assert second.returncode == 2
    assert "--data" in second.stderr
    assert len(second.stderr.splitlines()) == 1
