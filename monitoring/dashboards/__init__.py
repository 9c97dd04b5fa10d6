"""Grafana's dashboards, written by `python -m monitoring.dashboards` to `monitoring/grafana/dashboards`."""

from collections.abc import Mapping
from pathlib import Path

import orjson

from monitoring.dashboards import department, engine, overview, portal

FOLDER = Path(__file__).parents[1] / "grafana" / "dashboards"


def files() -> Mapping[Path, bytes]:
    """Return file → its content as JSON, of every dashboard."""
    boards = {
        "overview": overview.board(),
        "department": department.board(),
        "portal": portal.board(),
        "engine": engine.board(),
    }
    return {
        FOLDER / f"{name}.json": orjson.dumps(board, option=orjson.OPT_INDENT_2) + b"\n"
        for name, board in boards.items()
    }
