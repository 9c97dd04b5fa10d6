"""`gongshi demo --once` as a user runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from streams.samples.loader import expected


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
