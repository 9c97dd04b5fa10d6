"""Parts that several roles run: health, followers, the relay, and the ledger's state."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from sqlalchemy import Engine

from connectors.sender import Sender
from sinks.ledger.clock import ahead
from sinks.ledger.database import migrate, open_ledger, reading
from sinks.relay import Relay
from streams.clock import now
from streams.domain.errors import ConfigurationError, UnavailableError
from streams.engine.compacted import CompactedReader
from streams.engine.follower import Follower
from streams.process import Part, in_thread
from streams.records import Handler, Output
from streams.topics import CATALOGUE
from streams.world import World

log = logging.getLogger(__name__)


class Stoppable(Protocol):
    """A service that runs until it is told to stop."""

    async def run(self) -> None:
        """Work until `stop`."""
        ...

    def stop(self) -> None:
        """Ask `run` to end."""
        ...


def open_configured(world: World) -> Engine:
    """Return the ledger of the settings. Raises `ConfigurationError` when they name none."""
    url = world.settings.database_url.get_secret_value()
    if not url:
        raise ConfigurationError(
            "set GONGSHI_DATABASE_URL to the ledger, such as postgresql://user@host/gongshi"
        )
    return open_ledger(url)


def relay(world: World, ledger: Engine) -> Relay:
    """Return what sends the events that the ledger has to tell on to Kafka."""
    sender = Sender(world.kafka)

    async def send(outputs: Sequence[Output]) -> None:
        await asyncio.to_thread(sender.send, outputs)

    return Relay(ledger, send, now)


async def serve_health(world: World) -> None:
    """Serve metrics and health until cancelled."""
    port = await world.health.start()
    log.info("metrics and health on port %d", port)
    try:
        await asyncio.Event().wait()
    finally:
        await world.health.stop()


async def run_app(flow: Any) -> None:
    """Run a Faust app until cancelled."""
    await flow.start()
    try:
        await asyncio.Event().wait()
    finally:
        await flow.stop()


async def follow(world: World, group: str, topics: Sequence[str], handler: Handler) -> None:
    """Follow topics into `handler` until cancelled."""
    follower = Follower(
        kafka=world.kafka, group=group, topics=topics, handler=handler, observer=world.metrics.engine
    )
    await in_thread(follower.run, follower.stop)


async def run_stoppable(service: Stoppable) -> None:
    """Run a service that ends when it is told to, and tell it when cancelled."""
    running = asyncio.create_task(service.run())
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        service.stop()
        await running
        raise


async def mind_ledger(world: World, ledger: Engine) -> None:
    """Bring the tables up to date once, then keep readiness true to whether the ledger answers."""
    url = world.settings.database_url.get_secret_value()

    def look() -> None:
        world.metrics.surroundings.skew(against="ledger", ahead=ahead(ledger, now))
        with reading(ledger):
            pass

    probe: Callable[[], None] = partial(migrate, url)
    while True:
        try:
            await asyncio.to_thread(probe)
        except UnavailableError as error:
            log.warning("%s", error)
            world.readiness.lost("ledger")
        else:
            world.readiness.met("ledger")
            probe = look
        await asyncio.sleep(2)


async def mind_broker(world: World, sender: Sender) -> None:
    """Keep readiness true to whether Kafka answers."""
    while True:
        try:
            await asyncio.to_thread(sender.reach)
        except UnavailableError as error:
            log.warning("%s", error)
            world.readiness.lost("broker")
        else:
            world.readiness.met("broker")
        await asyncio.sleep(2)


async def follow_catalogue(world: World) -> None:
    """Keep the catalogue in force what stands on its topic, until cancelled."""
    reader = CompactedReader(kafka=world.kafka, topic=CATALOGUE.name, changed=world.catalogue.take)
    await in_thread(reader.run, reader.stop)


async def with_catalogue(world: World, part: Callable[[], Part]) -> None:
    """Run a part as soon as the catalogue in force is known: no decision is judged before."""
    while not world.catalogue.known:  # noqa: ASYNC110 -- a thread tells it, which knows no event of the loop
        await asyncio.sleep(0.05)
    await part()
