"""Which files the watcher of drop folders takes, and when."""

import os
from pathlib import Path

import pytest

from connectors.folder.layout import is_temporary
from streams.domain.errors import UnavailableError
from tests.connectors.folder.office import CODE, NAME, FakeSends, drop, make_watcher, names, numbered, receipt


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


def test_without_root(tmp_path: Path, sends: FakeSends) -> None:
    """When the drive is not there, that is said, and nothing is created in its place."""
    with pytest.raises(UnavailableError, match="cannot be read"):
        make_watcher(tmp_path / "absent", sends).run_once()
    assert not (tmp_path / "absent").exists()
