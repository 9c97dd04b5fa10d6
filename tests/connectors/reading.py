"""Reads what the tests write as a department's file."""

from collections.abc import Sequence
from pathlib import Path

from connectors.files import Row, read


def rows_of(folder: Path, content: str | bytes, name: str = "a.xlsx") -> list[Row]:
    """Return the rows of a file with this content."""
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read(file))


def problems_of(rows: Sequence[Row]) -> list[tuple[int, str]]:
    """Return the number of each row, and the code of what is wrong with it as a whole."""
    return [(row.number, row.problem.code if row.problem else "") for row in rows]
