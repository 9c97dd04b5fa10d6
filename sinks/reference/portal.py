"""A portal to try against, as a real HTTP server: it verifies, deduplicates, and misbehaves as told."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from aiohttp import web

from sinks.reference.door import Certificates, Door
from sinks.reference.leaks import leaks
from sinks.reference.misbehaviour import OF_THE_DOOR, Fault, Misbehaviour, UnknownFaultError
from sinks.reference.showing import shown
from sinks.reference.spoiling import UNAPPLIED, instead, spoilt
from sinks.reference.spoiling import answer_with as _answer
from sinks.reference.store import Applied, PortalStore
from sinks.signing import Signer
from streams.domain.stages import Action, PortalId

LARGEST_BODY = 4 * 1024 * 1024
MOST_LISTED = 1_000


class ReferencePortal:
    """One portal; `POST /decisions` takes deliveries, the rest is to look at and to command it.

    `GET /decisions/{key}` and `GET /decisions?kind=&department_code=&limit=&offset=` show what is public,
    `GET /statistics` what it counted, `POST /control` takes the orders of `Misbehaviour.order`.
    A `restricted` one takes full identifiers, and shows nobody anything.
    """

    def __init__(
        self,
        portal: PortalId,
        secret: str,
        database_path: Path,
        clock: Callable[[], datetime],
        *,
        restricted: bool = False,
    ) -> None:
        self._restricted = restricted
        self._signer = Signer(secret)
        self._store = PortalStore(portal, database_path)
        self._clock = clock
        self._misbehaviour = Misbehaviour()
        self._runner: web.AppRunner | None = None
        self._door: Door | None = None

    async def start(self, host: str, port: int, certificates: Certificates | None = None) -> int:
        """Listen, with `certificates` on TLS, and return the port, which is a free one where `port` is 0."""
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_post("/decisions", self._take)
        if not self._restricted:
            app.router.add_get("/decisions", self._list)
            app.router.add_get("/decisions/{key:.+}", self._show)
        app.router.add_get("/statistics", self._statistics)
        app.router.add_post("/control", self._control)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        self._door = Door(self._runner, host, certificates)
        await self._door.open(port)
        return self._door.port

    async def close(self) -> None:
        """Stop listening and close the file."""
        if self._door is not None:
            await self._door.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        self._store.close()

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read()
        if not self._signer.verified(body, request.headers):
            self._store.count("unauthorised")
            return _answer(401, {"error": "签名或时间戳不正确"})
        answer = await self._answered(request, body)
        answer.headers["webhook-id"] = request.headers["webhook-id"]
        return answer

    async def _answered(self, request: web.Request, body: bytes) -> web.Response:
        order = self._misbehaviour.next(asyncio.get_running_loop().time())
        if order is None:
            return self._work(request, body)
        self._store.count("misbehaved")
        if order.fault is Fault.SLOW:
            await asyncio.sleep(order.delay)
            return self._work(request, body)
        if order.fault in UNAPPLIED:
            return instead(request, order)
        return spoilt(request, order, self._work(request, body))

    def _work(self, request: web.Request, body: bytes) -> web.Response:
        together = _batch(body)
        if together is None:
            return _answer(*self._taken(request.headers["webhook-id"], body))
        answers = []
        for one in together:
            status, told = self._taken(one["id"], orjson.dumps(one["content"]))
            said = {"remote_id": told["id"]} if "id" in told else {"error": told["error"]}
            answers.append({"id": one["id"], "status": status, **said})
        return _answer(200, {"answers": answers})

    def _taken(self, webhook_id: str, body: bytes) -> tuple[int, dict[str, Any]]:
        wrong, told = _read(body, restricted=self._restricted)
        if wrong:
            self._store.count("refused")
            return 422, {"error": wrong}
        return 200, _confirmation(self._store.apply(webhook_id, body, told, self._clock()))

    async def _show(self, request: web.Request) -> web.Response:
        row = self._store.decision(request.match_info["key"])
        order = self._misbehaviour.next(asyncio.get_running_loop().time(), showing=True)
        status, body = shown(row, order)
        return web.Response(status=status, body=body, content_type="application/json")

    async def _list(self, request: web.Request) -> web.Response:
        try:
            limit = min(int(request.query.get("limit", "100")), MOST_LISTED)
            offset = int(request.query.get("offset", "0"))
        except ValueError:
            return _answer(400, {"error": "limit 和 offset 应为数字"})
        return _answer(200, self._store.decisions(request.query, limit=limit, offset=offset))

    async def _statistics(self, _request: web.Request) -> web.Response:
        return _answer(200, self._store.statistics())

    async def _control(self, request: web.Request) -> web.Response:
        try:
            told = orjson.loads(await request.read())
            if self._door is not None and told.get("fault") in OF_THE_DOOR:
                seconds = float(told.get("seconds", 1))
                await self._door.misbehave(Fault(told["fault"]), seconds, request.transport)
            else:
                self._misbehaviour.order(told, asyncio.get_running_loop().time())
        except (UnknownFaultError, orjson.JSONDecodeError, AttributeError) as error:
            return _answer(400, {"error": str(error)})
        return _answer(200, {"ok": True})


async def serve(
    portal: PortalId,
    host: str,
    port: int,
    secret: str,
    database_path: Path,
    *,
    clock: Callable[[], datetime],
    ready: Callable[[int], None] = lambda _port: None,
    restricted: bool = False,
) -> None:
    """Be a portal until cancelled; `ready` is told the port once it listens."""
    reference = ReferencePortal(portal, secret, database_path, clock, restricted=restricted)
    try:
        ready(await reference.start(host, port))
        await asyncio.Event().wait()
    finally:
        await reference.close()


def _batch(body: bytes) -> list[Any] | None:
    """Return the deliveries of a batch, see `sinks.http_batch`; None for one of its own."""
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return told["deliveries"] if isinstance(told, dict) and told.get("type") == "batch" else None


def _read(body: bytes, *, restricted: bool) -> tuple[str, Mapping[str, Any]]:
    """Return what is wrong with a body, or "", and what it tells."""
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError:
        return "不是 JSON", {}
    if not isinstance(told, dict) or not isinstance(told.get("columns"), dict):
        return "缺少 columns", {}
    texts = all(isinstance(told.get(name), str) and told[name] for name in ("event_id", "decision_key"))
    if not texts or type(told.get("revision")) is not int or told.get("action") not in list(Action):
        return "event_id、decision_key、revision 或 action 不正确", {}
    leaking = () if restricted else leaks({**told["columns"], "reason": told.get("reason")})
    if leaking:
        return f"含有个人信息的字段: {'、'.join(leaking)}", {}
    return "", told


def _confirmation(done: Applied) -> dict[str, Any]:
    return {"id": done.remote_id, "duplicate": done.duplicate, "applied": not (done.duplicate or done.stale)}
