"""A month's report as one page of HTML that prints as it is: no script, no file beside it."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sinks.supervision import drawing
from sinks.supervision.words import HELD, KINDS, OFFICIAL, PARTIES, SPANS, day, official, standing, title
from streams.domain.supervision.definitions import COUNTING, DEADLINE, DEFINITIONS
from streams.domain.supervision.report import Report

LATE_SHOWN = 100
"""Late decisions that the page names; the workbook and JSON have more."""


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page_of(report: Report) -> bytes:
    """Return the report as a page; the same report gives the same bytes."""
    rendered = (
        _environment()
        .get_template("report.html")
        .render(
            report=report,
            title=title(report),
            standing=standing(report),
            deadline=DEADLINE,
            counting=COUNTING[report.counts_first_day],
            definitions=DEFINITIONS,
            columns=OFFICIAL,
            kinds=KINDS,
            parties=PARTIES,
            held=HELD,
            spans=SPANS,
            official=official,
            drawing=drawing,
            day=day,
            names={one.code: one.name for one in report.departments},
            late=report.late[:LATE_SHOWN],
        )
    )
    return rendered.encode()
