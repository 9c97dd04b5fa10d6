"""Which adaptor speaks to a portal, by its address."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, parse_qsl, unquote, urlsplit

from sinks.exchange import ExchangeDatabase
from sinks.feed import StaticFeed, read_site
from sinks.files import FORMATS, FileDrop
from sinks.http import HttpAdaptor
from sinks.ports import Adaptor
from sinks.remote_ids import RemoteIds
from sinks.schemes import SOAP
from sinks.soap import SoapAdaptor
from sinks.soap_messages import read_dialect
from streams.domain.errors import ConfigurationError


def adaptor_for(url: str, secret: str, clock: Callable[[], datetime], remote_ids: RemoteIds) -> Adaptor:
    """Return the adaptor of a portal's `url`. Raises `ConfigurationError`.

    `https://…`: signed JSON, `secret` is the Standard Webhooks secret. `exchange:` or `exchange:create`: the
    exchange database whose SQLAlchemy URL is the secret; with `create` missing tables are made.
    `file:///folder?format=xml`: a folder of files. `feed:///folder?base=https://…/`: pages for a site.
    `soap+https://…?namespace=…`: the national import, whose options are the fields of
    `Dialect`; `remote_ids` tells it what stands there.
    """
    parts = urlsplit(url)
    if parts.scheme == "exchange" and parts.path in ("", "create"):
        return ExchangeDatabase(secret, create=parts.path == "create")
    if parts.scheme == "file" and parts.path.startswith("/") and not parts.netloc:
        form = parse_qs(parts.query).get("format", ["csv"])[-1]
        if form not in FORMATS:
            raise ConfigurationError(f"a folder's format is one of {', '.join(FORMATS)}")
        return FileDrop(Path(unquote(parts.path)), form)
    if parts.scheme in ("http", "https"):
        return HttpAdaptor(url, secret, clock)
    if parts.scheme == "feed" and parts.path.startswith("/") and not parts.netloc:
        return StaticFeed(Path(unquote(parts.path)), read_site(_options(parts.query)), clock)
    if parts.scheme in SOAP:
        return SoapAdaptor(
            _without_options(parts), secret, read_dialect(_options(parts.query)), remote_ids, clock
        )
    raise ConfigurationError(
        "a portal's address is https://…, soap+https://…, exchange:, exchange:create, file:///folder or "
        "feed:///folder"
    )


def _options(query: str) -> dict[str, str]:
    return dict(parse_qsl(query, keep_blank_values=True))


def _without_options(parts: SplitResult) -> str:
    return parts._replace(scheme=parts.scheme.removeprefix("soap+"), query="", fragment="").geturl()
