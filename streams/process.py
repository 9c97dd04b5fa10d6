"""Runs the parts of one process until it is told to stop or one of them fails."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from streams.domain.errors import ConfigurationError, GongshiError
from streams.engine.driver import FencedError

log = logging.getLogger(__name__)

GRACE_S = 8.0
"""How long parts may take to end after SIGTERM; what is open then is aborted by the broker."""

EXIT_FENCED = 3
EXIT_MISUSE = 2
EXIT_FAILED = 1

Part = Coroutine[Any, Any, None]
"""Runs until cancelled."""


def run_process(parts: Sequence[Callable[[], Part]], log_level: str = "INFO") -> None:
    """Run all parts until SIGTERM or SIGINT, then end the process.

    Its exit status is 0 after a signal, 3 when this worker was fenced, 2 when a part found a setting wrong, 1
    when one failed in another way; the last line of the log says why it did not end with 0.
    """
    logging.basicConfig(
        level=log_level,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
        stream=sys.stderr,
    )
    failures = asyncio.run(_supervise(parts))
    # Threads that are still inside a driver may have more to say, but not after the reason of the end.
    logging.disable(logging.WARNING)
    status = 0
    for failure in failures:
        status = _told(failure)
    logging.shutdown()
    sys.stdout.flush()
    # Threads that wait inside a driver for a broker that is away must not hold up the end.
    os._exit(status)


async def _supervise(parts: Sequence[Callable[[], Part]]) -> Sequence[BaseException]:
    """Run the parts, and return what those that ended first failed with, or nothing after a signal."""
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    tasks = [asyncio.create_task(part()) for part in parts]
    waiter = asyncio.create_task(told.wait())
    done, _ = await asyncio.wait([waiter, *tasks], return_when=asyncio.FIRST_COMPLETED)
    failures = () if waiter in done else _failures_of(done)
    for task in tasks:
        task.cancel()
    _, late = await asyncio.wait(tasks, timeout=GRACE_S)
    if late:
        log.warning("%d parts did not end within %g s", len(late), GRACE_S)
    return failures


def _failures_of(done: set[asyncio.Task[Any]]) -> Sequence[BaseException]:
    """Return the errors of tasks that have ended; being fenced comes last, as it says what to do."""
    errors = [task.exception() or RuntimeError("a part ended by itself") for task in done]
    return sorted(errors, key=lambda error: isinstance(error, FencedError))


def _told(failure: BaseException) -> int:
    """Log why the process ends, and return its exit status."""
    if isinstance(failure, FencedError):
        log.error("fenced (%s): ending, so that another takes over", failure)
        return EXIT_FENCED
    if isinstance(failure, GongshiError):
        log.error("ending: %s", failure)
        return EXIT_MISUSE if isinstance(failure, ConfigurationError) else EXIT_FAILED
    log.error("ending after an unexpected error", exc_info=failure)
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
