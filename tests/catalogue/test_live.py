"""The catalogue in force: whole or not at all, and known before anything is judged by it."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, cast

from schemas.catalogue import CatalogueCodec
from schemas.store import RepositoryStore
from streams.catalogue.file import load_catalogue
from streams.catalogue.live import LiveCatalogue
from streams.domain.catalogue import Catalogue
from streams.domain.catalogue_entries import HEAD_KEY, entries_of
from streams.roles.common import with_catalogue

CODEC = CatalogueCodec(RepositoryStore())
FILE = load_catalogue()
OTHER = replace(FILE, version="other", departments=FILE.departments[:1])


def values(catalogue: Catalogue) -> dict[str, bytes]:
    """Return what stands on the topic after a catalogue was applied."""
    now = datetime(2026, 9, 25, tzinfo=UTC)
    return {
        key: CODEC.encode(entry, catalogue=catalogue.version, changed_at=now)
        for key, entry in entries_of(catalogue).items()
    }


def live() -> LiveCatalogue:
    return LiveCatalogue(FILE, CODEC, lambda: None)


def test_the_file_holds_while_nothing_stands_on_the_topic() -> None:
    """An empty topic leaves the file in force; what was applied takes its place until it is emptied."""
    catalogue = live()
    assert (catalogue(), catalogue.known) == (FILE, False)
    catalogue.take({})
    assert (catalogue(), catalogue.known) == (FILE, True)
    catalogue.take(values(OTHER))
    assert (catalogue().version, catalogue().codes()) == ("other", OTHER.codes())
    catalogue.take({})
    assert catalogue() == FILE


def test_a_broken_entry_changes_nothing() -> None:
    """Where one entry is broken the catalogue stays as it was, and work goes on."""
    catalogue = live()
    catalogue.take(values(OTHER))
    broken = values(FILE)
    broken[FILE.departments[0].code] = b"\x00broken"
    catalogue.take(broken)
    assert catalogue().version == "other"
    headless = {key: value for key, value in values(FILE).items() if key != HEAD_KEY}
    first = live()
    first.take(headless | {"x": b"{}"})
    assert (first(), first.known) == (FILE, True)


@dataclass
class FakeWorld:
    """What `with_catalogue` looks at."""

    catalogue: LiveCatalogue


async def test_nothing_is_judged_before_the_catalogue_is_known() -> None:
    """A part that judges starts only once the topic was looked at to its end."""
    world, started = FakeWorld(live()), asyncio.Event()

    async def part() -> None:
        started.set()

    task = asyncio.create_task(with_catalogue(cast("Any", world), part))
    for _ in range(5):
        await asyncio.sleep(0.05)
    assert not started.is_set()
    world.catalogue.take({})
    await task
    assert started.is_set()
