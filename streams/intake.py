"""Makes the desk of this process from the settings: what every command and service that takes rows shares."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread
from typing import Any

from connectors.desk import Desk, Identity, Sends
from connectors.row import Row
from schemas.catalogue import CatalogueCodec
from schemas.codec import Codec
from streams import clock
from streams.catalogue.file import load_calendar, load_catalogue
from streams.catalogue.live import LiveCatalogue
from streams.domain.catalogue import Catalogue
from streams.domain.errors import UnavailableError
from streams.domain.judging import Verdict, judge
from streams.domain.stages import Submitted
from streams.engine.compacted import PATIENCE_S, CompactedReader
from streams.ids import new_event_id, new_revision
from streams.settings import Settings
from streams.topics import CATALOGUE
from streams.world import store_of


def new_identity(_row: Row) -> Identity:
    """Return an id of its own for a row that is handed in once."""
    return Identity(event_id=new_event_id(), revision=new_revision(clock.now()))


@contextmanager
def following_catalogue(
    settings: Settings, kafka: Mapping[str, Any], *, patience_s: float | None = PATIENCE_S
) -> Iterator[LiveCatalogue]:
    """Give the catalogue in force, which goes on following its topic until the end.

    Raises `UnavailableError` when Kafka does not tell it in time; with None it is waited for.
    """
    known = Event()
    live = LiveCatalogue(load_catalogue(settings.catalogue), CatalogueCodec(store_of(settings)), known.set)
    reader = CompactedReader(kafka=kafka, topic=CATALOGUE.name, changed=live.take)
    thread = Thread(target=reader.run, name="catalogue", daemon=True)
    thread.start()
    try:
        if not known.wait(patience_s):
            raise UnavailableError("Kafka did not tell the catalogue in time; is the broker running?")
        yield live
    finally:
        reader.stop()
        thread.join(PATIENCE_S)


def judge_of(settings: Settings, catalogue: Callable[[], Catalogue]) -> Callable[[Submitted], Verdict]:
    """Return the judge with the configured calendar; it judges as on the day it is called."""
    judged = partial(judge, calendar=load_calendar(settings.working_days))
    return lambda submitted: judged(submitted, today=clock.today(), catalogue=catalogue())


def make_desk(
    settings: Settings,
    *,
    sender: Sends,
    codec: Codec,
    catalogue: Callable[[], Catalogue] | None = None,
    identify: Callable[[Row], Identity] = new_identity,
) -> Desk:
    """Return a desk that hands in to `sender`; without a `catalogue` it judges by the configured file."""
    if catalogue is None:
        file = load_catalogue(settings.catalogue)
        return make_desk(settings, sender=sender, codec=codec, catalogue=lambda: file, identify=identify)
    return Desk(
        sender=sender, codec=codec, judge=judge_of(settings, catalogue), now=clock.now, identify=identify
    )
