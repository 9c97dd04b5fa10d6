"""Each role of `gongshi worker` as the parts that its process runs."""

import asyncio
import logging
import socket
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import Engine

from connectors.sender import Sender
from sinks.body import render
from sinks.deadlines import Contact, Deadlines
from sinks.deliver import Deliverer, Pace
from sinks.http import HttpAdaptor
from sinks.ledger.database import migrate, open_ledger, reading
from sinks.outbox import Outbox
from sinks.record import Recorder
from sinks.relay import Relay
from sinks.retrying import Retries
from streams import app
from streams.domain.errors import ConfigurationError, UnavailableError
from streams.domain.privacy import Redactor
from streams.engine.follower import Follower
from streams.privacy_data import load_lexicon
from streams.process import Part, in_thread
from streams.records import Output
from streams.settings import load_portals
from streams.topics import PORTAL_TOPICS, RECEIPT, REJECTED, SUBMITTED, WITHHELD, portal_topic
from streams.world import World, now, today

log = logging.getLogger(__name__)

Parts = Sequence[Callable[[], Part]]


def review_parts(world: World) -> Parts:
    """decision.submitted → portals, rejected, withheld."""
    flow, pump = app.review(
        kafka=world.kafka,
        slot=slot_of(world),
        codec=world.codec,
        calendar=world.calendar,
        catalogue=world.catalogue,
        redactor=Redactor(load_lexicon()),
        masked=world.metrics.masked,
        today=today,
        observer=world.metrics.engine,
    )
    return [partial(_serve_health, world), partial(_run_app, flow), pump.run]


def deliver_parts(world: World) -> Parts:
    """portal.<id> → ledger → portal → publication.receipt."""
    ledger = _ledger(world)
    portals = load_portals(world.settings.portals)
    outbox = Outbox(ledger, "deliver", world.codec, render)
    deliverer = Deliverer(
        ledger,
        {portal.id: HttpAdaptor(portal.url, portal.secret, now) for portal in portals},
        world.metrics.sinks,
        world.codec,
        now,
        pace=Pace(retries=Retries(give_up_after=timedelta(hours=world.settings.retry_hours))),
    )
    topics = [portal_topic(portal.id).name for portal in portals]
    return [
        partial(_serve_health, world),
        partial(_follow, world, "deliver", topics, outbox),
        partial(_run_stoppable, deliverer),
        partial(_run_stoppable, _relay(world, ledger)),
        partial(_mind_ledger, world, ledger),
    ]


def record_parts(world: World) -> Parts:
    """decision.*, portal.<id> and publication.receipt → ledger."""
    ledger = _ledger(world)
    recorder = Recorder(ledger, "record", world.codec, world.calendar.due_day)
    topics = [topic.name for topic in (SUBMITTED, REJECTED, WITHHELD, RECEIPT, *PORTAL_TOPICS)]
    return [
        partial(_serve_health, world),
        partial(_follow, world, "record", topics, recorder),
        partial(_mind_ledger, world, ledger),
    ]


def deadline_parts(world: World) -> Parts:
    """Ledger → deadline.alert."""
    ledger = _ledger(world)

    def contact(department_code: str) -> Contact:
        department = world.catalogue().department(department_code)
        if department is None:
            return Contact()
        return Contact(
            department=department.name, responsible=f"{department.office} {department.responsible}"
        )

    flow = app.deadline(
        ledger=Deadlines(ledger, world.codec, contact),
        calendar=world.calendar,
        now=now,
        every_s=world.settings.deadline_interval_s,
        warn_working_days=world.settings.warn_working_days,
        observer=world.metrics.deadlines,
    )
    return [
        partial(_serve_health, world),
        partial(_run_app, flow),
        partial(_run_stoppable, _relay(world, ledger)),
        partial(_mind_ledger, world, ledger),
    ]


ROLES: dict[str, tuple[Callable[[World], Parts], tuple[str, ...]]] = {
    "review": (review_parts, ("partitions",)),
    "deliver": (deliver_parts, ("partitions", "ledger")),
    "record": (record_parts, ("partitions", "ledger")),
    "deadline": (deadline_parts, ("ledger",)),
}
"""Role → what makes its parts, and what it needs to be ready."""


def slot_of(world: World) -> str:
    """Return the stable name of this worker among its like."""
    return world.settings.slot or socket.gethostname()


def _ledger(world: World) -> Engine:
    url = world.settings.database_url.get_secret_value()
    if not url:
        raise ConfigurationError(
            "set GONGSHI_DATABASE_URL to the ledger, such as postgresql://user@host/gongshi"
        )
    return open_ledger(url)


def _relay(world: World, ledger: Engine) -> Relay:
    sender = Sender(world.kafka)

    async def send(outputs: Sequence[Output]) -> None:
        await asyncio.to_thread(sender.send, outputs)

    return Relay(ledger, send, now)


async def _serve_health(world: World) -> None:
    port = await world.health.start()
    log.info("metrics and health on port %d", port)
    try:
        await asyncio.Event().wait()
    finally:
        await world.health.stop()


async def _run_app(flow: Any) -> None:
    await flow.start()
    try:
        await asyncio.Event().wait()
    finally:
        await flow.stop()


async def _follow(world: World, group: str, topics: Sequence[str], handler: Any) -> None:
    follower = Follower(
        kafka=world.kafka, group=group, topics=topics, handler=handler, observer=world.metrics.engine
    )
    await in_thread(follower.run, follower.stop)


async def _run_stoppable(service: Deliverer | Relay) -> None:
    """Run a service that ends when it is told to, and tell it when cancelled."""
    running = asyncio.create_task(service.run())
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        service.stop()
        await running
        raise


async def _mind_ledger(world: World, ledger: Engine) -> None:
    """Bring the tables up to date once, then keep readiness true to whether the ledger answers."""
    url = world.settings.database_url.get_secret_value()

    def look() -> None:
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
