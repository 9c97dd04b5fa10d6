"""Dashboards are what the program writes, what Grafana knows, and what can be read."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models.dashboard import Dashboard

from monitoring.dashboards import FOLDER, files
from monitoring.definitions import ALL

GRAFANA = FOLDER.parent
SERIES = {series for metric in ALL for series in metric.series}
BOARDS = {file.stem: json.loads(content) for file, content in files().items()}
each_board = pytest.mark.parametrize("name", sorted(BOARDS))


def panels(board: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every panel that shows something."""
    yield from (panel for panel in board["panels"] if panel["type"] != "row")


def test_files_are_what_the_program_writes() -> None:
    """`python -m monitoring.dashboards` would change nothing, and no other file stands beside."""
    assert {file: file.read_bytes() for file in FOLDER.glob("*")} == files()
    assert set(BOARDS) == {"overview", "department", "portal", "engine"}


@each_board
def test_grafana_knows_all_of_it(name: str) -> None:
    """Read into Grafana's own types and written again, nothing is lost or changed: its schema has it all."""
    register_default_plugins()
    board = BOARDS[name]
    read = json.loads(JSONEncoder().encode(Dashboard.from_json(board)))
    assert list(_lost(board, read, name)) == []


@each_board
def test_a_dashboard_is_laid_out(name: str) -> None:
    """Panels have Chinese titles and ids of their own, ask the provisioned source, and do not overlap."""
    board = BOARDS[name]
    shown = board["panels"]
    assert len({panel["id"] for panel in shown}) == len(shown)
    assert all(re.search(r"[一-鿿]", panel["title"]) for panel in shown)
    cells = [cell for panel in shown for cell in _cells(panel["gridPos"])]
    assert len(set(cells)) == len(cells)
    sources = yaml.safe_load((GRAFANA / "provisioning/datasources/prometheus.yml").read_text("utf-8"))
    assert {panel["datasource"]["uid"] for panel in panels(board)} == {
        s["uid"] for s in sources["datasources"]
    }


@each_board
def test_a_dashboard_asks_for_what_is_shown(name: str) -> None:
    """Every metric and every variable in a query is there."""
    board = BOARDS[name]
    text = "\n".join(target["expr"] for panel in panels(board) for target in panel["targets"])
    assert set(re.findall(r"\bgongshi_[a-z_]+", text)) <= SERIES
    chosen = {one["name"] for one in board["templating"]["list"]}
    assert set(re.findall(r"\$(\w+)", text)) <= chosen | {"__rate_interval"}


def test_the_first_page_tells_what_will_be_late_on_which_day() -> None:
    """The overview counts open decisions by due day, with the date and by department's name."""
    asked = {panel["title"]: [t["expr"] for t in panel["targets"]] for panel in panels(BOARDS["overview"])}
    assert "gongshi_working_day_timestamp_seconds" in asked["哪天有多少件到期"][1]
    assert "gongshi_department_info" in asked["哪个部门在哪天有多少件到期"][0]


def test_the_folder_is_provisioned() -> None:
    """Grafana is told of the folder that compose mounts."""
    told = yaml.safe_load((GRAFANA / "provisioning/dashboards/gongshi.yml").read_text("utf-8"))
    compose = (Path(__file__).parents[2] / "docker-compose.yml").read_text("utf-8")
    assert f"./monitoring/grafana/dashboards:{told['providers'][0]['options']['path']}:ro" in compose


def _lost(told: Any, read: Any, place: str) -> Iterator[str]:
    """Yield where `read` lacks or changes something; what Grafana adds by itself is no matter."""
    match told, read:
        case dict(), dict():
            for key, value in told.items():
                yield from _lost(value, read.get(key), f"{place}.{key}")
        case list(), list() if len(told) == len(read):
            for number, (one, other) in enumerate(zip(told, read, strict=True)):
                yield from _lost(one, other, f"{place}[{number}]")
        case _ if told != read:
            yield place


def _cells(grid: dict[str, int]) -> list[tuple[int, int]]:
    assert grid["x"] + grid["w"] <= 24
    columns = range(grid["x"], grid["x"] + grid["w"])
    return [(x, y) for x in columns for y in range(grid["y"], grid["y"] + grid["h"])]
