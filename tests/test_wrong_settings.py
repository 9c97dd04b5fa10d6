"""A setting or folder that is wrong ends a command with 2 and one line that names it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

GONGSHI = [sys.executable, "-m", "streams"]
NOWHERE = "/proc/nowhere"
"""Where not even root can make a folder."""


@pytest.mark.parametrize(
    ("command", "setting", "value", "told"),
    [
        ("up --data /proc/nowhere", "", "", "--data"),
        ("demo --once --data /proc/nowhere", "", "", "--data"),
        ("worker review", "GONGSHI_STATE_DIR", NOWHERE, "GONGSHI_STATE_DIR"),
        ("migrate", "GONGSHI_DATABASE_URL", f"sqlite:///{NOWHERE}/ledger.db", f"folder {NOWHERE}"),
        ("worker review", "GONGSHI_LOG_LEVEL", "LOUD", "GONGSHI_LOG_LEVEL"),
        ("worker review", "GONGSHI_KAFKA_PROPERTIES", '"sasl.usrname" = "x"', "sasl.usrname"),
        (
            "topics apply",
            "GONGSHI_KAFKA_PROPERTIES",
            'sasl.username = "x"',
            'No such configuration property: "sasl"',
        ),
    ],
)
def test_it_is_told_in_one_line(tmp_path: Path, command: str, setting: str, value: str, told: str) -> None:
    """No traceback, whatever is wrong."""
    if setting.endswith("PROPERTIES"):
        (tmp_path / "kafka.toml").write_text(value, encoding="utf-8")
        value = str(tmp_path / "kafka.toml")
    environment = os.environ | {"GONGSHI_BOOTSTRAP_SERVERS": "127.0.0.1:1", setting or "GONGSHI_SLOT": value}
    run = subprocess.run(
        [*GONGSHI, *command.split()], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    (line,) = run.stderr.splitlines()
    assert line.startswith("gongshi: ")
    assert told in line
    assert run.returncode == 2
