"""The record: decision.*, portal.<id> and publication.receipt → ledger."""

from functools import partial

from sinks.record import Recorder
from streams.roles import Parts
from streams.roles.common import follow, mind_ledger, open_configured, serve_health
from streams.roles.surroundings import watch_disks
from streams.topics import HELD, MASKED, PORTAL_TOPICS, RECEIPT, REJECTED, SUBMITTED, UNCHANGED, WITHHELD
from streams.world import World


def parts(world: World) -> Parts:
    """Return the recorder."""
    ledger = open_configured(world)
    recorder = Recorder(ledger, "record", world.codec, world.calendar.due_day)
    decisions = (SUBMITTED, REJECTED, WITHHELD, HELD, UNCHANGED, MASKED)
    topics = [topic.name for topic in (*decisions, RECEIPT, *PORTAL_TOPICS)]
    return [
        partial(serve_health, world),
        partial(follow, world, "record", topics, recorder),
        partial(watch_disks, world),
        partial(mind_ledger, world, ledger),
    ]
