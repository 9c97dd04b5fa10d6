"""`gongshi report`: a month's timeliness, completeness and accuracy, department by department."""

from pathlib import Path
from typing import Any

import click

from sinks.supervision.counting import report as counted
from sinks.supervision.telling import json_of
from sinks.supervision.words import KINDS, standing, title
from streams.catalogue.file import load_calendar, load_catalogue
from streams.clock import now
from streams.commands.catalogues import in_force
from streams.commands.ledgers import ledger_of
from streams.commands.options import data_option
from streams.commands.tables import console, table
from streams.domain.errors import ConfigurationError
from streams.domain.supervision.figures import Figures
from streams.domain.supervision.month import Month
from streams.domain.supervision.report import Report
from streams.domain.values import CHINA
from streams.durable import write_whole
from streams.settings import load


class MonthType(click.ParamType):
    """A month such as 2026-03."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        """Return the month."""
        month = value if isinstance(value, Month) else Month.read(str(value))
        if month is None:
            self.fail(f"{value!r} is no month such as 2026-03", param, ctx)
        return month


@click.command(name="report")
@click.argument("month", type=MonthType(), metavar="YYYY-MM")
@click.option(
    "-o",
    "output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write FILE.xlsx, .html or .json instead of a table.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--catalogue", type=click.Path(path_type=Path), help="Count by this catalogue's file.")
@data_option
def command(month: Month, output: Path | None, catalogue: Path | None, data: Path, *, as_json: bool) -> None:
    """Show how well each department published the decisions of a month, from the ledger.

    The same month gives the same bytes, once its due days are past, until something of it changes.
    """
    write = writer(output)
    settings = load()
    today = now().astimezone(CHINA).date()
    if month.first > today:
        raise click.UsageError(f"{month} has not begun")
    known = load_catalogue(catalogue) if catalogue else in_force(settings, data)
    calendar = load_calendar(settings.working_days)
    with ledger_of(settings, data) as ledger:
        made = counted(ledger, month, known, calendar, today)
    if output is not None:
        _write(output, write(made))
    if as_json:
        click.echo(json_of(made), nl=False)
    elif output is None:
        _show(made)


def writer(output: Path | None) -> Any:
    """Return what makes the bytes of a file with that name's ending. Raises `ConfigurationError`."""
    match output.suffix.lower() if output else ".json":
        case ".json":
            return json_of
        case ".xlsx":
            from sinks.supervision.workbook import workbook_of  # noqa: PLC0415 -- others need no xlsxwriter

            return workbook_of
        case ".html" | ".htm":
            from sinks.supervision.page import page_of  # noqa: PLC0415 -- others need no templates

            return page_of
    raise ConfigurationError(f"{output} has no known ending; write FILE.xlsx, FILE.html or FILE.json")


def _write(output: Path, content: bytes) -> None:
    try:
        write_whole(output.expanduser(), content)
    except OSError as error:
        raise ConfigurationError(f"{output} cannot be written: {error.strerror}") from error


def _show(report: Report) -> None:
    heads = (
        "名次",
        "部门",
        "及时率",
        "迟报率",
        "合规率",
        "完整率",
        "瞒报率",
        "报送",
        "迟报",
        "逾期",
        "存在问题",
    )
    listed = table(*heads, title=title(report))
    for one in report.departments:
        told = "；".join(one.problems)
        listed.add_row(str(one.rank or ""), one.name, *_cells(one.both.figures), told)
    for part in (*report.kinds, report.both):
        listed.add_row("", KINDS[part.kind], *_cells(part.figures), "")
    console().print(listed)
    console().print(standing(report), markup=False)


def _cells(figures: Figures) -> tuple[str, ...]:
    shares = (
        figures.timeliness,
        figures.late_reporting,
        figures.accuracy,
        figures.completeness,
        figures.concealment,
    )
    return tuple(map(str, (*shares, figures.reported, figures.received_late, figures.overdue)))
