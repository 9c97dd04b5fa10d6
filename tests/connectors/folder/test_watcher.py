"""The drop folder: every file ends with a receipt beside it, and nothing is lost or doubled."""

import os
import shutil
from pathlib import Path

import openpyxl
import pytest

from connectors.folder.layout import is_temporary
from streams.domain.errors import UnavailableError
from tests.connectors.folder.office import (
    BAD,
    CODE,
    GOOD,
    NAME,
    NOW,
    FakeSends,
    drop,
    make_watcher,
    names,
    numbered,
    receipt,
)


@pytest.fixture
def sends() -> FakeSends:
    return FakeSends()


def test_a_file_with_refused_rows_is_done(tmp_path: Path, sends: FakeSends) -> None:
    """All rows are sent, and the receipts say of each what became of it, in Chinese for people."""
    drop(tmp_path, "九月.csv", [GOOD, BAD])
    make_watcher(tmp_path, sends).run_once()
    assert names(tmp_path, "done") == [
        "九月.csv", "九月.csv.receipt.json", "九月.csv.回执.txt", "九月.csv.退回.xlsx",
    ]  # fmt: skip
    assert names(tmp_path, "inbox") == names(tmp_path, "processing") == names(tmp_path, "refused") == []
    told = receipt(tmp_path, "九月.csv")
    assert (told["file"], told["department"], told["outcome"]) == ("九月.csv", CODE, "done")
    assert told["counts"] == {"rows": 2, "accepted": 1, "refused": 1, "sent": 2}
    assert [(one["row"], one["ok"], one["event_id"]) for one in told["rows"]] == [
        (2, True, sends.ids[0]), (3, False, sends.ids[1]),
    ]  # fmt: skip
    assert [one["code"] for one in told["rows"][1]["findings"]] == ["FINE_REQUIRED"]
    letter = (tmp_path / CODE / "done" / "九月.csv.回执.txt").read_bytes().decode("utf-8-sig")
    assert "共 2 行，受理 1 行，退回 1 行" in letter
    assert "\r\n第3行 退回 CF_NR_FK：" in letter
    assert {(one.origin.connector, one.origin.department) for one in sends.events} == {("folder", CODE)}
    assert [one.origin.reference for one in sends.events] == ["九月.csv:2", "九月.csv:3"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"%PDF", "a.pdf"),
        ("a.json", b"[{", "没有一行可以读取"),
        ("a.csv", b"", "没有一行可以读取"),
        ("a.xlsx", b"PK\x03\x04broken", "没有一行可以读取"),
        ("a.jsonl", b"\n", "文件中没有数据行"),
    ],
)
def test_an_unreadable_file_is_refused(
    tmp_path: Path, sends: FakeSends, name: str, content: bytes, reason: str
) -> None:
    """A file of which nothing can be read ends in refused, with the reason in both receipts."""
    drop(tmp_path, "x.csv", []).unlink()
    (tmp_path / CODE / "inbox" / name).write_bytes(content)
    make_watcher(tmp_path, sends).run_once()
    assert names(tmp_path, "refused") == [name, f"{name}.receipt.json", f"{name}.回执.txt"]
    assert reason in receipt(tmp_path, name, "refused")["reason"]
    assert reason in (tmp_path / CODE / "refused" / f"{name}.回执.txt").read_text("utf-8-sig")
    assert sends.events == []


def test_the_same_content_is_sent_once(tmp_path: Path, sends: FakeSends) -> None:
    """A content that was accepted before is not sent again under any name; its receipt says so."""
    drop(tmp_path, "a.csv", numbered(3))
    make_watcher(tmp_path, sends).run_once()
    drop(tmp_path, "b.csv", numbered(3))
    drop(tmp_path, "a.csv", numbered(3))
    make_watcher(tmp_path, sends).run_once()
    assert len(sends.events) == 3
    assert receipt(tmp_path, "b.csv")["handed_in_before"] == {
        "file": "a.csv", "rows": 3, "taken_at": "2026-09-25 09:00:00+08:00",
    }  # fmt: skip
    assert "未重复报送" in (tmp_path / CODE / "done" / "b.csv.回执.txt").read_text("utf-8-sig")
    assert len([name for name in names(tmp_path, "done") if name.endswith(".csv")]) == 3


def test_refused_rows_of_the_same_content_are_judged_again(tmp_path: Path, sends: FakeSends) -> None:
    """Where a row was refused, the same content is sent again as the same events: the reason may be gone."""
    for _ in range(2):
        drop(tmp_path, "a.csv", [GOOD, BAD])
        make_watcher(tmp_path, sends).run_once()
    assert sends.ids[:2] == sends.ids[2:]
    assert [one.revision for one in sends.events[:2]] == [one.revision for one in sends.events[2:]]


