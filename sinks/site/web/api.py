"""The JSON interface, its description, and the page about it."""

from collections.abc import Mapping
from typing import Any

import orjson
from aiohttp import web

from sinks.site.store import finding, reading
from sinks.site.web import asking, showing
from sinks.site.web.guards import OPEN
from sinks.site.web.openapi import JSON, MEANINGS, MOST, PARAMETERS, document
from sinks.site.web.visit import Visit

PROBLEM = "application/problem+json"
USUAL = 20
_READ_BY_ALL = {**OPEN, "Access-Control-Allow-Origin": "*"}


async def decisions(visit: Visit) -> web.StreamResponse:
    """Return a page of a search; `next` is the address of the following one."""
    query = visit.request.query
    asked = asking.read(query)
    size = query.get("size", "")
    limit = min(MOST, max(1, int(size))) if size.isascii() and size.isdigit() and len(size) < 5 else USUAL  # noqa: PLR2004 -- digits of a size
    if asked.problems:
        return _problem(visit, asked.problems)
    found = await visit.office.library.ask(finding.find, asked.criteria, asked.sort, asked.place, limit)
    visit.see_named(asked.criteria.text, found.decisions)
    following = {**asked.query, **({"size": str(limit)} if size else {}), **asking.place_query(found.after)}
    path = visit.speech.address("/api/v1/decisions", following)
    body = {
        "decisions": [showing.as_json(one, visit.base) for one in found.decisions],
        "count": found.count,
        "more_than_count": found.more,
        "about": found.about,
        "sort": str(found.sort),
        "next": f"{visit.base}{path}" if found.after else None,
    }
    return visit.answer(
        orjson.dumps(body), JSON, headers={**_READ_BY_ALL, "Cache-Control": "public, max-age=15"}
    )


async def decision(visit: Visit) -> web.StreamResponse:
    """Return one decision with all its public columns."""
    told = await visit.office.library.ask(reading.one, visit.request.match_info["id"])
    if told is None:
        return _problem(visit, {"id": "没有这个决定"}, status=404)
    found, history = told
    if found.natural:
        visit.see_person()
    keep = "private, no-store" if found.natural else "public, max-age=15"
    headers = {**_READ_BY_ALL, "Cache-Control": keep, "X-Robots-Tag": "noindex"}
    return visit.answer(orjson.dumps(showing.as_json(found, visit.base, history)), JSON, headers=headers)


async def openapi(visit: Visit) -> web.StreamResponse:
    """Return the OpenAPI 3.1 document of this interface."""
    body = orjson.dumps(document(visit.base), option=orjson.OPT_INDENT_2)
    return visit.answer(body, JSON, headers={**_READ_BY_ALL, "Cache-Control": "public, max-age=3600"})


async def developers(visit: Visit) -> web.StreamResponse:
    """Explain the interface, the downloads, the feed and the window."""
    return visit.page("developers.html", keep_s=3600, **_described(visit))


def _described(visit: Visit) -> Mapping[str, Any]:
    """Return what the page about the interface says; parameters and fields are those of the document."""
    return {
        "base": visit.base,
        "name": "双公示专栏",
        "example": "食品",
        "parameters": [(name, meaning) for name, (_, meaning) in PARAMETERS.items()],
        "properties": list(MEANINGS.items()),
    }


def _problem(visit: Visit, problems: Any, status: int = 400) -> web.StreamResponse:
    body = {"title": "请求有误", "status": status, "problems": dict(problems)}
    return visit.answer(orjson.dumps(body), PROBLEM, status=status, headers=_READ_BY_ALL)
