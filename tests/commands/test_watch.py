"""`gongshi watch`, as an office runs it, on a real broker."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from confluent_kafka.admin import AdminClient

from streams.embedded.broker import Broker
from streams.engine import topic_admin
from streams.topics import SUBMITTED
from tests.connectors.folder.office import BAD, GOOD, NAME, drop

GONGSHI = str(Path(sys.executable).with_name("gongshi"))


@pytest.fixture
def environment(broker: Broker) -> dict[str, str]:
    topic_admin.apply(AdminClient({"bootstrap.servers": broker.bootstrap_servers}), (SUBMITTED,))
    return {**os.environ, "GONGSHI_BOOTSTRAP_SERVERS": broker.bootstrap_servers}


def test_once(tmp_path: Path, environment: dict[str, str]) -> None:
    """With --once it hands in what is there, a row of more than a megabyte too, and ends with 0."""
    drop(tmp_path, "a.csv", [GOOD, BAD, {**GOOD, "CF_SY": "长" * 700_000}], NAME)
    command = [GONGSHI, "watch", str(tmp_path), "--once", "--settle", "0.1"]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, text=True)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert sorted(file.name for file in (tmp_path / NAME / "done").iterdir()) == [
        "a.csv", "a.csv.receipt.json", "a.csv.回执.txt", "a.csv.退回.xlsx",
    ]  # fmt: skip
    assert '"counts":{"rows":3,"accepted":1,"refused":2,"sent":3}' in (
        tmp_path / NAME / "done" / "a.csv.receipt.json"
    ).read_text("utf-8")


def test_until_told_to_end(tmp_path: Path, environment: dict[str, str]) -> None:
    """Without --once it takes what comes, until SIGTERM, and ends with 0."""
    tmp_path.joinpath(NAME).mkdir()
    command = [GONGSHI, "watch", str(tmp_path), "--settle", "0.1", "--poll", "0.1"]
    watcher = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
    try:
        done = tmp_path / NAME / "done" / "a.csv"
        while not (tmp_path / NAME / "inbox").exists() and watcher.poll() is None:
            time.sleep(0.05)
        drop(tmp_path, "a.csv", [GOOD], NAME)
        while not done.exists() and watcher.poll() is None:
            time.sleep(0.05)
        watcher.send_signal(signal.SIGTERM)
        _, told = watcher.communicate(timeout=60)
    finally:
        watcher.kill()
        watcher.wait()
    assert (watcher.returncode, done.exists()) == (0, True), told.decode()
    assert "a.csv" not in told.decode()


def test_without_folder(tmp_path: Path) -> None:
    """A folder that is not there is misuse, told in one line that says what to do."""
    command = [GONGSHI, "watch", str(tmp_path / "absent")]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.returncode == 2
    assert "create it" in done.stderr
    assert done.stderr.count("\n") == 1
