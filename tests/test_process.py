"""How a process of the system ends, as whoever reads its log and exit status sees it."""

import subprocess
import sys

import pytest

PROGRAM = """
import asyncio, logging, threading, time
from streams.domain.errors import ConfigurationError, UnavailableError
from streams.engine.driver import FencedError
from streams.process import run_process

log = logging.getLogger("part")

async def fails():
    await asyncio.sleep(0.1)
    raise {error}

async def chatters():
    try:
        await asyncio.to_thread(migrates)
    finally:
        log.info("stopping")
        await asyncio.sleep(0.1)
        log.warning("stopped")

def migrates():
    for _ in range(10):
        time.sleep(0.05)
        log.info("migrating")

run_process([fails, chatters])
"""


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        ("ConfigurationError('port taken; set GONGSHI_METRICS_PORT')", 2, "set GONGSHI_METRICS_PORT"),
        ("UnavailableError('the disk is full')", 1, "ending: the disk is full"),
        ("ValueError('odd')", 1, "ValueError: odd"),
        ("FencedError('FENCED')", 3, "another takes over"),
    ],
)
def test_the_last_line_of_the_log_says_why(error: str, status: int, told: str) -> None:
    """Whatever other parts and threads say while they stop, the reason stands in the last line."""
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(error=error)], capture_output=True, text=True, check=False
    )
    lines = run.stderr.splitlines()
    assert "migrating" in run.stderr
    assert told in lines[-1], run.stderr
    assert run.returncode == status
