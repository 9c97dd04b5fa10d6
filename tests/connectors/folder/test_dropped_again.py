"""What is dropped again, or taken up again after a failure, becomes the same events: nothing doubles."""

import os
import shutil
from pathlib import Path

import pytest

from streams.domain.errors import UnavailableError
from tests.connectors.folder.office import (
    BAD,
    CODE,
    GOOD,
    NOW,
    FakeSends,
    drop,
    make_watcher,
    names,
    numbered,
    receipt,
)


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
