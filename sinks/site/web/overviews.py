"""The pages of subjects, authorities and figures, and the window for other sites."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from sinks.site.store import counting, finding, reading
from sinks.site.store.counting import Statistics
from sinks.site.store.criteria import Criteria, Place, Sort
from sinks.site.web import asking, charts
from sinks.site.web.charts import Bar
from sinks.site.web.guards import OPEN
from sinks.site.web.pages import SIZE
from sinks.site.web.visit import Visit
from streams.domain.catalogue import Department
from streams.domain.stages import Kind

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
    departments = _departments(visit)
    return visit.page("authorities.html", departments=departments, told=told, keep_s=MINUTE)


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
    return visit.page("statistics.html", keep_s=MINUTE, told=told, **_figures(visit, told))


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


def _departments(visit: Visit) -> list[Department]:
    catalogue = visit.office.catalogue()
    return [one for code in sorted(catalogue.codes()) if (one := catalogue.department(code))]


def _figures(visit: Visit, told: Statistics) -> Mapping[str, Any]:
    t = visit.speech
    names = {one.code: one.name for one in _departments(visit)}
    per_authority = sorted(told.authorities.items(), key=lambda pair: -sum(pair[1].values()))

    def bar(label: str, counts: Mapping[str, int]) -> Bar:
        return Bar(label=label, first=counts.get(Kind.PENALTY, 0), second=counts.get(Kind.LICENCE, 0))

    months = [bar(month, counts) for month, counts in told.months.items()]
    bodies = [bar(names.get(code, code), counts) for code, counts in per_authority]
    classes = [Bar(label=name, first=count) for name, count in told.classes.items()]
    return {
        "months": months,
        "bodies": bodies,
        "classes": classes,
        "codes": [code for code, _ in per_authority],
        "timeliness": counting.together(told.timeliness),
        "charts": {
            "months": charts.standing(months, t("按决定月份")),
            "bodies": charts.lying(bodies[:20], t("按决定机关")),
            "classes": charts.lying(classes[:15], t("按处罚类别")),
        },
    }
