"""The supervisor: parts start in order, come back when they die, and never outlive it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest

from streams.domain.errors import ConfigurationError, UnavailableError
from streams.embedded.broker import Broker
from streams.embedded.parts import Part
from streams.embedded.ports import free_port
from streams.embedded.supervisor import Supervisor, in_use

NOW = datetime(2026, 9, 24, 9, 30, tzinfo=UTC)
SLEEP = "import time; time.sleep(600)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); {SLEEP}"


def part(name: str, code: str = SLEEP, **more: Any) -> Part:
    """Return a part that runs a line of Python."""
    return Part(name=name, command=(sys.executable, "-S", "-c", code), **more)


def appending(file: Path, word: str) -> str:
    """Return code that notes its start in a file, and its end when it is asked to end."""
    return (
        f"import signal, sys, time\ndef note(what): open({str(file)!r}, 'a').write(what + ' {word}\\n')\n"
        f"signal.signal(signal.SIGTERM, lambda *_: (note('end'), sys.exit()))\n"
        f"time.sleep(0.2); note('start'); time.sleep(600)"
    )


def until(holds: Callable[[], bool], patience_s: float = 20) -> None:
    """Wait until something holds; fail when it does not in time."""
    deadline = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < deadline, "did not come to hold in time"
        time.sleep(0.02)


def state(data: Path) -> Any:
    """Return what run.json says."""
    return json.loads((data / "run.json").read_text("utf-8"))


def test_starts_in_order_and_stops_in_reverse(tmp_path: Path) -> None:
    """A part starts when the one before it is ready, and ends before that one ends."""
    notes = tmp_path / "notes"
    names = ("first", "second", "third")
    with Supervisor(tmp_path, started_at=NOW) as supervisor:
        supervisor.start(
            [
                part(
                    name,
                    appending(notes, name),
                    ready=lambda name=name: notes.exists() and f"start {name}\n" in notes.read_text(),
                )
                for name in names
            ]
        )
    lines = notes.read_text().splitlines()
    assert lines == [f"start {name}" for name in names] + [f"end {name}" for name in reversed(names)]


def test_starts_a_killed_part_again(tmp_path: Path) -> None:
    """A part that is killed comes back with another process id, and run.json counts it."""
    with Supervisor(tmp_path, started_at=NOW) as supervisor:
        supervisor.start([part("one"), part("other")])
        killed, untouched = supervisor.pid("one"), supervisor.pid("other")
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        until(lambda: supervisor.pid("one") not in {None, killed})
        until(lambda: state(tmp_path)["parts"]["one"]["state"] == "running")
        assert state(tmp_path)["parts"]["one"]["restarts"] == 1
        assert supervisor.pid("other") == untouched


def test_waits_longer_before_each_further_restart(tmp_path: Path) -> None:
    """A part that dies again and again is not started in a busy loop: 0.2 s, 0.4 s, 0.8 s between starts."""
    starts = tmp_path / "starts"
    code = f"import time; open({str(starts)!r}, 'a').write(f'{{time.time()}}\\n')"
    with Supervisor(tmp_path, started_at=NOW) as supervisor:
        supervisor.start([part("keeper")])
        with pytest.raises(UnavailableError):
            supervisor.start([part("dying", code, ready=lambda: False)])
        until(lambda: len(starts.read_text().splitlines()) >= 4)
    times = [float(line) for line in starts.read_text().splitlines()]
    for number, least in enumerate((0.2, 0.4, 0.8)):
        assert times[number + 1] - times[number] > least


def test_writes_what_runs(tmp_path: Path) -> None:
    """run.json names this process, every part's process and state, and the addresses; a stop removes it."""
    address = {"metrics": "http://127.0.0.1:20001/metrics"}
    addresses = {
        "bootstrap_servers": "127.0.0.1:20002",
        "portals": {"credit-jinan": "http://127.0.0.1:20003"},
    }
    with Supervisor(tmp_path, started_at=NOW, addresses=addresses) as supervisor:
        supervisor.start([part("one", addresses=address), part("other", together=True)])
        supervisor.publish({"pages": {"console": "http://127.0.0.1:20004"}})
        told = state(tmp_path)
        assert told["pid"] == os.getpid()
        assert datetime.fromisoformat(told["started_at"]) == NOW
        assert told["addresses"] == {**addresses, "pages": {"console": "http://127.0.0.1:20004"}}
        expected = {"pid": supervisor.pid("one"), "state": "running", "restarts": 0, "addresses": address}
        assert told["parts"]["one"] == expected
        assert psutil.Process(told["parts"]["other"]["pid"]).is_running()
    assert not (tmp_path / "run.json").exists()


