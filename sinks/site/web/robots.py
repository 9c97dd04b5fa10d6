"""What search engines are told: which pages there are, without any natural person's."""

from aiohttp import web

from sinks.site.store import reading
from sinks.site.web import asking
from sinks.site.web.visit import Visit

IN_SITEMAP = 10_000
HOUR = 3600
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NOT_THEIRS = ("/decisions?", "/en/decisions?", "/decisions.", "/api/", "/suggest", "/live", "/window")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


async def robots(visit: Visit) -> web.StreamResponse:
    """Return robots.txt."""
    lines = (
        "User-agent: *",
        *(f"Disallow: {path}" for path in _NOT_THEIRS),
        f"Sitemap: {visit.base}/sitemap.xml",
    )
    body = "\n".join(lines).encode() + b"\n"
    return visit.answer(body, "text/plain", headers={"Cache-Control": f"public, max-age={HOUR}"})


async def index(visit: Visit) -> web.StreamResponse:
    """Return the list of sitemaps."""
    starts = await visit.office.library.ask(
        lambda connection: list(reading.sitemap_starts(connection, IN_SITEMAP))
    )
    maps = "".join(f"<sitemap><loc>{visit.base}/sitemap-{start}.xml</loc></sitemap>" for start in starts)
    return _xml(visit, f'<sitemapindex xmlns="{_NAMESPACE}">{maps}</sitemapindex>')


async def sitemap(visit: Visit) -> web.StreamResponse:
    """Return one sitemap; its address says after which decision it begins."""
    after = asking.row_number(visit.request.match_info["start"])
    if after is None:
        raise web.HTTPNotFound
    pages = await visit.office.library.ask(reading.listed, after=after, limit=IN_SITEMAP)
    urls = "".join(
        f"<url><loc>{visit.base}/decisions/{name}</loc><lastmod>{day}</lastmod></url>" for name, day in pages
    )
    return _xml(visit, f'<urlset xmlns="{_NAMESPACE}">{urls}</urlset>')


def _xml(visit: Visit, body: str) -> web.StreamResponse:
    return visit.answer(
        (_HEAD + body).encode(), "application/xml", headers={"Cache-Control": f"public, max-age={HOUR}"}
    )
