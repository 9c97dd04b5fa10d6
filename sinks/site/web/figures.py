"""The figures of the statistics page: as bars, and as what its tables say."""

from collections.abc import Mapping
from typing import Any

from sinks.site.store import counting
from sinks.site.store.counting import Statistics
from sinks.site.web import charts
from sinks.site.web.charts import Bar
from sinks.site.web.filters import departments
from sinks.site.web.rendering import KINDS, share
from sinks.site.web.visit import Visit
from streams.domain.stages import Kind

MOST_BARS = 20
"""Drawn; the tables have all."""
WHOLE = 1_000


def drawn(visit: Visit, told: Statistics) -> Mapping[str, Any]:
    """Return what the statistics page shows."""
    t = visit.speech
    names = {one.code: one.name for one in departments(visit.office.catalogue())}
    ordered = sorted(told.authorities.items(), key=lambda pair: (-sum(pair[1].values()), pair[0]))
    months = [_bar(month, counts) for month, counts in told.months.items()]
    bodies = [_bar(names.get(code, code), counts) for code, counts in ordered]
    by_kind = [Bar(label=t(name), first=told.kinds.get(kind, 0)) for kind, name in KINDS.items()]
    classes = [Bar(label=name, first=count) for name, count in told.classes.items()]
    timely = [(names.get(code, code), told.timeliness[code]) for code, _ in ordered]
    rates = [
        Bar(label=name, first=round(WHOLE * one.share), said=share(one.share))
        for name, one in timely
        if one.share is not None
    ]
    return {
        "months": months,
        "bodies": bodies,
        "body_links": [t.link(f"/authorities/{code}") for code, _ in ordered],
        "by_kind": by_kind,
        "classes": classes,
        "class_links": [t.address("/decisions", {"class": bar.label}) for bar in classes],
        "timely": timely,
        "timeliness": counting.together(told.timeliness),
        "charts": {
            "months": charts.standing(months, t("按决定月份")),
            "kinds": charts.lying(by_kind, t("按决定种类")),
            "bodies": charts.lying(bodies[:MOST_BARS], t("按决定机关")),
            "classes": charts.lying(classes[:MOST_BARS], t("按处罚类别")),
            "timely": charts.lying(rates[:MOST_BARS], t("按时公示"), WHOLE),
        },
    }


def _bar(label: str, counts: Mapping[str, int]) -> Bar:
    return Bar(label=label, first=counts.get(Kind.PENALTY, 0), second=counts.get(Kind.LICENCE, 0))
