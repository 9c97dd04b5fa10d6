"""What every request goes through: an id, a problem for every failure, a count, and whose token it shows."""

import logging
import traceback
from collections.abc import Awaitable, Callable

import orjson
from aiohttp import web
from aiohttp.typedefs import Middleware

from connectors.http.ports import Office
from connectors.http.problems import (
    AWAY,
    DEPARTMENT_UNKNOWN,
    FAULTY,
    MEDIA_TYPE,
    METHOD,
    NO_TOKEN,
    NOT_FOUND,
    TOKEN_UNKNOWN,
    TOO_LARGE,
    UPLOAD_BROKEN,
    Problem,
    ProblemError,
)
from streams.domain.errors import RefusedError, UnavailableError

log = logging.getLogger(__name__)

REQUEST_ID = web.RequestKey("request_id", str)
RETRY_S = 5.0
_BY_STATUS = {404: NOT_FOUND, 405: METHOD, 413: TOO_LARGE}
_SAFE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def guard(office: Office) -> Middleware:
    """Return the middleware. A log line has the route's name: a path can hold a person's name."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        began, instance = office.clock(), office.new_id()
        request[REQUEST_ID] = instance
        try:
            response = await handler(request)
        except ProblemError as error:
            response = problem_response(error.problem, instance)
        except UnavailableError as error:
            log.warning("request %s: %s", instance, error)
            response = problem_response(AWAY.after(RETRY_S), instance)
        except RefusedError as error:
            log.error("request %s: %s", instance, error)  # noqa: TRY400 -- it says all that can be said
            response = problem_response(FAULTY, instance)
        except web.HTTPException as error:
            problem = _BY_STATUS.get(error.status, UPLOAD_BROKEN)
            response = problem_response(problem, instance)
            if "Allow" in error.headers:
                response.headers["Allow"] = error.headers["Allow"]
        except Exception as error:  # noqa: BLE001 -- the edge: one request must not end the others
            log.error("request %s failed: %s", instance, _place_of(error))  # noqa: TRY400 -- may quote a row
            response = problem_response(FAULTY, instance)
        if request.body_exists and not request.content.is_eof():
            response.force_close()  # what is left of the body may be broken or endless
        response.headers.update(_SAFE)
        response.headers["Request-Id"] = instance
        route = request.match_info.route.name or "other"
        seconds = office.clock() - began
        office.observer.answered(route=route, status=response.status, seconds=seconds)
        log.info("request %s: %s %d in %.3f s", instance, route, response.status, seconds)
        return response

    return guarded


def department_of(request: web.Request, office: Office) -> str:
    """Return whose token the request shows. Raises `ProblemError`: 401, or 403 for no department."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise ProblemError(NO_TOKEN)
    department = office.tokens().department_of(token.strip())
    if department is None:
        raise ProblemError(TOKEN_UNKNOWN)
    if department not in office.departments():
        raise ProblemError(DEPARTMENT_UNKNOWN)
    return department


def problem_response(problem: Problem, instance: str) -> web.Response:
    """Return a problem as an answer."""
    body = orjson.dumps(problem.body(instance))
    return web.Response(
        status=problem.status, body=body, content_type=MEDIA_TYPE, headers=dict(problem.headers)
    )


def _place_of(error: Exception) -> str:
    """Return where in the program an error arose; its own text may quote a row."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} {frame.name}:{frame.lineno}"
