"""The engine's benchmark."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_contenders_carry_every_decision() -> None:
    """Every contender that needs no environment of its own carries all decisions to the end."""
    chosen = ("--count", "300", "--small", "20", "--rounds", "1", "--only", "bare", "gongshi", "faust_topic")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "engine", *chosen],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lines = done.stdout.splitlines()[1:]
    assert [line.split(",")[0].strip().split()[0] for line in lines] == ["bare", "gongshi", "Faust"]
    assert all(float(line.split()[-3]) > 0 for line in lines)
