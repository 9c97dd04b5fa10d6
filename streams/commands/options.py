"""What several subcommands share: where the data of this machine stands, and what runs there."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from streams.domain.errors import ConfigurationError
from streams.embedded.supervisor import in_use
from streams.settings import Settings
from streams.topics import PLATFORM

DEFAULT_DATA = Path("gongshi-data")

data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=DEFAULT_DATA,
    show_default=True,
    help="Folder of a running `gongshi up`, used where the environment names no servers.",
)


def database_in(data: Path) -> str:
    """Return the URL of the embedded ledger of a data folder."""
    return f"sqlite:///{(data / 'ledger.sqlite').absolute()}"


def find_database(settings: Settings, data: Path, portal: str | None = None) -> str:
    """Return the ledger's URL: GONGSHI_DATABASE_URL, or that of what runs on `data`.

    市公共信用信息平台, asked for as `portal`, has one of its own: GONGSHI_SHARE_DATABASE_URL.
    """
    if portal == PLATFORM:
        return _find_share(settings, data)
    url = settings.database_url.get_secret_value()
    if url:
        return url
    if not (data / "ledger.sqlite").exists():
        raise ConfigurationError(
            f"{data} 中没有台账；请先运行 gongshi up --data {data}，或设置 GONGSHI_DATABASE_URL"
        )
    return database_in(data)


def _find_share(settings: Settings, data: Path) -> str:
    url = settings.share_database_url.get_secret_value()
    if url:
        return url
    file = data / "share.sqlite"
    if not file.exists():
        raise ConfigurationError(f"no ledger of the sharing in {data}; set GONGSHI_SHARE_DATABASE_URL")
    return f"sqlite:///{file.absolute()}"


def has_share(settings: Settings, data: Path) -> bool:
    """Tell whether a ledger of the sharing is named, or runs on `data`."""
    named = bool(settings.share_database_url.get_secret_value())
    return named or (not settings.database_url.get_secret_value() and (data / "share.sqlite").exists())


def find_kafka(settings: Settings, data: Path) -> Mapping[str, Any]:
    """Return the client properties: GONGSHI_BOOTSTRAP_SERVERS, or the broker of what runs on `data`.

    Raises `ConfigurationError` where neither is there.
    """
    if settings.bootstrap_servers:
        return settings.kafka()
    nothing = ConfigurationError(
        f"{data} 上没有正在运行的系统；请先运行 gongshi up --data {data}，或设置 GONGSHI_BOOTSTRAP_SERVERS"
    )
    if not in_use(data):  # run.json outlives a supervisor that was killed
        raise nothing
    try:
        run = json.loads((data / "run.json").read_text(encoding="utf-8"))
        return {"bootstrap.servers": run["addresses"]["bootstrap_servers"]}
    except (OSError, ValueError, KeyError) as error:
        raise nothing from error
