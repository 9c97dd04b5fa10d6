"""Takes a search along: CSV and JSON of any size, streamed, and an Atom feed of what is new in it."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Callable, Iterator
from uuid import NAMESPACE_URL, uuid5

import orjson
from aiohttp import web
from lxml import etree

from sinks.site.store import finding
from sinks.site.store.criteria import Place, Sort
from sinks.site.store.entries import Decision, utc
from sinks.site.web import asking, showing
from sinks.site.web.guards import OPEN
from sinks.site.web.visit import Visit

CHUNK = 500
IN_FEED = 50
ATOM = "http://www.w3.org/2005/Atom"
WRITE_S = 30.0
"""How long a reader may take for one piece; a slower one is left."""
_BOM = "\ufeff"
"""Without it Excel reads UTF-8 as something else."""


async def as_csv(visit: Visit) -> web.StreamResponse:
    """Stream a search as CSV."""
    base = visit.base

    def rows(decisions: tuple[Decision, ...]) -> bytes:
        text = io.StringIO()
        csv.writer(text).writerows(showing.as_row(one, base) for one in decisions)
        return text.getvalue().encode()

    head = io.StringIO()
    csv.writer(head).writerow(showing.COLUMNS.values())
    return await _streamed(visit, "csv", "text/csv", rows, ((_BOM + head.getvalue()).encode(), b""))


async def as_json(visit: Visit) -> web.StreamResponse:
    """Stream a search as one JSON document, `{"decisions": [...]}`, a decision a line."""
    base = visit.base
    parts = _commas()

    def rows(decisions: tuple[Decision, ...]) -> bytes:
        return b"".join(next(parts) + orjson.dumps(showing.as_json(one, base)) for one in decisions)

    return await _streamed(visit, "json", "application/json", rows, (b'{"decisions":[', b"\n]}\n"))


async def as_atom(visit: Visit) -> web.StreamResponse:
    """Return the newest of a search as an Atom feed (RFC 4287)."""
    asked = asking.read(visit.request.query)
    found = await visit.office.library.ask(finding.find, asked.criteria, Sort.NEWEST, Place(), IN_FEED)
    visit.see_named(asked.criteria.text, found.decisions)
    here = f"{visit.base}{visit.request.path_qs}"
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _add(feed, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, here)}")
    _add(feed, "title", "双公示专栏")
    _add(feed, "updated", max([utc(one.last_seen) for one in found.decisions] or [utc(visit.office.now())]))
    _add(_add(feed, "author"), "name", "双公示专栏")
    _add(feed, "link", rel="self", href=here)
    for one in found.decisions:
        told = showing.as_json(one, visit.base)
        entry = _add(feed, "entry")
        _add(entry, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, one.public_id)}")
        _add(entry, "title", one.number if one.withdrawn else f"{told['subject']} {one.number}")
        _add(entry, "updated", utc(one.last_seen))
        _add(entry, "published", utc(one.first_seen))
        _add(entry, "link", rel="alternate", type="text/html", href=told["url"])
        _add(entry, "summary", "已撤下" if one.withdrawn else one.authority)
    body: bytes = etree.tostring(feed, encoding="utf-8", xml_declaration=True)
    headers = {**_allowed(), "Cache-Control": "public, max-age=60", "X-Robots-Tag": "noindex"}
    return visit.answer(body, "application/atom+xml", headers=headers)


async def _streamed(
    visit: Visit,
    ending: str,
    kind: str,
    rows: Callable[[tuple[Decision, ...]], bytes],
    around: tuple[bytes, bytes],
) -> web.StreamResponse:
    pages = _pages(visit)
    first = await anext(pages, ())  # whatever fails at once is still an error page
    response = web.StreamResponse(
        headers={
            **_allowed(),
            "Content-Type": f"{kind}; charset=utf-8",
            "Content-Disposition": f'attachment; filename="gongshi.{ending}"',
            "Cache-Control": "no-store",
            "X-Robots-Tag": "noindex",
        }
    )
    if "gzip" in visit.request.headers.get("Accept-Encoding", ""):
        response.enable_compression(web.ContentCoding.gzip)
    await response.prepare(visit.request)
    await response.write(around[0] + rows(first))
    async for decisions in pages:
        await asyncio.wait_for(response.write(rows(decisions)), WRITE_S)
    await response.write(around[1])
    await response.write_eof()
    return response


async def _pages(visit: Visit) -> AsyncIterator[tuple[Decision, ...]]:
    asked = asking.read(visit.request.query)
    sort = Sort.NEWEST if asked.sort is Sort.RELEVANCE else asked.sort
    place: Place | None = Place()
    while place:
        found = await visit.office.library.ask(finding.find, asked.criteria, sort, place, CHUNK)
        visit.see_named(asked.criteria.text, found.decisions)
        yield found.decisions
        place = found.after


def _commas() -> Iterator[bytes]:
    yield b"\n"
    while True:
        yield b",\n"


def _allowed() -> dict[str, str]:
    return {**OPEN, "Access-Control-Allow-Origin": "*"}


def _add(parent: etree._Element, name: str, text: str = "", /, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    if text:
        element.text = "".join(sign for sign in text if sign.isprintable())
    return element
