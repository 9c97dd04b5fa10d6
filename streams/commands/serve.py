"""`gongshi serve`: the HTTP intake."""

import click

from streams.process import run_process
from streams.roles import NEEDS, parts_of
from streams.settings import load
from streams.world import make_world


@click.command(name="serve")
def command() -> None:
    """Take decisions over HTTP and tell departments of theirs until SIGTERM; any number may run.

    Reads GONGSHI_TOKENS, GONGSHI_BOOTSTRAP_SERVERS, GONGSHI_DATABASE_URL, GONGSHI_HTTP_HOST,
    GONGSHI_HTTP_PORT and the rest from the environment; see docs/http-intake.md.
    """
    settings = load()
    world = make_world(settings, *NEEDS["serve"])
    run_process(parts_of("serve", world), settings.log_level)
