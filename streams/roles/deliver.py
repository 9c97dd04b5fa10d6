"""The delivery: portal.<id> → ledger → portal → publication.receipt; then whether it is seen there."""

from datetime import timedelta
from functools import partial

from sinks.adaptors import adaptor_for
from sinks.body import render
from sinks.certificates import tls_endpoints
from sinks.deliver import Deliverer
from sinks.outbox import Outbox
from sinks.pace import Pace
from sinks.ports import Adaptor
from sinks.probing.choosing import probe_for
from sinks.probing.ports import Probe
from sinks.probing.prober import Prober
from sinks.probing.watch import Watch
from sinks.remote_ids import LedgerRemoteIds
from sinks.retrying import Retries
from streams.clock import now
from streams.domain.stages import PortalId
from streams.files.portals import Portal, load_portals
from streams.roles import Parts
from streams.roles.common import follow, mind_ledger, open_configured, relay, run_stoppable, serve_health
from streams.roles.surroundings import watch_certificates, watch_disks
from streams.topics import portal_topic
from streams.world import World


def parts(world: World, pace: Pace | None = None) -> Parts:
    """Return the outbox, the deliverer, the relay that tells of the receipts, and the prober."""
    ledger = open_configured(world)
    remote_ids = LedgerRemoteIds(ledger)
    adaptors = dict[PortalId, Adaptor]()
    probes = dict[PortalId, tuple[Probe, Watch]]()

    def speak(portal: Portal) -> None:
        adaptors[portal.id] = adaptor_for(portal.url, portal.secret, now, remote_ids)

    def look(portal: Portal) -> None:
        if portal.watch.probe:
            probes[portal.id] = probe_for(portal.watch.probe, portal.url, portal.secret), portal.watch

    portals = load_portals(world.settings.portals, speak, look)
    deliverer = Deliverer(
        ledger,
        adaptors,
        world.metrics.sinks,
        world.codec,
        now,
        limits={portal.id: portal.limits for portal in portals},
        pace=pace or Pace(retries=Retries(give_up_after=timedelta(hours=world.settings.retry_hours))),
    )
    outbox = Outbox(ledger, "deliver", world.codec, render, deliverer.wake)
    prober = Prober(ledger, probes, world.metrics.probes, world.calendar.due_day, now)
    topics = [portal_topic(portal.id).name for portal in portals]
    return [
        partial(serve_health, world),
        partial(follow, world, "deliver", topics, outbox),
        partial(run_stoppable, deliverer),
        partial(run_stoppable, relay(world, ledger)),
        *([partial(run_stoppable, prober)] if probes else []),
        partial(watch_disks, world),
        partial(watch_certificates, world, tls_endpoints((p.id, p.url) for p in portals)),
        partial(mind_ledger, world, ledger),
    ]
