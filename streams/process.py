"""Runs the parts of one process until it is told to stop or one of them fails."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from streams.domain.errors import GongshiError
from streams.engine.driver import FencedError

log = logging.getLogger(__name__)

GRACE_S = 8.0
"""How long parts may take to end after SIGTERM; what is open then is aborted by the broker."""

EXIT_FENCED = 3
EXIT_FAILED = 1

Part = Coroutine[Any, Any, None]
"""Runs until cancelled."""


def run_process(parts: Sequence[Callable[[], Part]], log_level: str = "INFO") -> None:
    """Run all parts until SIGTERM or SIGINT, then end the process.

    Its exit status is 0 after a signal, 3 when this worker was fenced, 1 when a part failed in another way.
    """
    logging.basicConfig(
        level=log_level,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
        stream=sys.stderr,
    )
    status = asyncio.run(_supervise(parts))
    logging.shutdown()
    sys.stdout.flush()
    # Threads that wait inside a driver for a broker that is away must not hold up the end.
    os._exit(status)


async def _supervise(parts: Sequence[Callable[[], Part]]) -> int:
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    tasks = [asyncio.create_task(part()) for part in parts]
    waiter = asyncio.create_task(told.wait())
    done, _ = await asyncio.wait([waiter, *tasks], return_when=asyncio.FIRST_COMPLETED)
    status = 0 if waiter in done else _status_of(done)
    for task in tasks:
        task.cancel()
    _, late = await asyncio.wait(tasks, timeout=GRACE_S)
    if late:
        log.warning("%d parts did not end within %g s", len(late), GRACE_S)
    return status


def _status_of(done: set[asyncio.Task[Any]]) -> int:
    for task in done:
        error = task.exception()
        if isinstance(error, FencedError):
            log.error("fenced (%s): ending, so that another takes over", error)
            return EXIT_FENCED
        if isinstance(error, GongshiError):
            log.error("ending: %s", error)
        elif error is not None:
            log.error("ending after an unexpected error", exc_info=error)
    return EXIT_FAILED


async def in_thread(run: Callable[[], None], stop: Callable[[], None]) -> None:
    """Run a blocking loop in a thread of its own until cancelled, then tell it to stop and wait for it."""
    future = asyncio.get_running_loop().run_in_executor(None, run)
    try:
        await asyncio.shield(future)
    except asyncio.CancelledError:
        stop()
        await future
        raise


async def forever(step: Callable[[], Awaitable[None]], every_s: float) -> None:
    """Call `step` again and again, `every_s` seconds apart, until cancelled."""
    while True:
        await step()
        await asyncio.sleep(every_s)
