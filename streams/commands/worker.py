"""`gongshi worker`: one role of the system, for production."""

import click

from streams.process import run_process
from streams.roles import NEEDS, parts_of
from streams.settings import load
from streams.world import make_world


@click.command(name="worker")
@click.argument("role", type=click.Choice(sorted(NEEDS)))
def command(role: str) -> None:
    """Run one ROLE until SIGTERM; any number of each may run.

    Reads GONGSHI_BOOTSTRAP_SERVERS, GONGSHI_DATABASE_URL (all but review and share), GONGSHI_PORTALS
    (deliver), GONGSHI_SHARE, _SHARE_DATABASE_URL and _SHARE_KEY (share), GONGSHI_REGISTRY_URL and the rest
    from the environment.
    """
    settings = load()
    world = make_world(settings, *NEEDS[role])
    run_process(parts_of(role, world), settings.log_level)
