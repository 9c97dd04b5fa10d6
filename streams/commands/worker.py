"""`gongshi worker`: one role of the system, for production."""

import click

from streams.process import run_process
from streams.roles import ROLES
from streams.settings import load
from streams.world import make_world


@click.command(name="worker")
@click.argument("role", type=click.Choice(sorted(ROLES)))
def command(role: str) -> None:
    """Run one ROLE until SIGTERM; any number of each may run.

    Reads GONGSHI_BOOTSTRAP_SERVERS, GONGSHI_DATABASE_URL (all but review), GONGSHI_PORTALS (deliver),
    GONGSHI_REGISTRY_URL and the rest from the environment.
    """
    make_parts, needs = ROLES[role]
    settings = load()
    world = make_world(settings, *needs)
    run_process(make_parts(world), settings.log_level)
