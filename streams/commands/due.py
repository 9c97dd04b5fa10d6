"""`gongshi due`: the due day of a decision made on a day."""

import click

from streams import settings
from streams.catalogue.file import load_calendar
from streams.domain.errors import ConfigurationError
from streams.domain.values import read_day

FIRST_YEAR, LAST_YEAR = 1949, 2100
_MOST_TOLD = 20


@click.command("due")
@click.argument("dates", nargs=-1, required=True)
def command(dates: tuple[str, ...]) -> None:
    """Print for each DATE the day and its due day: 2026-09-24 2026-10-12; - reads dates from stdin.

    A decision must be public within seven working days. Where the State Council's notice for a year is
    not at hand, Monday to Friday are taken as working days, and stderr says so.
    """
    calendar = load_calendar(settings.load().working_days)
    unknown: set[int] = set()
    wrong: list[str] = []
    for text in dates:
        lines = click.get_text_stream("stdin", encoding="utf-8") if text == "-" else (text,)
        for line in lines:
            if not line.strip():
                continue
            day = read_day(line.strip())
            if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
                wrong.append(repr(line.strip()))
                continue
            due = calendar.due_day(day)
            click.echo(f"{day} {due}")
            unknown |= {year for year in (day.year, due.year) if not calendar.known(year)}
    if unknown:
        years = "、".join(map(str, sorted(unknown)))
        click.echo(
            f"gongshi: 没有 {years} 年的放假安排，暂按周一至周五为工作日计算；"
            "请把放假和调休写进一个 TOML 文件，并用 GONGSHI_WORKING_DAYS 指明该文件"
            "(写法见 docs/runbooks/GongshiCalendarYearUnknown.md)",
            err=True,
        )
    if wrong:
        raise ConfigurationError(f"不是日期，请写作 2026-09-24：{'、'.join(wrong[:_MOST_TOLD])}")
