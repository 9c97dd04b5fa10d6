"""`gongshi due`, as departments call it."""

import subprocess
import sys
from pathlib import Path

GONGSHI = str(Path(sys.executable).with_name("gongshi"))


def _due(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [GONGSHI, "due", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
        env=environment or None,
    )


def test_due_day() -> None:
    """The due day stands beside the day, over the holidays of 中秋节 and 国庆节."""
    done = _due("2026-09-24")
    assert (done.returncode, done.stdout, done.stderr) == (0, "2026-09-24 2026-10-12\n", "")


def test_several_days() -> None:
    """Each day has a line of its own, in the order given."""
    assert _due("2026-09-24", "2026/9/22").stdout == "2026-09-24 2026-10-12\n2026-09-22 2026-10-09\n"


def test_days_from_stdin() -> None:
    """Days are read from stdin for -."""
    assert _due("-", stdin="2026-09-24\n\n2026-09-22\n").stdout.splitlines() == [
        "2026-09-24 2026-10-12",
        "2026-09-22 2026-10-09",
    ]


def test_unknown_year() -> None:
    """A year whose holidays are not known is told on stderr, and reckoned from Monday to Friday."""
    done = _due("2031-09-01")
    assert (done.returncode, done.stdout) == (0, "2031-09-01 2031-09-10\n")
    assert "2031 年" in done.stderr
    assert "GONGSHI_WORKING_DAYS" in done.stderr


def test_no_day() -> None:
    """What is no day is told in one line that says what to write, and the exit status is 2."""
    for text in ("2026-02-30", "tomorrow", "9999-12-31"):
        done = _due(text)
        assert done.returncode == 2
        assert "2026-09-24" in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_own_working_days(tmp_path: Path) -> None:
    """A file of working days that the environment names is used."""
    file = tmp_path / "days.toml"
    file.write_text("holidays = [2026-10-12]", encoding="utf-8")
    assert _due("2026-09-24", GONGSHI_WORKING_DAYS=str(file)).stdout == "2026-09-24 2026-10-13\n"


def test_a_wrong_day_holds_back_no_other() -> None:
    """Days beside one that cannot be read are told; the wrong one is named at the end."""
    done = _due("-", stdin="2026-09-24\nsoon\n2026-09-22\n")
    assert done.returncode == 2
    assert done.stdout.splitlines() == ["2026-09-24 2026-10-12", "2026-09-22 2026-10-09"]
    assert "soon" in done.stderr


def test_misuse_is_one_line() -> None:
    """What is called wrongly says so in one line that names where to read how."""
    done = _due()
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "gongshi due --help" in done.stderr
