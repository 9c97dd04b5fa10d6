"""A portal to try against, as a real HTTP server: it verifies, deduplicates, and misbehaves as told."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from aiohttp import web
from standardwebhooks import Webhook, WebhookVerificationError

from sinks.reference.leaks import leaks
from sinks.reference.misbehaviour import Fault, Misbehaviour, UnknownFaultError
from sinks.reference.showing import shown
from sinks.reference.store import Applied, PortalStore
from streams.domain.stages import Action, PortalId

LARGEST_BODY = 4 * 1024 * 1024
MOST_LISTED = 1_000
BEFORE = frozenset({Fault.FAIL, Fault.THROTTLE, Fault.LIE_ACCEPTED, Fault.REDIRECT})
"""Faults that keep a portal from applying what it got."""


class ReferencePortal:
    """One portal; `POST /decisions` takes deliveries, the rest is to look at and to command it.

    `GET /decisions/{key}` and `GET /decisions?kind=&department_code=&limit=&offset=` show what is public,
    `GET /statistics` what it counted, `POST /control` takes the orders of `Misbehaviour.order`.
    """

    def __init__(
        self, portal: PortalId, secret: str, database_path: Path, clock: Callable[[], datetime]
    ) -> None:
        self._webhook = Webhook(secret)
        self._store = PortalStore(portal, database_path)
        self._clock = clock
        self._misbehaviour = Misbehaviour()
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen, and return the port, which is a free one where `port` is 0."""
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_post("/decisions", self._take)
        app.router.add_get("/decisions", self._list)
        app.router.add_get("/decisions/{key:.+}", self._show)
        app.router.add_get("/statistics", self._statistics)
        app.router.add_post("/control", self._control)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        return int(self._runner.addresses[0][1])

    async def close(self) -> None:
        """Stop listening and close the file."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        self._store.close()

    async def _take(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        try:
            self._webhook.verify(body, dict(request.headers), json_parse=False)
        except (WebhookVerificationError, ValueError):
            self._store.count("unauthorised")
            return _answer(401, {"error": "签名或时间戳不正确"})
        order = self._misbehaviour.next(asyncio.get_running_loop().time())
        if order is None:
            return self._work(request, body)
        self._store.count("misbehaved")
        if order.fault is Fault.SLOW:
            await asyncio.sleep(order.delay)
            return self._work(request, body)
        if order.fault in BEFORE:
            return _instead(order.fault, order.status, order.retry_after)
        answer = self._work(request, body)
        if order.fault is Fault.RESET:
            if request.transport is not None:
                request.transport.abort()
            return answer
        return _answer(order.status, {"error": "平台内部错误"})

    def _work(self, request: web.Request, body: bytes) -> web.Response:
        wrong, told = _read(body)
        if wrong:
            self._store.count("refused")
            return _answer(422, {"error": wrong})
        done = self._store.apply(request.headers["webhook-id"], body, told, self._clock())
        return _answer(200, _confirmation(done))

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
) -> None:
    """Be a portal until cancelled; `ready` is told the port once it listens."""
    reference = ReferencePortal(portal, secret, database_path, clock)
    try:
        ready(await reference.start(host, port))
        await asyncio.Event().wait()
    finally:
        await reference.close()


def _answer(status: int, body: Any) -> web.Response:
    return web.Response(status=status, body=orjson.dumps(body), content_type="application/json")


def _instead(fault: Fault, status: int, retry_after: str) -> web.Response:
    answers = {
        Fault.FAIL: _answer(status, {"error": "平台暂不可用"}),
        Fault.THROTTLE: _answer(429, {"error": "请求过于频繁"}),
        Fault.LIE_ACCEPTED: _answer(200, {"id": "nowhere"}),
        Fault.REDIRECT: _answer(302, {"error": "已迁移"}),
    }
    answer = answers[fault]
    if fault is Fault.THROTTLE:
        answer.headers["Retry-After"] = retry_after
    if fault is Fault.REDIRECT:
        answer.headers["Location"] = "/elsewhere"
    return answer


def _read(body: bytes) -> tuple[str, Mapping[str, Any]]:
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
    leaking = leaks({**told["columns"], "reason": told.get("reason")})
    if leaking:
        return f"含有个人信息的字段: {'、'.join(leaking)}", {}
    return "", told


def _confirmation(done: Applied) -> dict[str, Any]:
    return {"id": done.remote_id, "duplicate": done.duplicate, "applied": not (done.duplicate or done.stale)}
