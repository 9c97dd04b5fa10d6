"""The HTTP intake: requests of departments → decision.submitted, and what the ledger knows → answers."""

import time
from functools import partial
from importlib.metadata import version

from sqlalchemy import Engine

from connectors.desk import Desk
from connectors.http import openapi
from connectors.http.ports import Office
from connectors.http.server import Address, serve
from connectors.http.service import Service
from connectors.http.throttle import Room, Throttle
from connectors.http.tokens import TokenFile
from connectors.http.uploads import Limits
from connectors.sender import Sender
from sinks.replays import LedgerReplays
from sinks.supervision.whole_path import WholePath, whole_paths
from streams.clock import now, today
from streams.domain.errors import ConfigurationError
from streams.ids import new_event_id
from streams.intake import make_desk
from streams.roles import Parts
from streams.roles.common import follow_catalogue, mind_broker, mind_ledger, open_configured, serve_health
from streams.roles.surroundings import watch_disks, watch_own_certificate
from streams.settings import Settings, read_toml
from streams.world import World

LANES = 4
"""Requests that are handed in at the same time, each by a producer of its own."""
PATIENCE_S = 6.0
"""How long the broker may take for up to 500 rows; requests in flight must end within 7 s of SIGTERM."""
MIB = 1024 * 1024


def parts(world: World) -> Parts:
    """Return the server, and what follows the catalogue and minds ledger and broker."""
    settings, ledger = world.settings, open_configured(world)
    senders = [Sender(world.kafka, patience_s=PATIENCE_S) for _ in range(LANES)]
    service = Service(
        office=_office(world, ledger),
        desks=[_desk(world, sender) for sender in senders],
        throttle=Throttle(rate=settings.http_rate, burst=settings.http_burst, clock=time.monotonic),
        room=Room(most=settings.http_room),
    )
    address = Address(
        host=settings.http_host,
        port=settings.http_port,
        certificate=settings.http_certificate,
        private_key=settings.http_private_key,
    )
    own = settings.http_certificate
    return [
        partial(serve_health, world),
        partial(watch_disks, world),
        *([partial(watch_own_certificate, world, "intake", own.expanduser())] if own else []),
        partial(follow_catalogue, world),
        partial(mind_ledger, world, ledger),
        partial(mind_broker, world, senders[0]),
        partial(serve, service, address),
    ]


def _desk(world: World, sender: Sender) -> Desk:
    return make_desk(world.settings, sender=sender, codec=world.codec, catalogue=world.catalogue)


def _office(world: World, ledger: Engine) -> Office:
    settings = world.settings
    return Office(
        tokens=_tokens(settings),
        departments=lambda: frozenset(world.catalogue().codes()),
        replays=LedgerReplays(ledger=ledger, now=now, new_id=new_event_id),
        paths=partial(_paths, ledger),
        ready=world.readiness.reasons,
        live=list,
        new_id=new_event_id,
        now=now,
        clock=time.monotonic,
        observer=world.metrics.intake,
        limits=Limits(most_bytes=int(settings.http_body_mib * MIB), seconds=settings.http_read_s),
        document=partial(openapi.document, version("gongshi")),
    )


def _tokens(settings: Settings) -> TokenFile:
    if settings.tokens is None:
        raise ConfigurationError("set GONGSHI_TOKENS to the TOML file of the departments' tokens")
    return TokenFile(settings.tokens.expanduser(), read_toml)


def _paths(ledger: Engine, name: str) -> tuple[WholePath, ...]:
    return whole_paths(ledger, name, today())
