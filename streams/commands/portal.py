"""`gongshi portal`: runs a reference portal to try against, and tries a portal under construction."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import click
import orjson

from sinks.schemes import SOAP
from streams.clock import now, today
from streams.domain.errors import ConfigurationError
from streams.domain.stages import PortalId
from streams.files.platform import load_platform
from streams.files.portals import Portal, load_portals
from streams.process import run_process
from streams.settings import load
from streams.topics import PLATFORM, PORTALS

LOOPBACK = "127.0.0.1"
OTHER_SECRET = "whsec_" + "bm90IHRoZSByaWdodCBzZWNyZXQgYXQgYWxs"


class _Portals(click.Group):
    """Has a subcommand for each portal."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), *PORTALS, PLATFORM]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in (*PORTALS, PLATFORM):
            return super().get_command(ctx, cmd_name)
        options = (
            click.Option(["--host"], help="Else that of its url if its port is meant too, or 127.0.0.1."),
            click.Option(
                ["--port"],
                type=click.IntRange(0, 65535),
                help="Else that of its url; 0, or where the url has none: a free one, told on stdout.",
            ),
            click.Option(["--data"], type=click.Path(path_type=Path), default=Path(), help="Its folder."),
        )
        about = f"Run {cmd_name} as a real server that verifies, deduplicates, and misbehaves as told."
        return click.Command(
            cmd_name, params=list(options), callback=partial(_run, PortalId(cmd_name)), help=about
        )


@click.group(name="portal", cls=_Portals)
def command() -> None:
    """Run PORTAL as a real server that verifies, deduplicates, and misbehaves as told.

    It listens on the host and port of its url in GONGSHI_PORTALS, by plain HTTP, and has the secret that
    stands there; deliveries are taken at /decisions. With `soap+http:` it is the national platform, below
    /service.
    `credit-platform` is 市公共信用信息平台 as in GONGSHI_SHARE, which shows nobody anything.
    `POST /control` gives it orders, such as `{"fault": "fail", "status": 503, "seconds": 30}`.
    """


@command.command(name="check")
@click.argument("portal", type=click.Choice(PORTALS))
@click.option("--json", "as_json", is_flag=True, help="A JSON line a check.")
@click.pass_context
def check(ctx: click.Context, portal: str, *, as_json: bool) -> None:
    """Send test decisions to PORTAL as GONGSHI_PORTALS has it, and say what it does wrong.

    New, repeated, corrected, late, long, odd characters, forged, withdrawn: about 17 requests. All test
    decisions are named 公示联调, and withdrawn again at the end. Not for a portal that the public reads.
    """
    if not asyncio.run(_try(_known(PortalId(portal)), as_json=as_json)):
        ctx.exit(1)


async def _try(portal: Portal, *, as_json: bool) -> bool:
    from sinks.adaptors import adaptor_for  # noqa: PLC0415 -- who runs a portal needs none of them
    from sinks.conformance import Trial  # noqa: PLC0415 -- likewise
    from sinks.ports import Adaptor  # noqa: PLC0415 -- likewise
    from sinks.remote_ids import RemoteIds  # noqa: PLC0415 -- likewise

    signed = portal.url.startswith(("http://", "https://"))

    def make(remote_ids: RemoteIds, *, ago: timedelta, forged: bool) -> Adaptor:
        secret = OTHER_SECRET if forged else portal.secret
        return adaptor_for(portal.url, secret, lambda: now() - ago, remote_ids)

    trial = Trial(
        portal.id, make, signed=signed, batches=portal.limits.batch > 1, number=uuid4().hex[:8], today=today()
    )
    good = True
    async for one in trial.run():
        good = good and one.ok
        if as_json:
            click.echo(orjson.dumps(asdict(one)).decode())
        else:
            click.echo(f"{'通过' if one.ok else '不符'}  {one.title}{'  ' if one.told else ''}{one.told}")
    return good


def _known(name: PortalId) -> Portal:
    if name == PLATFORM:
        return load_platform(load().share)
    portals = {known.id: known for known in load_portals(load().portals)}
    if name not in portals:
        raise ConfigurationError(f"GONGSHI_PORTALS has no [{name}]")
    return portals[name]


def _run(name: PortalId, host: str | None, port: int | None, data: Path) -> None:
    portal = _known(name)
    if port is None:
        host, port = _place(portal, host)
    host = host or LOOPBACK
    data.mkdir(parents=True, exist_ok=True)
    database = data / f"{name}.sqlite"

    def ready(chosen: int) -> None:
        click.echo(f"{name} on http://{host}:{chosen}")

    if portal.url.startswith(SOAP):
        from sinks.reference import national  # noqa: PLC0415 -- seven JSON portals need no XML in memory

        part = partial(national.serve, host, port, portal.secret, database, ready=ready)
    else:
        from sinks.reference.portal import serve  # noqa: PLC0415 -- a check needs no server

        part = partial(
            serve,
            name,
            host,
            port,
            portal.secret,
            database,
            clock=now,
            ready=ready,
            restricted=name == PLATFORM,
        )
    run_process([partial(_listening, part, f"{host}:{port}")], load().log_level)


def _place(portal: Portal, host: str | None) -> tuple[str | None, int]:
    """Return host and port of the portal's url; port 0 where it has none. Raises `ConfigurationError`."""
    try:
        parts = urlsplit(portal.url.removeprefix("soap+"))
        port = parts.port
    except ValueError as error:
        raise ConfigurationError(f"[{portal.id}] url is no address: look at its host and port") from error
    if not port or parts.scheme not in ("http", "https"):
        return host, 0
    if parts.scheme == "https":
        raise ConfigurationError(
            f"[{portal.id}] url is https, and a reference portal speaks plain HTTP: write http:// there,"
            " or put a proxy before it and give --port"
        )
    return host or parts.hostname, port


async def _listening(part: Callable[[], Awaitable[None]], place: str) -> None:
    try:
        await part()
    except OSError as error:
        raise ConfigurationError(
            f"cannot listen on {place} ({error.strerror}); give --host and --port"
        ) from error
