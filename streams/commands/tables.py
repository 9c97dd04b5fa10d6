"""Where commands print tables for people."""

from rich.console import Console
from rich.table import Table

PIPED_WIDTH = 160
"""Columns where the output is no terminal: enough for every table, so that nothing is cut off."""


def table(*headers: str, title: str | None = None) -> Table:
    """Return a table that folds long cells instead of cutting them."""
    made = Table(title=title, title_justify="left")
    for header in headers:
        made.add_column(header, overflow="fold")
    return made


def console() -> Console:
    """Return what prints to standard output, as wide as the terminal."""
    found = Console()
    return found if found.is_terminal else Console(width=PIPED_WIDTH)
