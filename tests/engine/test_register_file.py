"""The register's file: true after any crash, made anew when it is of no use."""

import os
import sqlite3
from pathlib import Path

import pytest

from streams.engine.register_file import BrokenFileError, RegisterFile


def opened(folder: Path, source: str = "topic-1") -> RegisterFile:
    """Open the test's file."""
    return RegisterFile(folder / "register-0.sqlite", source)


def test_what_was_kept_is_found_again(tmp_path: Path) -> None:
    """Entries, the newest of each key, and the position are there after closing and opening."""
    file = opened(tmp_path)
    assert file.position == 0
    file.keep([("a", b"1"), ("b", b"1")], 2)
    file.keep([("a", b"2")])
    file.close()
    file = opened(tmp_path)
    assert file.position == 2
    assert file.find(["a", "b", "c"]) == {"a": b"2", "b": b"1"}


def test_many_keys_are_found_at_once(tmp_path: Path) -> None:
    """A batch may ask for more keys than fit in one statement."""
    file = opened(tmp_path)
    file.keep(((str(number), b"%d" % number) for number in range(3_000)), 3_000)
    found = file.find([str(number) for number in range(0, 6_000, 2)])
    assert found == {str(number): b"%d" % number for number in range(0, 3_000, 2)}


def test_another_topics_file_is_made_anew(tmp_path: Path) -> None:
    """What stands of a topic that was deleted and made again says nothing of the new one."""
    file = opened(tmp_path)
    file.keep([("a", b"1")], 7)
    file.close()
    file = opened(tmp_path, "topic-2")
    assert (file.position, file.find(["a"])) == (0, {})


def test_a_torn_file_is_made_anew(tmp_path: Path) -> None:
    """A file with rubbish in it, as after a disk's failure, is thrown away when it is opened."""
    file = opened(tmp_path)
    file.keep(((str(number), b"x" * 500) for number in range(2_000)), 2_000)
    file.close()
    path = tmp_path / "register-0.sqlite"
    path.write_bytes(b"rubbish" * (path.stat().st_size // 7))
    file = opened(tmp_path)
    assert (file.position, file.find(["1"])) == (0, {})


def test_a_file_that_breaks_later_says_so(tmp_path: Path) -> None:
    """Rubbish that shows itself only when it is read is told as a broken file; a cleared one works."""
    file = opened(tmp_path)
    file.keep(((str(number), b"x" * 500) for number in range(20_000)), 20_000)
    file.close()
    with (tmp_path / "register-0.sqlite").open("r+b") as pages:
        for page in range(4, 500):
            pages.seek(page * 4096)
            pages.write(os.urandom(4096))
    file = opened(tmp_path)
    with pytest.raises(BrokenFileError):
        file.find([str(number) for number in range(20_000)])
    file.clear()
    assert (file.position, file.find(["1"])) == (0, {})


def test_a_file_in_use_is_left_to_its_user(tmp_path: Path) -> None:
    """A paused worker of the same name keeps its own file, deleted; the new one begins from nothing."""
    paused = opened(tmp_path)
    paused.keep([("a", b"1")], 1)
    file = opened(tmp_path)
    assert file.position == 0
    file.keep([("a", b"2")], 5)
    paused.keep([("a", b"3")], 2)
    assert file.find(["a"]) == {"a": b"2"}


def test_another_layout_is_made_anew(tmp_path: Path) -> None:
    """A file that a later version has written is not read as if it were this one's."""
    file = opened(tmp_path)
    file.keep([("a", b"1")], 7)
    file.close()
    with sqlite3.connect(tmp_path / "register-0.sqlite") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    assert opened(tmp_path).position == 0