def test_refuses_a_second_one(tmp_path: Path) -> None:
    """A folder in use is refused with its holder's process id, and is free again after a stop."""
    with (
        Supervisor(tmp_path, started_at=NOW),
        pytest.raises(ConfigurationError, match=rf"process {os.getpid()}\b.*--data"),
    ):
        Supervisor(tmp_path, started_at=NOW)
    with Supervisor(tmp_path, started_at=NOW):
        pass


def test_restarts_when_asked(tmp_path: Path) -> None:
    """Restarting a part returns when another process of it is ready."""
    with Supervisor(tmp_path, started_at=NOW) as supervisor:
        supervisor.start([part("one")])
        before = supervisor.pid("one")
        supervisor.restart("one")
        assert supervisor.pid("one") not in {None, before}
        assert state(tmp_path)["parts"]["one"]["restarts"] == 1


def test_tells_which_part_cannot_start(tmp_path: Path) -> None:
    """A part that dies at once ends the start with its name and its own last words, and all else stops."""
    with Supervisor(tmp_path, started_at=NOW) as supervisor:
        supervisor.start([part("well")])
        well = psutil.Process(supervisor.pid("well"))
        with pytest.raises(UnavailableError, match=r"broken dies at start.*no such luck"):
            supervisor.start([part("broken", "raise SystemExit('no such luck')", ready=lambda: False)])
    assert not well.is_running()


def test_kills_a_part_that_does_not_listen(tmp_path: Path) -> None:
    """A part that ignores SIGTERM is gone all the same when the supervisor has stopped."""
    supervisor = Supervisor(tmp_path, started_at=NOW)
    log = tmp_path / "logs" / "deaf.log"
    supervisor.start([part("deaf", STUBBORN, ready=lambda: b"deaf" in log.read_bytes())])
    process = psutil.Process(supervisor.pid("deaf"))
    supervisor.stop(timeout_s=1)
    assert not process.is_running()


def test_asks_a_url_whether_a_part_is_ready(tmp_path: Path) -> None:
    """A part with a health URL counts as ready when that answers."""
    port = free_port()
    serve = f"import http.server as s; s.HTTPServer(('127.0.0.1', {port}), s.SimpleHTTPRequestHandler)"
    code = f"import time; time.sleep(0.5); {serve}.serve_forever()"
    with Supervisor(tmp_path, started_at=NOW) as supervisor:
        supervisor.start([part("web", code, ready=f"http://127.0.0.1:{port}/")])
        assert "GET / " in (tmp_path / "logs" / "web.log").read_text()


PROGRAM = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from streams.embedded.parts import Part
from streams.embedded.supervisor import Supervisor
data = Path(sys.argv[1])
command = (sys.executable, "-S", "-c", "import time; time.sleep(600)")
parts = [Part(name=name, command=command) for name in ("one", "other")]
with Supervisor(data, started_at=datetime(2026, 9, 24, tzinfo=UTC)) as supervisor:
    supervisor.start(parts)
    supervisor.run_until_stopped()
"""


def supervised(tmp_path: Path) -> tuple[subprocess.Popen[bytes], list[psutil.Process]]:
    """Run a supervisor of two parts as a process of its own and return it with its parts' processes."""
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, str(tmp_path)])
    until((tmp_path / "run.json").exists)
    until(lambda: [p["state"] for p in state(tmp_path)["parts"].values()] == ["running"] * 2)
    return process, [psutil.Process(about["pid"]) for about in state(tmp_path)["parts"].values()]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_ends_with_all_its_parts_when_asked(tmp_path: Path, number: signal.Signals) -> None:
    """SIGTERM and Ctrl-C stop the parts, remove run.json and end with status 0."""
    process, parts = supervised(tmp_path)
    process.send_signal(number)
    assert process.wait(20) == 0
    assert not any(part.is_running() for part in parts)
    assert not (tmp_path / "run.json").exists()


def test_leaves_no_orphans_when_killed(tmp_path: Path) -> None:
    """A supervisor that is killed (kill -9) takes its parts with it, and the next one can have the folder."""
    assert not in_use(tmp_path)
    process, parts = supervised(tmp_path)
    assert in_use(tmp_path)
    process.kill()
    process.wait()
    assert not in_use(tmp_path)
    psutil.wait_procs(parts, 5)
    assert not any(part.is_running() for part in parts)
    with Supervisor(tmp_path, started_at=NOW):
        assert not (tmp_path / "run.json").exists()


def test_supervises_a_real_broker(tmp_path: Path, cache: Path) -> None:
    """A broker that is killed under the supervisor serves again at the same address."""
    broker = Broker(data=tmp_path / "kafka", cache=cache)
    with Supervisor(tmp_path, started_at=NOW) as supervisor:
        supervisor.start([Part(name="broker", command=broker.command(), ready=broker.ready)])
        killed = supervisor.pid("broker")
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        until(lambda: state(tmp_path)["parts"]["broker"]["restarts"] == 1)
        until(lambda: state(tmp_path)["parts"]["broker"]["state"] == "running", 60)
        assert broker.ready()
