"""What every request goes through: limits, headers of safety, an error page for every failure, a count."""

import logging
import traceback
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Middleware

from sinks.site.web.office import Office
from sinks.site.web.speech import speech_of
from sinks.site.web.visit import Visit, visitor_of
from streams.domain.errors import UnavailableError

log = logging.getLogger(__name__)

MOST_VISITORS = 20_000
RETRY_S = 5
_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "gongshi",
}
OPEN = {
    "Content-Security-Policy": _HEADERS["Content-Security-Policy"].replace(
        "frame-ancestors 'none'", "frame-ancestors *"
    ),
    "X-Frame-Options": "",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""For what other sites may embed or read."""

Next = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Turnstile:
    """Lets each visitor pass `burst` times at once and `rate` times a second in the long run."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float]) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._visitors: OrderedDict[str, _Bucket] = OrderedDict()

    def passes(self, visitor: str) -> bool:
        """Tell whether a visitor may pass now."""
        now = self._clock()
        bucket = self._visitors.pop(visitor, None) or _Bucket(self._burst, now)
        bucket.left = min(self._burst, bucket.left + (now - bucket.at) * self._rate)
        bucket.at = now
        allowed = bucket.left >= 1
        if allowed:
            bucket.left -= 1
        self._visitors[visitor] = bucket
        if len(self._visitors) > MOST_VISITORS:
            self._visitors.popitem(last=False)
        return allowed


def guard(office: Office, turnstile: Turnstile) -> Middleware:
    """Return the middleware. Log lines have the route's name: an address can hold a person's name."""

    @web.middleware
    async def guarded(request: web.Request, handler: Next) -> web.StreamResponse:
        began = office.clock()
        if request.method not in ("GET", "HEAD"):
            response = failed(request, office, 405)
            response.headers["Allow"] = "GET, HEAD"
        elif not turnstile.passes(visitor_of(request, office.proxies)):
            response = failed(request, office, 429)
        else:
            response = await _answered(request, handler, office)
        if not response.prepared:
            for name, value in _HEADERS.items():
                response.headers.setdefault(name, value)
            if not response.headers["X-Frame-Options"]:
                del response.headers["X-Frame-Options"]
        office.observer.answered(
            route=route_of(request), status=response.status, seconds=office.clock() - began
        )
        return response

    return guarded


async def _answered(request: web.Request, handler: Next, office: Office) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as error:
        return failed(request, office, error.status)
    except UnavailableError as error:
        log.warning("%s: %s", route_of(request), error)
        return failed(request, office, 503)
    except Exception as error:  # noqa: BLE001 -- the edge: one request must not end the others
        frame = traceback.extract_tb(error.__traceback__)[-1]
        log.error(  # noqa: TRY400 -- its text may quote a row
            "%s failed: %s %s:%d", route_of(request), type(error).__name__, frame.name, frame.lineno or 0
        )
        return failed(request, office, 500)


def failed(request: web.Request, office: Office, status: int) -> web.StreamResponse:
    """Return the page that says what went wrong and what to do."""
    speech, path = speech_of(request.path)
    visit = Visit(request=request, office=office, speech=speech, path=path)
    response = visit.page("error.html", status=status, hidden=True, number=status)
    if status in (429, 503):
        response.headers["Retry-After"] = str(RETRY_S)
    return response


def route_of(request: web.Request) -> str:
    """Return the route's name for logs and counts, `other` for an address that does not exist."""
    return (request.match_info.route.name or "other").removeprefix("en-")
