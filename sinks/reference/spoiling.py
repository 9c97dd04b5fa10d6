"""What a reference portal answers when it is told to misbehave, instead of its work or after it."""

import asyncio
from typing import Any

import orjson
from aiohttp import web

from sinks.reference.misbehaviour import Fault, Order

UNAPPLIED = frozenset(
    {Fault.FAIL, Fault.THROTTLE, Fault.LIE_ACCEPTED, Fault.REDIRECT, Fault.DROP, Fault.ERROR_INSIDE}
)
"""Faults that keep a portal from applying what it got."""


def answer_with(status: int, body: Any) -> web.Response:
    """Return an answer in JSON."""
    return web.Response(status=status, body=orjson.dumps(body), content_type="application/json")


def instead(request: web.Request, order: Order) -> web.Response:
    """Return the answer to a request that is not applied."""
    answers = {
        Fault.FAIL: answer_with(order.status, {"error": "平台暂不可用"}),
        Fault.THROTTLE: answer_with(429, {"error": "请求过于频繁"}),
        Fault.LIE_ACCEPTED: answer_with(200, {"id": "nowhere"}),
        Fault.REDIRECT: answer_with(302, {"error": "已迁移"}),
        Fault.DROP: answer_with(503, {}),  # nobody hears it
        Fault.ERROR_INSIDE: answer_with(200, {"error": "数据库写入失败"}),
    }
    answer = answers[order.fault]
    if order.fault is Fault.THROTTLE:
        answer.headers["Retry-After"] = order.retry_after
    if order.fault is Fault.REDIRECT:
        answer.headers["Location"] = "/elsewhere"
    if order.fault is Fault.DROP:
        _drop(request)
    return answer


def spoilt(request: web.Request, order: Order, answer: web.Response) -> web.Response:
    """Return the answer to a request that was applied, and would have got `answer`."""
    match order.fault:
        case Fault.RESET:
            _drop(request)
        case Fault.TWICE:
            asyncio.get_running_loop().call_later(order.delay, _say_again, request, answer)
        case Fault.KNOWN:
            return answer_with(answer.status, _all_known(_told(answer)))
        case Fault.WRONG_ID:
            return answer_with(answer.status, _of_others(_told(answer)))
        case _:
            return answer_with(order.status, {"error": "平台内部错误"})
    return answer


def _drop(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


def _say_again(request: web.Request, answer: web.Response) -> None:
    if request.transport is not None:
        lines = [f"{name}: {value}" for name, value in answer.headers.items()]
        head = "\r\n".join([f"HTTP/1.1 {answer.status} OK", *lines, "", ""])
        request.transport.write(head.encode() + bytes(answer.body or b""))  # type: ignore[arg-type]  # bytes, as made above


def _told(answer: web.Response) -> dict[str, Any]:
    told: dict[str, Any] = orjson.loads(bytes(answer.body or b"{}"))  # type: ignore[arg-type]  # bytes, as made above
    return told


def _all_known(told: dict[str, Any]) -> dict[str, Any]:
    return {**told, "duplicate": True, "applied": False} if "id" in told else told


def _of_others(told: dict[str, Any]) -> dict[str, Any]:
    if "answers" in told:
        return {"answers": [{**one, "id": f"other:{one['id']}"} for one in told["answers"]]}
    return {**told, "id": "other"} if "id" in told else told
