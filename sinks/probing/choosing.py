"""Which probe looks at a portal, by what the portals' file says."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from sinks.probing.exchange import ExchangeRows
from sinks.probing.feed import FeedEntry
from sinks.probing.files import DroppedFile
from sinks.probing.html_page import HtmlPage
from sinks.probing.json_query import JsonQuery
from sinks.probing.ports import Probe
from sinks.probing.site import SiteQuery
from streams.domain.errors import ConfigurationError

_WEB = ("http", "https")


def probe_for(probe: str, url: str, secret: str) -> Probe:
    """Return the probe that `probe` names, of a portal with this `url` and `secret`.

    `https://…{number}…`: a public query that answers JSON; `{key}`, `{authority}` and `{id}` stand for the
    decision's key, its authority's code and the portal's own id. `page+https://…{number}…`: a page.
    `site+https://…/`: 双公示专栏. `exchange:`, `file:`, `feed:`: what the portal's own adaptor wrote, read
    back. `feed+https://…/`: the feed where the site serves it. Raises `ConfigurationError`.
    """
    how, _, rest = probe.partition("+")
    if rest and urlsplit(rest).scheme in _WEB:
        match how:
            case "page":
                return HtmlPage(rest)
            case "site":
                return SiteQuery(rest)
            case "feed":
                return FeedEntry(rest)
    if urlsplit(probe).scheme in _WEB:
        return JsonQuery(probe)
    if probe in ("exchange:", "file:", "feed:") and url.startswith(probe):
        return _own(url, secret)
    raise ConfigurationError(
        "a probe is https://…{number}…, page+https://…{number}…, site+https://…/, feed+https://…/, or "
        "exchange:, file: or feed: where the portal's url is such"
    )


def _own(url: str, secret: str) -> Probe:
    parts = urlsplit(url)
    if parts.scheme == "exchange":
        return ExchangeRows(secret)
    folder = Path(unquote(parts.path))
    return DroppedFile(folder) if parts.scheme == "file" else FeedEntry(folder)
