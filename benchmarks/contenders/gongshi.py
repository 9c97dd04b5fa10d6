"""This project's engine with its real agents, exactly once."""

import asyncio
import os

from benchmarks.contenders.common import TODAY, Stopwatch, task
from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams import app
from streams.catalogue_file import load_calendar, load_catalogue
from streams.domain.privacy import Redactor
from streams.privacy_data import load_lexicon


class Watching:
    """An observer of the engine that stops the time."""

    def __init__(self, watch: Stopwatch, finished: asyncio.Event) -> None:
        self._watch = watch
        self._finished = finished

    def batch(self, *, size: int, seconds: float) -> None:
        """Count what is committed; the first batch began the time."""
        self._watch.begin(seconds)
        if self._watch.done(size):
            self._finished.set()

    def __getattr__(self, _name: str) -> object:
        """Take all else that the engine tells."""
        return lambda **_told: None


async def main() -> None:
    """Carry every record."""
    told = task()
    finished = asyncio.Event()
    catalogue = load_catalogue(None)
    flow, pump = app.review(
        kafka={"bootstrap.servers": told.bootstrap},
        slot=told.group,
        codec=Codec(RepositoryStore()),
        calendar=load_calendar(None),
        catalogue=lambda: catalogue,
        redactor=Redactor(load_lexicon()),
        masked=lambda _kind, _places: None,
        today=lambda: TODAY,
        observer=Watching(Stopwatch(told.count), finished),
    )
    await flow.start()
    running = asyncio.create_task(pump.run())
    await finished.wait()
    running.cancel()
    await asyncio.wait([running])
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main())
