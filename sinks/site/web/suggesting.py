"""Suggests what somebody may be looking for while they type."""

from collections.abc import Iterable, Sequence

import orjson
from aiohttp import web

from sinks.site.store import reading
from sinks.site.web.asking import LONGEST_TEXT
from sinks.site.web.filters import departments
from sinks.site.web.openapi import JSON
from sinks.site.web.speech import Speech
from sinks.site.web.visit import Visit

SHORTEST = 2
"""Characters; one alone stands in nearly every name."""
SUBJECTS = 6
OTHERS = 3
"""Authorities, and items."""
KEPT_S = 60

Suggestion = tuple[str, str, str]
"""Name, kind ("" for a subject), address."""


async def suggest(visit: Visit) -> web.StreamResponse:
    """Return subjects, never natural persons, authorities and items whose names hold what was typed."""
    text = visit.request.query.get("q", "").strip()[:LONGEST_TEXT]
    speech = Speech(english=visit.request.query.get("lang") == "en")
    found: list[Suggestion] = []
    if len(text) >= SHORTEST:
        names = await visit.office.library.ask(reading.suggestions, text, SUBJECTS)
        found = [(name, "", speech.link("/decisions", q=name)) for name in names]
        found += _of_catalogue(visit, text, speech)
    body = orjson.dumps([{"name": name, "kind": speech(kind), "url": url} for name, kind, url in found])
    return visit.answer(body, JSON, headers={"Cache-Control": f"public, max-age={KEPT_S}"})


def _of_catalogue(visit: Visit, text: str, speech: Speech) -> Sequence[Suggestion]:
    bodies = departments(visit.office.catalogue())
    authorities = ((one.name, "决定机关", speech.link(f"/authorities/{one.code}")) for one in bodies)
    items = (
        (item.name, "事项", speech.link("/decisions", authority=one.code, item=item.code))
        for one in bodies
        for item in one.items
    )
    return [*_some(authorities, text), *_some(items, text)]


def _some(named: Iterable[Suggestion], text: str) -> Sequence[Suggestion]:
    return [one for one in named if text in one[0]][:OTHERS]