def test_refused_rows_are_mended_and_dropped_again(tmp_path: Path, sends: FakeSends) -> None:
    """The workbook of refused rows, once mended, is a file like any other, and its rows are new events."""
    drop(tmp_path, "a.csv", [GOOD, BAD])
    make_watcher(tmp_path, sends).run_once()
    book = openpyxl.load_workbook(tmp_path / CODE / "done" / "a.csv.退回.xlsx")
    headers = [cell.value for cell in book.active[1]]
    book.active.cell(2, headers.index("CF_NR_FK") + 1, "2.0")
    book.save(tmp_path / CODE / "inbox" / "改正.xlsx")
    make_watcher(tmp_path, sends).run_once()
    assert receipt(tmp_path, "改正.xlsx")["counts"] == {
        "rows": 1, "accepted": 1, "refused": 0, "sent": 1,
    }  # fmt: skip
    assert len(set(sends.ids)) == 3


def test_without_memory_nothing_doubles(tmp_path: Path, sends: FakeSends) -> None:
    """When somebody has deleted what the folder remembers, the same content still makes the same events."""
    for _ in range(2):
        drop(tmp_path, "a.csv", numbered(2))
        make_watcher(tmp_path, sends).run_once()
        shutil.rmtree(tmp_path / CODE / ".gongshi")
    assert sends.ids[:2] == sends.ids[2:]


def test_later_rows_supersede(tmp_path: Path, sends: FakeSends) -> None:
    """A decision's revisions rise down a file and from file to file, in the order the files were saved."""
    first = drop(
        tmp_path,
        "z.csv",
        [GOOD, *numbered(100), *numbered(100, 200), {**GOOD, "CF_WSH": "济市监罚（2026）118 号"}],
    )
    second = drop(tmp_path, "a.csv", [GOOD])
    os.utime(first, (1_000, 1_000))
    os.utime(second, (2_000, 2_000))
    make_watcher(tmp_path, sends).run_once()
    (key,) = {one.key for one in sends.events if one.columns["CF_WSH"] == GOOD["CF_WSH"]}
    rows = [(one.origin.reference, one.revision) for one in sends.events if one.key == key]
    now = int(NOW.timestamp() * 1000)
    assert rows == [("z.csv:2", now), ("z.csv:203", now + 1), ("a.csv:2", now + 2)]
    assert {one.revision for one in sends.events if one.key != key} == {now}


def test_a_file_rests_before_it_is_taken(tmp_path: Path, sends: FakeSends) -> None:
    """A file is taken once nobody has changed it for the settle time, however old it says it is."""
    clock = [0.0]
    watcher = make_watcher(tmp_path, sends, settle_s=5, clock=lambda: clock[0])
    for moment in (0.0, 4.0, 8.0):
        clock[0] = moment
        os.utime(drop(tmp_path, "a.csv", numbered(int(moment) + 1)), (1, 1))
        watcher.round()
    clock[0] = 12.9
    watcher.round()
    assert sends.events == []
    clock[0] = 13.0
    watcher.round()
    assert len(sends.events) == 9


@pytest.mark.parametrize(
    "name", ["~$a.xlsx", ".~lock.a.csv#", "a.csv.part", "a.CRDOWNLOAD", "Thumbs.db", "~a.tmp"]
)
def test_names_of_files_on_their_way(name: str) -> None:
    """What office programs, browsers and copying tools put beside a file is never taken for one."""
    assert is_temporary(name)
    assert not is_temporary(f"附件{name}.csv")


def test_only_files_are_taken(tmp_path: Path, sends: FakeSends) -> None:
    """Folders, links and temporary files in an inbox stay there."""
    outside = tmp_path / "outside.csv"
    drop(tmp_path, "a.csv", numbered(1)).rename(outside)
    inbox = tmp_path / CODE / "inbox"
    (inbox / "folder.csv").mkdir()
    (inbox / "link.csv").symlink_to(outside)
    (inbox / "a.part").write_bytes(outside.read_bytes())
    make_watcher(tmp_path, sends).run_once()
    assert names(tmp_path, "inbox") == ["a.part", "folder.csv", "link.csv"]
    assert sends.events == []


