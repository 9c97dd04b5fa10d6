"""Parts that measure what is around a process: departments' names, disks, certificates, what waits."""

import asyncio
import logging
import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from sinks.ages import ages
from sinks.certificates import shown_until, written_until
from streams.clock import now
from streams.domain.errors import UnavailableError
from streams.process import forever
from streams.settings import Settings
from streams.world import World

log = logging.getLogger(__name__)

LOOK_S = 10.0
CERTIFICATES_S = 1800.0


async def tell_departments(world: World) -> None:
    """Show the departments of the catalogue in force by code and name, until cancelled."""

    async def tell() -> None:
        catalogue = world.catalogue()
        known = {code: catalogue.department(code) for code in catalogue.codes()}
        world.metrics.departments.named({code: one.name for code, one in known.items() if one})

    await forever(tell, LOOK_S)


async def begin_departments(world: World) -> None:
    """Count every department of the catalogue in force from 0 on, until cancelled."""

    async def begin() -> None:
        world.metrics.departments.begin(world.catalogue().codes())

    await forever(begin, LOOK_S)


def disks_of(settings: Settings) -> Mapping[str, Path]:
    """Return name → folder whose disk is to be watched. Raises `ConfigurationError`."""
    places = {"state": settings.state_dir.expanduser(), **settings.watched_disks()}
    url = settings.database_url.get_secret_value()
    if url.startswith("sqlite"):
        places["ledger"] = Path(str(make_url(url).database)).parent
    return places


async def watch_disks(world: World) -> None:
    """Show how full the disks are, until cancelled; a folder that is not there is left out."""
    places = disks_of(world.settings)
    for place, folder in places.items():
        if place != "state" and not folder.exists():
            log.warning("the disk of %s cannot be watched: no folder %s", place, folder)

    async def look() -> None:
        for place, folder in places.items():
            if folder.exists():
                usage = await asyncio.to_thread(shutil.disk_usage, folder)
                world.metrics.surroundings.disk(place=place, free=usage.free, size=usage.total)

    await forever(look, LOOK_S)


async def watch_certificates(world: World, endpoints: Mapping[str, tuple[str, int]]) -> None:
    """Show until when the certificates of TLS servers hold, until cancelled.

    Whoever does not answer keeps what it showed last: that it is away is told elsewhere.
    """

    async def look() -> None:
        for endpoint, (host, port) in endpoints.items():
            try:
                ends_at = await shown_until(host, port)
            except UnavailableError as error:
                log.info("%s: %s", endpoint, error)
            else:
                world.metrics.surroundings.certificate(endpoint=endpoint, ends_at=ends_at)

    await forever(look, CERTIFICATES_S)


async def watch_own_certificate(world: World, endpoint: str, file: Path) -> None:
    """Show until when the certificate of a file holds, until cancelled."""

    async def look() -> None:
        try:
            ends_at = await asyncio.to_thread(written_until, file)
        except UnavailableError as error:
            log.warning("%s", error)
        else:
            world.metrics.surroundings.certificate(endpoint=endpoint, ends_at=ends_at)

    await forever(look, CERTIFICATES_S)


async def watch_ages(world: World, ledger: Engine) -> None:
    """Show for how long the ledger has waited for people and for Kafka, until cancelled."""

    async def look() -> None:
        try:
            waits = await asyncio.to_thread(partial(ages, ledger, now()))
        except UnavailableError as error:
            log.warning("%s", error)
        else:
            world.metrics.deadlines.waits(held=waits.held, outgoing=waits.outgoing)

    await forever(look, LOOK_S)
