"""A national platform to try against, as a real SOAP server: tokens, strict columns, ids, and faults."""

import asyncio
import hmac
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
from aiohttp import web

from sinks.reference.misbehaviour import Fault, Misbehaviour, Order, UnknownFaultError
from sinks.reference.national_messages import (
    BadRowError,
    Call,
    answer,
    fault,
    read_call,
    read_ids,
    read_rows,
)
from sinks.reference.national_store import DoubleError, NationalStore, UnknownRecordError
from sinks.soap_messages import IMPORTS, SERVICES, SUCCESS, UnreadableError
from streams.domain.stages import Kind

LARGEST_BODY = 4 * 1024 * 1024
EXPIRED, REFUSED, BUSY = "01", "02", "99"
TOKENS = "TokenWebService"
REMOVALS = {Kind.LICENCE: "removePermissionXml", Kind.PENALTY: "removePenalyXml"}


class ReferenceNational:
    """`POST /service/{service}` takes SOAP calls; the rest is to look at and to command it.

    `secret` is `account:password`, for which `TokenWebService` `getToken` gives a token. `GET /records`
    (`?number=`) shows what it has, `GET /statistics` what it counted; `POST /control` takes the orders of
    `Misbehaviour.order`, and `{"fault": "expire"}`: all tokens are void. A fault with status 200 is an
    answer with an error inside.
    """

    def __init__(self, secret: str, database_path: Path) -> None:
        self._secret = secret
        self._store = NationalStore(database_path)
        self._misbehaviour = Misbehaviour()
        self._tokens: set[str] = set()
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen, and return the port, which is a free one where `port` is 0."""
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_post("/service/{service}", self._take)
        app.router.add_get("/records", self._records)
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
        service = request.match_info["service"]
        try:
            call = read_call(await request.read())
        except UnreadableError as error:
            return _xml(500, fault("Client", str(error)))
        if service == TOKENS:
            return self._enter(call)
        self._store.count("received")
        if call.arguments.get("token") not in self._tokens:
            self._store.count("unauthorised")
            return _xml(200, answer(call.operation, code=EXPIRED, words="令牌无效或已过期"))
        order = self._misbehaviour.next(asyncio.get_running_loop().time())
        if order is None:
            return self._work(service, call)
        self._store.count("misbehaved")
        return await self._misbehave(order, request, call)

    async def _misbehave(self, order: Order, request: web.Request, call: Call) -> web.StreamResponse:
        service = request.match_info["service"]
        if order.fault is Fault.SLOW:
            await asyncio.sleep(order.delay)
            return self._work(service, call)
        if order.fault in (Fault.RESET, Fault.LIE_FAILED):
            done = self._work(service, call)
            if order.fault is Fault.LIE_FAILED:
                return web.Response(status=order.status, text="平台内部错误")
            if request.transport is not None:
                request.transport.abort()
            return done
        return _instead(order, call.operation)

    def _enter(self, call: Call) -> web.Response:
        told = f"{call.arguments.get('account')}:{call.arguments.get('password')}"
        if call.operation != "getToken" or not hmac.compare_digest(told.encode(), self._secret.encode()):
            self._store.count("unauthorised")
            return _xml(200, answer(call.operation, code=REFUSED, words=""))
        token = secrets.token_hex(16)
        self._tokens.add(token)
        return _xml(200, answer(call.operation, code=SUCCESS, words=token))

    def _work(self, service: str, call: Call) -> web.Response:
        kind = next((kind for kind, name in SERVICES.items() if name == service), None)
        if kind is None or call.operation not in (IMPORTS[kind], REMOVALS[kind]):
            return _xml(500, fault("Client", "没有这个方法"))
        xml = call.arguments.get("xml", "")
        try:
            if call.operation == IMPORTS[kind]:
                ids = self._store.take(kind, read_rows(kind, xml))
                return _xml(200, answer(call.operation, code=SUCCESS, ids=ids))
            self._store.remove(kind, read_ids(xml))
            return _xml(200, answer(call.operation, code=SUCCESS))
        except BadRowError as error:
            line, words = error.line, error.words
        except DoubleError as error:
            line, words = error.line, "文书号与相对人名称重复"
        except UnknownRecordError:
            line, words = 1, "没有这条记录"
        self._store.count("refused")
        return _xml(200, answer(call.operation, code=REFUSED, line=line, words=words))

    async def _records(self, request: web.Request) -> web.Response:
        return _json(200, self._store.records(request.query.get("number")))

    async def _statistics(self, _request: web.Request) -> web.Response:
        return _json(200, self._store.statistics())

    async def _control(self, request: web.Request) -> web.Response:
        try:
            told = orjson.loads(await request.read())
            if told.get("fault") == "expire":
                self._tokens.clear()
            else:
                self._misbehaviour.order(told, asyncio.get_running_loop().time())
        except (UnknownFaultError, orjson.JSONDecodeError, AttributeError) as error:
            return _json(400, {"error": str(error)})
        return _json(200, {"ok": True})


async def serve(
    host: str,
    port: int,
    secret: str,
    database_path: Path,
    *,
    ready: Callable[[int], None] = lambda _port: None,
) -> None:
    """Be the platform until cancelled; `ready` is told the port once it listens."""
    reference = ReferenceNational(secret, database_path)
    try:
        ready(await reference.start(host, port))
        await asyncio.Event().wait()
    finally:
        await reference.close()


def _instead(order: Order, operation: str) -> web.Response:
    match order.fault:
        case Fault.THROTTLE:
            return web.Response(status=429, text="请求过于频繁", headers={"Retry-After": order.retry_after})
        case Fault.REDIRECT:
            return web.Response(status=302, headers={"Location": "/elsewhere"})
        case Fault.LIE_ACCEPTED:
            return _xml(200, answer(operation, code=SUCCESS, ids=("nowhere",)))
        case _ if order.status == web.HTTPOk.status_code:
            return _xml(200, answer(operation, code=BUSY, words="系统繁忙"))
        case _:
            return web.Response(status=order.status, text="平台暂不可用")


def _xml(status: int, body: bytes) -> web.Response:
    return web.Response(status=status, body=body, content_type="text/xml", charset="utf-8")


def _json(status: int, body: Any) -> web.Response:
    return web.Response(status=status, body=orjson.dumps(body), content_type="application/json")
