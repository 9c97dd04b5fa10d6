"""The site's routes, each in both languages, and its static files."""

import mimetypes
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus

from aiohttp import web

from sinks.site.web import api, exports, overviews, pages, robots, suggesting
from sinks.site.web.guards import Turnstile, guard
from sinks.site.web.live import Live
from sinks.site.web.office import Office
from sinks.site.web.rendering import STATIC, static
from sinks.site.web.speech import PREFIX, speech_of
from sinks.site.web.visit import Handler, Visit

FOR_EVER = "public, max-age=31536000, immutable"
PEOPLE: Mapping[str, tuple[str, Handler]] = {
    "home": ("/", pages.home),
    "results": ("/decisions", pages.results),
    "decision": ("/decisions/{id:[0-9a-f]{24}}", pages.decision),
    "about": ("/about", pages.about),
    "subject": ("/subjects/{code:[0-9A-Z]{18}}", overviews.subject),
    "authorities": ("/authorities", overviews.authorities),
    "authority": ("/authorities/{code:[0-9A-Z]{1,32}}", overviews.authority),
    "statistics": ("/statistics", overviews.statistics),
    "developers": ("/developers", api.developers),
    "window": ("/window", overviews.window),
    "fragment": ("/window/fragment", overviews.fragment),
}
"""Name → address and handler of pages, which exist in both languages."""
MACHINES: Mapping[str, tuple[str, Handler]] = {
    "csv": ("/decisions.csv", exports.as_csv),
    "json": ("/decisions.json", exports.as_json),
    "atom": ("/decisions.atom", exports.as_atom),
    "api-decisions": ("/api/v1/decisions", api.decisions),
    "api-decision": ("/api/v1/decisions/{id:[0-9a-f]{24}}", api.decision),
    "openapi": ("/api/v1/openapi.json", api.openapi),
    "suggest": ("/suggest", suggesting.suggest),
    "robots": ("/robots.txt", robots.robots),
    "sitemaps": ("/sitemap.xml", robots.index),
    "sitemap": ("/sitemap-{start:[0-9]+}.xml", robots.sitemap),
}
"""The same of what is read by programs, in one language."""


def application(office: Office, turnstile: Turnstile, live: Live) -> web.Application:
    """Return the whole site; `live` has to be run beside it."""
    app = web.Application(middlewares=[guard(office, turnstile)], client_max_size=1024)

    def of(handler: Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def answered(request: web.Request) -> web.StreamResponse:
            speech, path = speech_of(request.path)
            return await handler(Visit(request=request, office=office, speech=speech, path=path))

        return answered

    for name, (path, handler) in PEOPLE.items():
        app.router.add_get(path, of(handler), name=name)
        app.router.add_get(f"{PREFIX}{path}", of(handler), name=f"en-{name}")
    for name, (path, handler) in {**MACHINES, "live": ("/live", live.serve)}.items():
        app.router.add_get(path, of(handler), name=name)
    app.router.add_get(PREFIX, of(_english), name="en")
    for file in sorted(STATIC.iterdir()):
        app.router.add_get(static(file.name), of(_file(file.name)), name=f"static-{file.name}")
    return app


async def _english(_visit: Visit) -> web.StreamResponse:
    """Lead to the first page in English, whose address ends with a slash."""
    return web.Response(status=HTTPStatus.PERMANENT_REDIRECT, headers={"Location": f"{PREFIX}/"})


def _file(name: str) -> Handler:
    body = (STATIC / name).read_bytes()
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"

    async def file(visit: Visit) -> web.StreamResponse:
        return visit.answer(body, kind, headers={"Cache-Control": FOR_EVER}, lasting=True)

    return file
