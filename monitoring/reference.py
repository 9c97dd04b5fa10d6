"""Writes the table of metrics into docs/metrics.md: `python -m monitoring.reference`."""

import re
from pathlib import Path

from monitoring.definitions import ALL

FILE = Path(__file__).parents[1] / "docs" / "metrics.md"
HEAD = "| name | type | labels | meaning |\n|---|---|---|---|\n"


def table() -> str:
    """Return a row a metric, in the order of the definitions."""
    rows = (f"| `{one.name}` | {one.type} | {', '.join(one.labels)} | {one.help} |\n" for one in ALL)
    return HEAD + "".join(rows)


def written(text: str) -> str:
    """Return the document with its table made anew."""
    return re.sub(rf"{re.escape(HEAD)}(\|.*\n)*", table().replace("\\", r"\\"), text)


if __name__ == "__main__":
    FILE.write_text(written(FILE.read_text(encoding="utf-8")), encoding="utf-8")
