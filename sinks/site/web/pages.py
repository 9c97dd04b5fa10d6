"""The pages for people: the newest, searches, a decision."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from sinks.site.store import finding, reading
from sinks.site.store.criteria import Criteria, Place, Sort
from sinks.site.store.entries import Decision
from sinks.site.store.finding import Found
from sinks.site.web import asking, filters
from sinks.site.web.asking import Asked
from sinks.site.web.rendering import day
from sinks.site.web.speech import Speech
from sinks.site.web.visit import Visit
from streams.domain.columns import TEMPLATES, Form, Publicity
from streams.domain.enumerations import STATES
from streams.domain.values import read_last_day

SIZE = 20
_VALID, _LICENCE_STATE = "1", "XK_ZT"


async def home(visit: Visit) -> web.StreamResponse:
    """Show the newest decisions; the page grows by itself where scripts run."""
    found = await visit.office.library.ask(finding.find, Criteria(), Sort.NEWEST, Place(), SIZE)
    turn = await visit.office.library.ask(reading.last_turn)
    asked = asking.read({})
    offered = filters.choices(visit.office.catalogue(), asked)
    return visit.page("home.html", found=found, turn=turn, asked=asked, **offered)


async def results(visit: Visit) -> web.StreamResponse:
    """Show what was searched for, at an address that can be shared."""
    asked = asking.read(visit.request.query)
    if not all(visit.request.query.values()):  # a form sends its empty fields, too
        return visit.elsewhere("/decisions", asked.query)
    found = await visit.office.library.ask(finding.find, asked.criteria, asked.sort, asked.place, SIZE)
    visit.see_named(asked.criteria.text, found.decisions)
    catalogue, first = visit.office.catalogue(), asked.place == Place()
    return visit.page(
        "results.html",
        found=found,
        asked=asked,
        hidden=bool(asked.query) or not first,
        conditions=filters.conditions(catalogue, asked, visit.speech),
        related=filters.related(catalogue, asked) if first else (),
        **_addresses(visit, asked, found),
        **filters.choices(catalogue, asked),
    )


async def decision(visit: Visit) -> web.StreamResponse:
    """Show one decision with all that is public of it; of a withdrawn one number, day and reason."""
    told = await visit.office.library.ask(reading.one, visit.request.match_info["id"])
    if told is None:
        raise web.HTTPNotFound
    found, history = told
    if found.withdrawn:
        return visit.page("withdrawn.html", decision=found, hidden=True)
    if found.natural:
        visit.see_person()
    department = visit.office.catalogue().department(found.authority_code)
    names = TEMPLATES[found.kind]
    changes = [(step, [names[code].name for code in step.changed if code in names]) for step in history]
    return visit.page(
        "decision.html",
        decision=found,
        rows=rows(found),
        changes=changes,
        office=department.office if department else "",
        item=_item(visit, found),
        over=found.public_until is not None and found.public_until < visit.office.today(),
        hidden=found.natural,
    )


async def about(visit: Visit) -> web.StreamResponse:
    """Explain the column: what is public, for how long, and how to object."""
    return visit.page("about.html", keep_s=3600)


def rows(found: Decision) -> list[tuple[str, str]]:
    """Return the public columns that have a text, as name and text, in the official document's order."""
    shown = []
    for code, column in TEMPLATES[found.kind].items():
        text = found.columns.get(code, "")
        if not text or column.publicity is Publicity.RESTRICTED:
            continue
        if column.form is Form.DAY:
            text = day(read_last_day(text))
        elif code == _LICENCE_STATE:
            text = "有效" if STATES.get(text, text) == _VALID else "无效"
        shown.append((column.name, text))
    return shown


def _item(visit: Visit, found: Decision) -> str:
    department = visit.office.catalogue().department(found.authority_code, found.decided_on)
    if department is None or not found.item:
        return ""
    return next((item.name for item in department.items if item.code == found.item), "")


def _addresses(visit: Visit, asked: Asked, found: Found) -> Mapping[str, Any]:
    """Return where else one can go from a page of results."""
    places = (("before", found.before), ("after", found.after), ("last", found.last))
    here = visit.speech.address
    taken = Speech(english=False).address
    return {
        "first": here("/decisions", asked.query),
        "pages": {
            name: here("/decisions", {**asked.query, **asking.place_query(place)})
            for name, place in places
            if place
        },
        "sorted_by": {sort: here("/decisions", {**asked.query, "sort": sort}) for sort in Sort},
        "feed": taken("/decisions.atom", asked.query),
        "downloads": {
            ending: taken(f"/decisions.{ending}", asked.query) for ending in ("csv", "json", "atom")
        },
    }
