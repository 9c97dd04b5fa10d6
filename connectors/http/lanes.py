"""A few threads with a desk each: a long spreadsheet in one leaves the others to short requests."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import TypeVar

from connectors.desk import Desk

T = TypeVar("T")


class Lanes:
    """Runs work at desks, in the order in which it comes."""

    def __init__(self, desks: Sequence[Desk]) -> None:
        """Take desks that each have a sender of their own."""
        self._free: SimpleQueue[Desk] = SimpleQueue()
        for desk in desks:
            self._free.put(desk)
        self._threads = ThreadPoolExecutor(len(desks), thread_name_prefix="lane")

    async def run(self, work: Callable[[Desk], T]) -> T:
        """Return what `work` makes of the next free desk; raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._at_desk, work)

    def close(self) -> None:
        """Take no more work."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _at_desk(self, work: Callable[[Desk], T]) -> T:
        desk = self._free.get()
        try:
            return work(desk)
        finally:
            self._free.put(desk)
