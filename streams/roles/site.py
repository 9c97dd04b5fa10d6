"""双公示专栏: portal.<id> → the site's own database → pages."""

import asyncio
import logging
import time
from functools import partial
from hashlib import sha512

from sqlalchemy import Engine

from sinks.ledger.database import reading
from sinks.site.library import Library, open_site
from sinks.site.store.schema import prepare
from sinks.site.store.taking import SiteTaker
from sinks.site.web.guards import Turnstile
from sinks.site.web.live import Live
from sinks.site.web.office import Office
from sinks.site.web.server import Address, serve
from sinks.site.web.service import application
from streams.clock import now, today
from streams.domain.errors import ConfigurationError, UnavailableError
from streams.domain.stages import PortalId
from streams.roles import Parts
from streams.roles.common import follow, follow_catalogue, serve_health
from streams.roles.surroundings import watch_disks
from streams.topics import PORTALS, portal_topic
from streams.world import World

log = logging.getLogger(__name__)

GROUP = "site"
PERSONS_A_SECOND = 0.5
PERSONS_AT_ONCE = 30
"""Natural persons' pages that one visitor may see: enough to read, too few to harvest."""
BURST = 10
"""Times the rate at once: a page and its files come together."""


def parts(world: World) -> Parts:
    """Return the pages, what feeds them, and what keeps their database ready."""
    settings = world.settings
    if settings.site_portal not in PORTALS:
        raise ConfigurationError(f"GONGSHI_SITE_PORTAL is one of {', '.join(PORTALS)}")
    fallback = f"sqlite:///{settings.state_dir.expanduser() / 'site.sqlite'}"
    engine = open_site(settings.site_database_url.get_secret_value() or fallback)
    key = sha512(settings.site_key.get_secret_value().encode()).digest()
    taker = SiteTaker(engine, GROUP, world.codec, key)
    office = Office(
        library=Library(engine),
        catalogue=world.catalogue,
        now=now,
        today=today,
        clock=time.monotonic,
        observer=world.metrics.site,
        persons=Turnstile(PERSONS_A_SECOND, PERSONS_AT_ONCE, time.monotonic),
        base=settings.site_address.rstrip("/"),
        proxies=settings.site_proxies,
    )
    turnstile = Turnstile(settings.site_rate, settings.site_rate * BURST, time.monotonic)
    live = Live(office.library)
    prepared = asyncio.Event()
    topic = portal_topic(PortalId(settings.site_portal)).name
    address = Address(host=settings.site_host, port=settings.site_port)
    return [
        partial(serve_health, world),
        partial(follow_catalogue, world),
        partial(watch_disks, world),
        partial(_mind, world, engine, prepared),
        partial(_fed, world, topic, taker, prepared),
        partial(_live, live, prepared),
        partial(serve, application(office, turnstile, live), address),
    ]


async def _fed(world: World, topic: str, taker: SiteTaker, prepared: asyncio.Event) -> None:
    await prepared.wait()
    await follow(world, GROUP, [topic], taker)


async def _live(live: Live, prepared: asyncio.Event) -> None:
    await prepared.wait()
    await live.run()


async def _mind(world: World, engine: Engine, prepared: asyncio.Event) -> None:
    """Make the tables once, then keep readiness true to whether the database answers."""

    def look() -> None:
        if not prepared.is_set():
            prepare(engine, GROUP)
        with reading(engine):
            pass

    while True:
        try:
            await asyncio.to_thread(look)
        except UnavailableError as error:
            log.warning("%s", error)
            world.readiness.lost("site")
        else:
            prepared.set()
            world.readiness.met("site")
        await asyncio.sleep(2)
