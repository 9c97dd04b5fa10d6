"""`gongshi health`: whether a process on this machine lives and is ready, and what it waits for."""

import json
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any

import click

from streams.domain.errors import ConfigurationError, UnavailableError
from streams.settings import load

PAGES = ("live", "ready")
TIMEOUT_S = 5.0
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}
"""What a server listens on to be reached by anybody → where it answers on its own machine."""

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@click.command(name="health")
@click.option("--port", type=click.IntRange(1, 65535), help="Else GONGSHI_METRICS_PORT, as in the image.")
@click.option(
    "--json", "as_json", is_flag=True, help='Print {"live", "ready"} with their reasons as one line.'
)
@click.pass_context
def command(ctx: click.Context, port: int | None, *, as_json: bool) -> None:
    """Ask the process whose metrics are on this machine's port; exit 0 only if it lives and is ready."""
    settings = load()
    port = port or settings.metrics_port
    if not port:
        raise ConfigurationError("set GONGSHI_METRICS_PORT to the port of the process, or give --port")
    host = EVERYWHERE.get(settings.metrics_host, settings.metrics_host)
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    told = {page: _asked(f"http://{address}/{page}") for page in PAGES}
    if as_json:
        click.echo(json.dumps(told))
    else:
        for page, about in told.items():
            click.echo(f"{page}: {'; '.join(about['reasons']) or 'yes'}")
    ctx.exit(0 if all(about["ok"] for about in told.values()) else 1)


def _asked(url: str) -> dict[str, Any]:
    """Return what a page of `monitoring.health` says. Raises `UnavailableError`."""
    try:
        try:
            answer = _opener.open(url, timeout=TIMEOUT_S)
        except urllib.error.HTTPError as error:
            answer = error  # 503 tells the reasons, too
        with answer:
            told = json.load(answer)
        return {"ok": bool(told["ok"]), "reasons": [str(reason) for reason in told["reasons"]]}
    except (OSError, HTTPException) as error:
        why = getattr(error, "reason", None) or error
        raise UnavailableError(f"nothing answers at {url}: {why}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UnavailableError(f"what answers at {url} is no process of gongshi") from error