def test_a_file_that_grows_while_it_is_read_comes_again(tmp_path: Path) -> None:
    """When somebody writes on after the file was taken, it goes back and is read anew, complete."""
    rows = numbered(4)

    class Writes(FakeSends):
        """Somebody who adds two rows while the first two are sent."""

        def send(self, outputs: object) -> None:
            super().send(outputs)
            for claimed in (tmp_path / CODE / "processing").glob("*/a.csv"):
                if len(self.events) == 2:
                    drop(tmp_path, "full.csv", rows).rename(claimed)

    sends = Writes()
    drop(tmp_path, "a.csv", rows[:2])
    make_watcher(tmp_path, sends).run_once()
    assert names(tmp_path, "done") == ["a.csv", "a.csv.receipt.json", "a.csv.回执.txt"]
    assert receipt(tmp_path, "a.csv")["counts"]["rows"] == 4
    assert len(set(sends.ids)) == 6


def test_broker_away(tmp_path: Path, sends: FakeSends) -> None:
    """While the broker is away the file stays in processing; when it is back, the file is handed in once."""
    drop(tmp_path, "a.csv", numbered(3))
    watcher = make_watcher(tmp_path, sends)
    sends.away = True
    for _ in range(3):
        with pytest.raises(UnavailableError):
            watcher.run_once()
    assert len(list((tmp_path / CODE / "processing").glob("*/a.csv"))) == 1
    assert names(tmp_path, "done") == names(tmp_path, "inbox") == []
    sends.away = False
    make_watcher(tmp_path, sends).run_once()
    assert len(sends.ids) == len(set(sends.ids)) == 3
    assert len(names(tmp_path, "done")) == 3


def test_drafts_of_a_dead_watcher_are_not_kept(tmp_path: Path, sends: FakeSends) -> None:
    """What a watcher had written before it died is no receipt of what the next one finds."""
    file = drop(tmp_path, "a.csv", numbered(1))
    claimed = tmp_path / CODE / "processing" / "1790000000000"
    claimed.mkdir(parents=True)
    file.rename(claimed / "a.csv")
    (claimed / ".returned.xlsx").write_bytes(b"of another try")
    make_watcher(tmp_path, sends).run_once()
    assert names(tmp_path, "done") == ["a.csv", "a.csv.receipt.json", "a.csv.回执.txt"]
    assert [one.revision for one in sends.events] == [1790000000000]


def test_departments_by_code_or_name(
    tmp_path: Path, sends: FakeSends, caplog: pytest.LogCaptureFixture
) -> None:
    """A department's folder may bear its code or its name; another folder is told once and left alone."""
    drop(tmp_path, "a.csv", numbered(1))
    drop(tmp_path, "b.csv", numbered(1), NAME)
    stray = drop(tmp_path, "c.csv", numbered(1), "杂项")
    watcher = make_watcher(tmp_path, sends)
    watcher.run_once()
    watcher.run_once()
    assert stray.exists()
    assert [one.origin.department for one in sends.events] == [CODE, CODE]
    assert caplog.text.count("no department") == 1


def test_awkward_names(tmp_path: Path, sends: FakeSends) -> None:
    """Names that are too long for a receipt, no UTF-8, or taken already end under one like them."""
    inbox = drop(tmp_path, "甲" * 80 + ".csv", numbered(1)).parent
    (inbox / "x.csv").write_bytes((inbox / ("甲" * 80 + ".csv")).read_bytes() + b"\n")
    os.rename(inbox / "x.csv", os.fsencode(inbox) + b"/" + "乙.csv".encode("gb18030"))  # noqa: PTH104 -- bytes
    make_watcher(tmp_path, sends).run_once()
    files = [name for name in names(tmp_path, "done") if name.endswith(".csv")]
    assert len(files) == 2
    for name in files:
        assert receipt(tmp_path, name)["counts"]["sent"] == 1
        assert name.encode().decode() == name


def test_a_fault_of_the_program_stops_no_other_file(tmp_path: Path) -> None:
    """A file at which the program fails is refused with the place of the fault, without its words."""

    class Faulty(FakeSends):
        def send(self, outputs: object) -> None:
            super().send(outputs)
            if len(self.events) == 1:
                raise KeyError("卢明舟")

    sends = Faulty()
    drop(tmp_path, "a.csv", numbered(1))
    drop(tmp_path, "b.csv", numbered(2))
    make_watcher(tmp_path, sends).run_once()
    told = receipt(tmp_path, "a.csv", "refused")
    assert "KeyError send:" in told["reason"]
    assert "卢明舟" not in told["reason"]
    assert receipt(tmp_path, "b.csv")["counts"]["sent"] == 2


def test_without_root(tmp_path: Path, sends: FakeSends) -> None:
    """When the drive is not there, that is said, and nothing is created in its place."""
    with pytest.raises(UnavailableError, match="cannot be read"):
        make_watcher(tmp_path / "absent", sends).run_once()
    assert not (tmp_path / "absent").exists()
