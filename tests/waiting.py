"""Waiting for what other processes do."""

import time
from collections.abc import Callable


def until(done: Callable[[], bool], patience_s: float = 120, every_s: float = 0.2) -> bool:
    """Wait until `done`; return whether it came true."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        if done():
            return True
        time.sleep(every_s)
    return False
