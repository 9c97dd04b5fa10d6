"""`gongshi supervise`: hands in declared counts, excused document numbers and spot checks."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click
import orjson

from sinks.supervision import declared
from streams.clock import now
from streams.commands import handed_values
from streams.commands.catalogues import in_force
from streams.commands.handed import read_list
from streams.commands.ledgers import ledger_of
from streams.commands.options import data_option
from streams.commands.report import MonthType
from streams.domain.supervision.month import Month
from streams.settings import load

file_argument = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
month_option = click.option("--month", type=MonthType(), required=True, metavar="YYYY-MM")


def _named(ctx: click.Context, param: click.Parameter, value: str) -> str:  # noqa: ARG001 -- click's signature
    if not value.strip():
        raise click.UsageError("--by 应写明登记人")
    return value.strip()


by_option: Callable[[Any], Any] = click.option(
    "--by", required=True, callback=_named, help="Who hands it in; it stands on the audit trail."
)


@click.group(name="supervise")
def command() -> None:
    """Hand in what `gongshi report` measures completeness by; FILE is .xlsx, .csv or .toml."""


@command.command()
@file_argument
@month_option
@by_option
@data_option
def counts(file: Path, month: Month, by: str, data: Path) -> None:
    """Hand in how many decisions departments declare for a month (产生数量); a second time replaces them.

    Columns: 部门统一社会信用代码, 类型, 产生数量, and 未报送数量 with its 未报送依据 where there are any.
    """
    read = partial(handed_values.count_of, month=month)
    found = handed_values.all_of(read_list(file, handed_values.COUNTS), read)
    with ledger_of(load(), data) as ledger:
        declared.declare(ledger, month, found, by=by, now=now())
    click.echo(f"{month} 已登记产生数量 {len(found)} 条")


@command.command()
@file_argument
@by_option
@click.option("--remove", is_flag=True, help="Take exceptions back that were handed in by mistake.")
@data_option
def exceptions(file: Path, by: str, data: Path, *, remove: bool) -> None:
    """Hand in document numbers that are missing rightly (缺号例外).

    Columns: 部门统一社会信用代码, 文书号, 至文书号 (where several follow one another), 原因.
    """
    found = handed_values.all_of(read_list(file, handed_values.EXCEPTIONS), handed_values.excused_of)
    with ledger_of(load(), data) as ledger:
        if remove:
            gone = declared.unexcuse(ledger, found, by=by, now=now())
            click.echo(f"已撤销缺号例外 {gone} 条")
        else:
            declared.excuse(ledger, found, by=by, now=now())
            click.echo(f"已登记缺号例外 {len(found)} 条")


@command.command(name="spot-check")
@file_argument
@month_option
@by_option
@click.option("--json", "as_json", is_flag=True, help="A JSON line for each decision that is not there.")
@data_option
def spot_check(file: Path, month: Month, by: str, data: Path, *, as_json: bool) -> None:
    """Look up decisions that were found elsewhere (抽查), and keep which of them the ledger lacks.

    Columns: 文书号, 相对人名称, 部门统一社会信用代码, 来源; or 决定标识 instead of the first three.
    """
    settings = load()
    read = partial(handed_values.check_of, catalogue=in_force(settings, data))
    found = handed_values.all_of(read_list(file, handed_values.CHECKS), read)
    with ledger_of(settings, data) as ledger:
        absent = declared.check(ledger, month, found, by=by, now=now())
    for one in absent:
        told = {"department_code": one.department_code, "document_number": one.document_number}
        line = orjson.dumps({**told, "source": one.source}).decode()
        click.echo(line if as_json else f"平台没有 {one.document_number} {one.source}".rstrip())
    if not as_json:
        click.echo(f"{month} 抽查 {len(found)} 件，平台没有的 {len(absent)} 件")
