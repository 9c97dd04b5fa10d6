"""`gongshi demo --once` as a user runs it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from streams.samples.loader import expected
from tests.stack.running import ROW, start
from tests.waiting import until


@pytest.mark.timeout(300)
def test_the_accounts_balance() -> None:
    """The demo's one JSON line balances, equals what the samples declare, and it exits 0."""
    gongshi = str(Path(sys.executable).with_name("gongshi"))
    done = subprocess.run([gongshi, "demo", "--once", "--json"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    told = json.loads(line)
    want = expected()
    settled = told["published"] + told["rejected"] + told["withheld"] + told["held"]
    assert told["balanced"] is True
    assert told["submitted"] == settled == want.submitted
    assert told["alerts"] == {"due_soon": want.due_soon, "overdue": want.overdue}
    everybody = want.portals["department-site"]
    assert told["shared"] == {"expected": everybody, "accepted": everybody}
    assert {p: c["accepted"] for p, c in told["deliveries"].items()} == dict(want.portals)


@pytest.mark.timeout(300)
def test_further_decisions_are_counted_too(tmp_path: Path) -> None:
    """On a folder where others were handed in, they are told and counted, and what is published was seen."""
    up = start(tmp_path / "data")
    up.submit(
        tmp_path / "own.csv", *(ROW.format(number=n, content="罚款贰仟元整", ground="") for n in (1, 2))
    )
    assert until(lambda: [up.path(n)["status"] for n in (1, 2)] == ["verified"] * 2)
    up.process.terminate()
    assert up.process.wait(60) == 0
    gongshi = str(Path(sys.executable).with_name("gongshi"))
    command = [gongshi, "demo", "--once", "--data", str(tmp_path / "data")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    counts = dict(re.findall(r"(\w+) +│ +(\d+) ", done.stdout))
    want = expected()
    assert int(counts["submitted"]) == want.submitted + 2
    assert int(counts["published"]) == want.published + 2
    assert counts.get("verified", counts["published"]) == counts["published"]
    assert ("verified" in counts) != ("公示核验尚未做完" in done.stdout)
    assert "样例之外报送的 2 件" in done.stdout
    assert "账目相符" in done.stdout
