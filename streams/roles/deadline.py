"""The deadline: ledger → deadline.alert, and whoever is to be told."""

from functools import partial

from sinks.deadlines import Contact, Deadlines
from sinks.expiry import Expiry
from sinks.notices.notifier import Notifier
from streams import app
from streams.clock import now
from streams.files.notices import load_channels
from streams.roles import Parts
from streams.roles.common import (
    follow_catalogue,
    mind_ledger,
    open_configured,
    relay,
    run_app,
    run_stoppable,
    serve_health,
)
from streams.roles.surroundings import tell_departments, watch_ages, watch_disks
from streams.world import World


def parts(world: World) -> Parts:
    """Return the agent with its timer, and the relay and the notifier that tell of the alerts."""
    ledger = open_configured(world)
    channels = load_channels(world.settings.notices, now)

    def contact(department_code: str) -> Contact:
        department = world.catalogue().department(department_code)
        if department is None:
            return Contact()
        return Contact(
            department=department.name, responsible=f"{department.office} {department.responsible}"
        )

    flow = app.deadline(
        ledger=Deadlines(ledger, world.codec, contact, tuple(channels)),
        calendar=world.calendar,
        now=now,
        every_s=world.settings.deadline_interval_s,
        warn_working_days=world.settings.warn_working_days,
        observer=world.metrics.deadlines,
        periods=Expiry(ledger, world.codec),
    )
    notifier = Notifier(ledger, world.codec, channels, now, world.metrics.notices)
    return [
        partial(serve_health, world),
        partial(follow_catalogue, world),
        partial(tell_departments, world),
        partial(watch_disks, world),
        partial(watch_ages, world, ledger),
        partial(run_app, flow),
        partial(run_stoppable, relay(world, ledger)),
        *([partial(run_stoppable, notifier)] if channels else []),
        partial(mind_ledger, world, ledger),
    ]
