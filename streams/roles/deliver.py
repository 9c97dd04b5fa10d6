"""The delivery: portal.<id> → ledger → portal → publication.receipt."""

from datetime import timedelta
from functools import partial

from sinks.adaptors import adaptor_for
from sinks.body import render
from sinks.certificates import tls_endpoints
from sinks.deliver import Deliverer
from sinks.outbox import Outbox
from sinks.pace import Pace
from sinks.remote_ids import LedgerRemoteIds
from sinks.retrying import Retries
from streams.clock import now
from streams.portal_file import load_portals
from streams.roles import Parts
from streams.roles.common import follow, mind_ledger, open_configured, relay, run_stoppable, serve_health
from streams.roles.surroundings import watch_certificates, watch_disks
from streams.topics import portal_topic
from streams.world import World


def parts(world: World) -> Parts:
    """Return the outbox, the deliverer, and the relay that tells of the receipts."""
    ledger = open_configured(world)
    portals = load_portals(world.settings.portals)
    remote_ids = LedgerRemoteIds(ledger)
    outbox = Outbox(ledger, "deliver", world.codec, render)
    deliverer = Deliverer(
        ledger,
        {portal.id: adaptor_for(portal.url, portal.secret, now, remote_ids) for portal in portals},
        world.metrics.sinks,
        world.codec,
        now,
        limits={portal.id: portal.limits for portal in portals},
        pace=Pace(retries=Retries(give_up_after=timedelta(hours=world.settings.retry_hours))),
    )
    topics = [portal_topic(portal.id).name for portal in portals]
    return [
        partial(serve_health, world),
        partial(follow, world, "deliver", topics, outbox),
        partial(run_stoppable, deliverer),
        partial(run_stoppable, relay(world, ledger)),
        partial(watch_disks, world),
        partial(watch_certificates, world, tls_endpoints((p.id, p.url) for p in portals)),
        partial(mind_ledger, world, ledger),
    ]
