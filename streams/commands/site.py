"""`gongshi site`: 双公示专栏, the public site."""

import click

from streams.process import run_process
from streams.roles import NEEDS, parts_of
from streams.settings import load
from streams.world import make_world


@click.command(name="site")
def command() -> None:
    """Show what is public to everybody until SIGTERM, fed by its portal's topic; any number may run.

    Reads GONGSHI_BOOTSTRAP_SERVERS, GONGSHI_SITE_DATABASE_URL, GONGSHI_SITE_KEY, GONGSHI_SITE_HOST,
    GONGSHI_SITE_PORT and the rest from the environment; see docs/site.md.
    """
    settings = load()
    world = make_world(settings, *NEEDS["site"])
    run_process(parts_of("site", world), settings.log_level)
