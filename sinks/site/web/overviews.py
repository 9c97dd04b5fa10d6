"""The pages of subjects, authorities and figures, and the window for other sites."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from sinks.site.store import counting, finding, reading
from sinks.site.store.criteria import Criteria, Place, Sort
from sinks.site.web import asking, figures
from sinks.site.web.filters import departments
from sinks.site.web.guards import OPEN
from sinks.site.web.pages import SIZE
from sinks.site.web.visit import Visit

MINUTE = 60
IN_WINDOW = 10


async def subject(visit: Visit) -> web.StreamResponse:
    """Show all decisions on one subject that has a 统一社会信用代码; natural persons have no such page."""
    code = visit.request.match_info["code"]
    ask = visit.office.library.ask
    name = await ask(reading.subject_name, code)
    if name is None:
        raise web.HTTPNotFound
    place = asking.read(visit.request.query).place
    found = await ask(finding.find, Criteria(subject=code), Sort.NEWEST, place, SIZE)
    return visit.page(
        "subject.html", name=name, code=code, found=found, pages=_turns(visit, found), hidden=False
    )


async def authorities(visit: Visit) -> web.StreamResponse:
    """List the authorities with their figures."""
    told = await visit.office.library.ask(counting.statistics)
    listed = departments(visit.office.catalogue())
    return visit.page("authorities.html", departments=listed, told=told, keep_s=MINUTE)


async def authority(visit: Visit) -> web.StreamResponse:
    """Show one authority: items, responsible office, timeliness, and its newest decisions."""
    code = visit.request.match_info["code"]
    department = visit.office.catalogue().department(code)
    ask = visit.office.library.ask
    told = await ask(counting.statistics, code)
    if department is None and not told.total:
        raise web.HTTPNotFound
    place = asking.read(visit.request.query).place
    found = await ask(finding.find, Criteria(authority=code), Sort.NEWEST, place, SIZE)
    name = department.name if department else found.decisions[0].authority
    return visit.page(
        "authority.html",
        name=name,
        code=code,
        department=department,
        told=told,
        timeliness=counting.together(told.timeliness),
        found=found,
        pages=_turns(visit, found),
    )


async def statistics(visit: Visit) -> web.StreamResponse:
    """Show the figures as drawings with tables beside them."""
    told = await visit.office.library.ask(counting.statistics)
    return visit.page("statistics.html", keep_s=MINUTE, told=told, **figures.drawn(visit, told))


async def window(visit: Visit) -> web.StreamResponse:
    """Show the newest decisions, of one authority where it is named, for a frame on another site."""
    response = visit.page("window.html", **await _window(visit), fragment=False)
    response.headers.update(OPEN)
    return response


async def fragment(visit: Visit) -> web.StreamResponse:
    """Return the same as a piece of HTML for another site's own pages; it needs no script and no style."""
    response = visit.page("window.html", **await _window(visit), fragment=True)
    response.headers.update(OPEN)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


async def _window(visit: Visit) -> Mapping[str, Any]:
    code = visit.request.query.get("authority", "")[: asking.LONGEST_CODE]
    department = visit.office.catalogue().department(code) if code else None
    if code and department is None:
        raise web.HTTPNotFound
    criteria = Criteria(authority=code)
    found = await visit.office.library.ask(finding.find, criteria, Sort.NEWEST, Place(), IN_WINDOW)
    return {"found": found, "department": department, "base": visit.base}


def _turns(visit: Visit, found: finding.Found) -> Mapping[str, str]:
    places = (("before", found.before), ("after", found.after), ("last", found.last))
    return {
        name: visit.speech.address(visit.path, asking.place_query(place)) for name, place in places if place
    }
