"""The deadline: ledger → deadline.alert."""

from functools import partial

from sinks.deadlines import Contact, Deadlines
from sinks.expiry import Expiry
from streams import app
from streams.clock import now
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
from streams.world import World


def parts(world: World) -> Parts:
    """Return the agent with its timer, and the relay that tells of the alerts."""
    ledger = open_configured(world)

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
        periods=Expiry(ledger, world.codec),
    )
    return [
        partial(serve_health, world),
        partial(follow_catalogue, world),
        partial(run_app, flow),
        partial(run_stoppable, relay(world, ledger)),
        partial(mind_ledger, world, ledger),
    ]
