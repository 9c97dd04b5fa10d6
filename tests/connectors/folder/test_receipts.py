"""Every file in a drop folder ends with a receipt beside it, for people and for programs."""

import os
from pathlib import Path

import openpyxl
import pytest

from tests.connectors.folder.office import (
    BAD,
    CODE,
    GOOD,
    FakeSends,
    drop,
    make_watcher,
    names,
    numbered,
    receipt,
)


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
