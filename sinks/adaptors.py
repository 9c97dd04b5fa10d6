"""Which adaptor speaks to a portal, by its address."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from sinks.exchange import ExchangeDatabase
from sinks.feed import StaticFeed, read_site
from sinks.file_sheets import FORMATS
from sinks.files import FileDrop, LocalFolder
from sinks.http import HttpAdaptor
from sinks.ports import Adaptor
from sinks.remote_ids import RemoteIds
from sinks.schemes import SOAP
from sinks.soap import SoapAdaptor
from sinks.soap_messages import read_dialect
from streams.domain.errors import ConfigurationError

SSH_PORT = 22


def adaptor_for(url: str, secret: str, clock: Callable[[], datetime], remote_ids: RemoteIds) -> Adaptor:
    """Return the adaptor of a portal's `url`. Raises `ConfigurationError`.

    `https://…`: signed JSON, `secret` is the Standard Webhooks secret. `exchange:` or `exchange:create`: the
    exchange database whose SQLAlchemy URL is the secret; with `create` missing tables are made.
    `file:///folder?format=xml`: a folder of files; `sftp://user@host/folder?host_key=SHA256:…`: one
    elsewhere, the secret its password or private key. `feed:///folder?base=https://…/`: pages for a site.
    `soap+https://…?namespace=…`: the national import, whose options are the fields of `Dialect`; `remote_ids`
    tells it what stands there.
    """
    parts, port = _read(url)
    if parts.scheme == "exchange" and parts.path in ("", "create"):
        return ExchangeDatabase(secret, create=parts.path == "create")
    if parts.scheme == "file" and parts.path.startswith("/") and not parts.netloc:
        form = _form(_options(parts.query))
        return FileDrop(LocalFolder(Path(unquote(parts.path))), form)
    if parts.scheme == "sftp":
        return _sftp(parts, port, secret)
    if parts.scheme in ("http", "https"):
        return HttpAdaptor(url, secret, clock)
    if parts.scheme == "feed" and parts.path.startswith("/") and not parts.netloc:
        return StaticFeed(Path(unquote(parts.path)), read_site(_options(parts.query)), clock)
    if parts.scheme in SOAP:
        return SoapAdaptor(
            _without_options(parts), secret, read_dialect(_options(parts.query)), remote_ids, clock
        )
    raise ConfigurationError(
        "a portal's address is https://…, soap+https://…, exchange:, exchange:create, file:///folder, "
        "sftp://user@host/folder or feed:///folder"
    )


def _read(url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ConfigurationError("a portal's address is no URL: look at its host and port") from error
    return parts, port or SSH_PORT


def _sftp(parts: SplitResult, port: int, secret: str) -> Adaptor:
    from sinks.sftp import Place, SftpFolder  # noqa: PLC0415 -- few speak SSH, and its library is large

    options = _options(parts.query.replace("+", "%2B"))  # base64 has signs that mean blanks in addresses
    fingerprints = frozenset(options.pop("host_key", "").split(","))
    form = _form(options)
    if not parts.hostname or not parts.username or parts.password or len(parts.path) <= 1:
        raise ConfigurationError("an sftp portal's address is sftp://user@host/folder, its password apart")
    if not all(one.startswith("SHA256:") for one in fingerprints):
        raise ConfigurationError(
            "an sftp portal's address needs ?host_key=SHA256:…, as ssh-keygen -lf tells it"
        )
    if not secret:
        raise ConfigurationError("an sftp portal's secret is its password or private key")
    folder = unquote(parts.path).removeprefix("/~/")
    place = Place(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username),
        folder=folder,
        fingerprints=fingerprints,
    )
    return FileDrop(SftpFolder(place, secret), form)


def _form(options: dict[str, str]) -> str:
    """Return the format of files; nothing else may be asked for."""
    form = options.pop("format", "csv")
    if form not in FORMATS:
        raise ConfigurationError(f"a folder's format is one of {', '.join(FORMATS)}")
    if options:
        raise ConfigurationError(f"a folder has no option {', '.join(sorted(options))}")
    return form


def _options(query: str) -> dict[str, str]:
    return dict(parse_qsl(query, keep_blank_values=True))


def _without_options(parts: SplitResult) -> str:
    return parts._replace(scheme=parts.scheme.removeprefix("soap+"), query="", fragment="").geturl()
