"""The addresses of the HTTP intake."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import orjson
from aiohttp import web

from connectors.desk import Desk
from connectors.http.answers import Tally, media_type_of
from connectors.http.counter import HandIn, hand_in
from connectors.http.guards import REQUEST_ID, RETRY_S, department_of, guard
from connectors.http.lanes import Lanes
from connectors.http.ports import Office, Path
from connectors.http.problems import (
    AWAY,
    DECISION_UNKNOWN,
    IN_FLIGHT,
    KEY_MALFORMED,
    KEY_REUSED,
    ProblemError,
)
from connectors.http.throttle import Room, Throttle
from connectors.http.uploads import Upload, received
from streams.domain.errors import UnavailableError
from streams.domain.folding import code
from streams.replays import LEASE, Answered, Asked, InFlight, Reused, Started

IDEMPOTENCY_KEY = "Idempotency-Key"
MORE_S = 3.0
"""How long uploads go on once the process is to end; see `server.FINISH_S`."""
_KEY = re.compile(r"[!-~]{1,200}")


@dataclass(slots=True, kw_only=True)
class Service:
    """Answers requests; one loop, the desks in threads of their own."""

    office: Office
    desks: Sequence[Desk]
    throttle: Throttle
    room: Room
    lanes: Lanes = field(init=False)
    _ends_at: float | None = field(init=False, default=None)
    """When what is still at work stops, by the office's clock; None while nothing is to end."""

    def __post_init__(self) -> None:
        self.lanes = Lanes(self.desks)

    def application(self) -> web.Application:
        """Return the application, to be run once."""
        app = web.Application(middlewares=[guard(self.office)])
        app.add_routes(
            [
                web.post("/v1/decisions", self._post, name="decisions"),
                web.get("/v1/decisions/{key:.+}", self._get, name="decision"),
                web.get("/v1/openapi.json", self._document, name="openapi"),
                web.get("/healthz", partial(_health, self.office.live), name="health"),
                web.get("/readyz", partial(_health, self._missing), name="ready"),
            ]
        )
        return app

    def end(self) -> None:
        """Take nothing more; an upload that is still at work after 3 s stops, and is told to come again."""
        self._ends_at = self.office.clock() + MORE_S

    def _missing(self) -> Sequence[str]:
        return self.office.ready() if self._ends_at is None else ("is to end",)

    def _over(self) -> bool:
        return self._ends_at is not None and self.office.clock() > self._ends_at

    async def _post(self, request: web.Request) -> web.Response:
        department = department_of(request, self.office)
        self.throttle.take(department)
        key = _key_of(request)
        if self._missing():
            raise ProblemError(AWAY.after(RETRY_S))
        with self.room.enter(department):
            async with received(request, self.office.limits) as upload:
                answer = await self._answer(upload, department, key, request[REQUEST_ID])
        return web.Response(status=answer.status, body=answer.body, content_type=media_type_of(answer))

    async def _answer(self, upload: Upload, department: str, key: str | None, instance: str) -> Answered:
        if key is None:
            revision = int(self.office.now().timestamp() * 1000)
            about = HandIn(department=department, reference=instance, sha256=upload.sha256, revision=revision)
            return (await self._hand_in(upload, about)).answer(instance)
        asked = Asked(department=department, key=key, sha256=upload.sha256)
        begun = await asyncio.to_thread(self.office.replays.begin, asked)
        match begun:
            case Answered():
                return begun
            case InFlight():
                raise ProblemError(IN_FLIGHT.after(LEASE.total_seconds() / 3))
            case Reused():
                raise ProblemError(KEY_REUSED)
            case Started():
                return await self._remembered(upload, asked, begun, instance)

    async def _remembered(self, upload: Upload, asked: Asked, begun: Started, instance: str) -> Answered:
        about = HandIn(
            department=asked.department, reference=asked.key, sha256=asked.sha256, revision=begun.revision
        )
        replays = self.office.replays
        try:
            async with _renewing(partial(replays.renew, asked, begun.owner)):
                answer = (await self._hand_in(upload, about)).answer(instance)
        except BaseException:
            with suppress(UnavailableError):  # the lease ends by itself
                await asyncio.shield(asyncio.to_thread(replays.give_up, asked, begun.owner))
            raise
        await asyncio.to_thread(replays.finish, asked, begun.owner, answer)
        return answer

    async def _hand_in(self, upload: Upload, about: HandIn) -> Tally:
        tally = await self.lanes.run(lambda desk: hand_in(desk, upload, about, ending=self._over))
        self.office.observer.rows(accepted=tally.accepted, refused=tally.refused)
        return tally

    async def _get(self, request: web.Request) -> web.Response:
        department = department_of(request, self.office)
        self.throttle.take(department)
        found = await asyncio.to_thread(self.office.paths, request.match_info["key"])
        own = [one for one in found if _owner(one) == department]
        if not own:
            raise ProblemError(DECISION_UNKNOWN)
        return web.Response(body=orjson.dumps(own), content_type="application/json")

    async def _document(self, _request: web.Request) -> web.Response:
        return web.Response(body=orjson.dumps(self.office.document()), content_type="application/json")


async def _health(check: Any, _request: web.Request) -> web.Response:
    reasons = list(check())
    return web.json_response({"ok": not reasons, "reasons": reasons}, status=503 if reasons else 200)


def _key_of(request: web.Request) -> str | None:
    keys = request.headers.getall(IDEMPOTENCY_KEY, [])
    if not keys:
        return None
    if len(keys) > 1 or not _KEY.fullmatch(keys[0]):
        raise ProblemError(KEY_MALFORMED)
    return keys[0]


def _owner(path: Path) -> str:
    return code(path.department_code)


@asynccontextmanager
async def _renewing(renew: Any) -> AsyncIterator[None]:
    """Renew the lease while the work lasts; should that fail, another try of it does no harm."""

    async def go_on() -> None:
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 3)
            await asyncio.to_thread(renew)

    task = asyncio.create_task(go_on())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
