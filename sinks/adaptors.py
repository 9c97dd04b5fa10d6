"""Which adaptor speaks to a portal, by its address."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from sinks.exchange import ExchangeDatabase
from sinks.files import FORMATS, FileDrop
from sinks.http import HttpAdaptor
from sinks.ports import Adaptor
from streams.domain.errors import ConfigurationError

NO_SECRET = ("file",)
"""Schemes that need none."""


def adaptor_for(url: str, secret: str, clock: Callable[[], datetime]) -> Adaptor:
    """Return the adaptor of a portal's `url`. Raises `ConfigurationError`.

    `https://…`: signed JSON, `secret` is the Standard Webhooks secret. `exchange:` or `exchange:create`: the
    exchange database whose SQLAlchemy URL is the secret; with `create` missing tables are made.
    `file:///folder?format=xml`: a folder of files.
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
    raise ConfigurationError("a portal's address is https://…, exchange:, exchange:create or file:///folder")
