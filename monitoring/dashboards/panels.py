"""Panels and dashboards in Grafana's JSON, from the few things in which they differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SOURCE = {"type": "prometheus", "uid": "prometheus"}
WIDTH = 24
GOOD, WORTH_A_LOOK, BAD = "green", "orange", "red"
NAMED = "max by (department, name) (gongshi_department_info)"
OTHERS = "其他"


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One panel before it has its place."""

    type: str
    title: str
    queries: tuple[tuple[str, str], ...]
    """Expression and legend of each."""
    description: str = ""
    width: int = 8
    height: int = 8
    unit: str = "short"
    table: bool = False
    """Whether the queries are asked for now, as tables."""
    options: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[tuple[float | None, str], ...] = ((None, GOOD),)
    """From which value on which colour."""
    overrides: tuple[Mapping[str, Any], ...] = ()
    transformations: tuple[Mapping[str, Any], ...] = ()

    def placed(self, number: int, x: int, y: int) -> dict[str, Any]:
        """Return its JSON at a place."""
        now = self.table or self.type != "timeseries"
        custom = {"fillOpacity": 10, "showPoints": "never"} if self.type == "timeseries" else {}
        return {
            "id": number,
            "type": self.type,
            "title": self.title,
            "description": self.description,
            "datasource": SOURCE,
            "gridPos": {"h": self.height, "w": self.width, "x": x, "y": y},
            "fieldConfig": {
                "defaults": {
                    "unit": self.unit,
                    "custom": custom,
                    "thresholds": {
                        "mode": "absolute",
                        "steps": [{"color": color, "value": value} for value, color in self.steps],
                    },
                },
                "overrides": list(self.overrides),
            },
            "options": dict(self.options),
            "transformations": list(self.transformations),
            "targets": [
                {
                    "refId": chr(ord("A") + place),
                    "datasource": SOURCE,
                    "expr": expression,
                    "legendFormat": legend,
                    "instant": now,
                    "format": "table" if self.table else "time_series",
                }
                for place, (expression, legend) in enumerate(self.queries)
            ],
        }


def stat(
    title: str,
    expression: str,
    description: str = "",
    *,
    unit: str = "short",
    from_on: Mapping[float, str] | None = None,
) -> Panel:
    """Return one figure, coloured by how bad it is."""
    return Panel(
        type="stat",
        title=title,
        queries=((expression, title),),
        description=description,
        width=4,
        height=4,
        unit=unit,
        steps=((None, GOOD), *(from_on or {}).items()),
        options={
            "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
            "colorMode": "background" if from_on else "value",
            "graphMode": "none",
            "textMode": "auto",
        },
    )


def lines(
    title: str, *queries: tuple[str, str], unit: str = "short", width: int = 8, description: str = ""
) -> Panel:
    """Return lines over time."""
    return Panel(
        type="timeseries",
        title=title,
        queries=queries,
        description=description,
        unit=unit,
        width=width,
        options={
            "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True},
            "tooltip": {"mode": "multi", "sort": "desc"},
        },
    )


def table(
    title: str,
    *expressions: str,
    description: str = "",
    width: int = 12,
    height: int = 8,
    transformations: Sequence[Mapping[str, Any]] = (),
    overrides: Sequence[Mapping[str, Any]] = (),
) -> Panel:
    """Return a table of what holds now."""
    return Panel(
        type="table",
        title=title,
        queries=tuple((expression, "") for expression in expressions),
        description=description,
        width=width,
        height=height,
        table=True,
        options={"showHeader": True},
        transformations=tuple(transformations),
        overrides=tuple(overrides),
    )


def organized(names: Mapping[str, str], *hidden: str) -> Mapping[str, Any]:
    """Return the transformation that orders and names columns, and hides others."""
    return {
        "id": "organize",
        "options": {
            "excludeByName": dict.fromkeys(("Time", *hidden), True),
            "renameByName": dict(names),
            "indexByName": {name: place for place, name in enumerate(names)},
        },
    }


def override(column: str, **properties: object) -> Mapping[str, Any]:
    """Return how one column is shown, `__` standing for the dot in a property's name."""
    shown = [{"id": name.replace("__", "."), "value": value} for name, value in properties.items()]
    return {"matcher": {"id": "byName", "options": column}, "properties": shown}


def variable(name: str, label: str, query: str, regex: str = "") -> Mapping[str, Any]:
    """Return a list to choose from, all being chosen at first."""
    return {
        "name": name,
        "label": label,
        "type": "query",
        "datasource": SOURCE,
        "query": {"query": query, "refId": "variable"},
        "regex": regex,
        "refresh": 2,
        "sort": 1,
        "multi": True,
        "includeAll": True,
        "allValue": ".*",
        "current": {"text": ["All"], "value": ["$__all"]},
    }


def dashboard(
    name: str, title: str, rows: Mapping[str, Sequence[Panel]], *variables: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a dashboard: titled rows, in which panels stand from left to right."""
    placed: list[dict[str, Any]] = []
    y = 0
    for row, panels in rows.items():
        bar = {"h": 1, "w": WIDTH, "x": 0, "y": y}
        placed.append(
            {
                "id": len(placed) + 1,
                "type": "row",
                "title": row,
                "collapsed": False,
                "gridPos": bar,
                "panels": [],
            }
        )
        x, y, height = 0, y + 1, 0
        for panel in panels:
            if x + panel.width > WIDTH:
                x, y, height = 0, y + height, 0
            placed.append(panel.placed(len(placed) + 1, x, y))
            x, height = x + panel.width, max(height, panel.height)
        y += height
    return {
        "uid": f"gongshi-{name}",
        "title": title,
        "tags": ["gongshi"],
        "timezone": "Asia/Shanghai",
        "schemaVersion": 39,
        "version": 1,
        "editable": False,
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "templating": {"list": list(variables)},
        "annotations": {"list": []},
        "links": [
            {"type": "dashboards", "tags": ["gongshi"], "title": "公示", "asDropdown": True, "keepTime": True}
        ],
        "panels": placed,
    }


def per_second(metric: str, by: str, chosen: str = "") -> str:
    """Return how fast counters grow, added up by some labels."""
    return f"sum by ({by}) (rate({metric}{chosen}[$__rate_interval]))"


def per_minute(metric: str, by: str, chosen: str = "") -> str:
    """Return the same for a minute."""
    return f"60 * {per_second(metric, by, chosen)}"


def quantile(share: float, metric: str, by: str, chosen: str = "") -> str:
    """Return below which value such a share of a histogram lies."""
    return f"histogram_quantile({share}, {per_second(f'{metric}_bucket', f'{by}, le', chosen)})"


def named(expression: str) -> str:
    """Return an expression by department with the department's name beside its code."""
    others = f'label_replace({expression}, "name", "{OTHERS}", "", "")'
    return (
        f"{expression} * on (department) group_left (name) {NAMED} or {others} unless on (department) {NAMED}"
    )
