"""`gongshi portal`: a reference portal to try against."""

from functools import partial
from pathlib import Path

import click

from sinks.reference.portal import serve
from sinks.schemes import SOAP
from streams.clock import now
from streams.domain.errors import ConfigurationError
from streams.domain.stages import PortalId
from streams.portal_file import load_portals
from streams.process import run_process
from streams.settings import load
from streams.topics import PORTALS


@click.command(name="portal")
@click.argument("portal", type=click.Choice(PORTALS))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=0, help="0: a free one, told on stdout.")
@click.option("--data", type=click.Path(path_type=Path), default=Path(), help="Folder of its database.")
def command(portal: str, host: str, port: int, data: Path) -> None:
    """Run PORTAL as a real HTTP server that verifies, deduplicates, and misbehaves as told.

    Its address and secret are those in GONGSHI_PORTALS; with `soap+http:` it is the national
    platform. `POST /control` gives it orders, such as
    `{"fault": "fail", "status": 503, "seconds": 30}`.
    """
    settings = load()
    portals = {known.id: known for known in load_portals(settings.portals)}
    name = PortalId(portal)
    if name not in portals:
        raise ConfigurationError(f"GONGSHI_PORTALS has no [{portal}]")
    data.mkdir(parents=True, exist_ok=True)
    database = data / f"{portal}.sqlite"

    def ready(chosen: int) -> None:
        click.echo(f"{portal} on http://{host}:{chosen}")

    secret = portals[name].secret
    if portals[name].url.startswith(SOAP):
        from sinks.reference import national  # noqa: PLC0415 -- seven JSON portals need no XML in memory

        part = partial(national.serve, host, port, secret, database, ready=ready)
    else:
        part = partial(serve, name, host, port, secret, database, clock=now, ready=ready)
    run_process([part], settings.log_level)
