"""This project's engine with its real agents, exactly once."""

import asyncio
import os

from benchmarks.contenders.common import TODAY, Progress, task
from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams import app
from streams.catalogue.file import load_calendar, load_catalogue
from streams.domain.privacy import Redactor
from streams.privacy_data import load_lexicon


class Watching:
    """An observer of the engine that tells its progress."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def batch(self, *, size: int, seconds: float) -> None:
        """Tell what is committed."""
        self._progress.batch(size, seconds)

    def __getattr__(self, _name: str) -> object:
        """Take all else that the engine tells."""
        return lambda **_told: None


async def main() -> None:
    """Carry every record."""
    told = task()
    catalogue = load_catalogue(None)
    watching = Watching(Progress(told))
    flow, pump = app.review(
        kafka={"bootstrap.servers": told.bootstrap},
        slot=f"{told.group}-{os.getpid()}",
        codec=Codec(RepositoryStore()),
        calendar=load_calendar(None),
        catalogue=lambda: catalogue,
        redactor=Redactor(load_lexicon()),
        masked=lambda _kind, _places: None,
        today=lambda: TODAY,
        observer=watching,
        departments=watching,
        state=told.outputs.with_name(f"state-{told.group}-{os.getpid()}"),
    )
    await flow.start()
    await pump.run()


if __name__ == "__main__":
    asyncio.run(main())
