"""`gongshi portals`: how each portal is doing; switches one on or off."""

from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
import orjson
from sqlalchemy.exc import SQLAlchemyError

from sinks.exchange import ExchangeDatabase
from sinks.ledger.database import open_ledger
from sinks.switching import PortalLine, portal_lines, switch
from streams.clock import now
from streams.commands.options import data_option, find_database, has_share
from streams.commands.tables import console, table
from streams.domain.errors import UnavailableError
from streams.domain.stages import PortalId
from streams.domain.values import CHINA
from streams.files.portals import load_portals
from streams.settings import load
from streams.topics import PLATFORM, PORTALS

CONDITION = {"closed": "正常", "open": "故障", "half_open": "试探中", "off": "已停用"}
portal_argument = click.argument("portal", type=click.Choice([*PORTALS, PLATFORM]))
by_option = click.option("--by", required=True, help="Who does this; it stands on the audit trail.")


@click.group(name="portals", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="A JSON line a portal.")
@data_option
@click.pass_context
def command(ctx: click.Context, data: Any, *, as_json: bool) -> None:
    """Show how each portal is doing: whether it works, since when not, and what waits for it."""
    if ctx.invoked_subcommand is not None:
        return
    settings = load()
    lines = portal_lines(open_ledger(find_database(settings, data)), PORTALS, now())
    if has_share(settings, data):
        lines += portal_lines(open_ledger(find_database(settings, data, PLATFORM)), [PLATFORM], now())
    if as_json:
        for line in lines:
            told = {**asdict(line), "oldest": line.oldest.total_seconds()}
            click.echo(orjson.dumps(told).decode())
        return
    _show(lines)


@command.command(name="on")
@portal_argument
@by_option
@data_option
def switch_on(portal: str, by: str, data: Path) -> None:
    """Deliver to a portal again, with all that waits for it, at once."""
    _switch(portal, by, data, on=True)


@command.command(name="off")
@portal_argument
@by_option
@data_option
def switch_off(portal: str, by: str, data: Path) -> None:
    """Deliver nothing to a portal until it is switched on; nothing is lost meanwhile."""
    _switch(portal, by, data, on=False)


@command.command(name="told")
@click.argument("portal", type=click.Choice(PORTALS))
@click.option("--json", "as_json", is_flag=True, help="A JSON line a row.")
def told(portal: str, *, as_json: bool) -> None:
    """Show what an exchange database's platform has written into its status columns (SJZT, SJZT_SM).

    Rows with the platform's own words are listed, and how many have which status; 0 is not read yet.
    """
    found = {one.id: one for one in load_portals(load().portals)}
    if portal not in found or not found[PortalId(portal)].url.startswith("exchange:"):
        raise click.UsageError(f"{portal} has no exchange database in GONGSHI_PORTALS")
    database = ExchangeDatabase(found[PortalId(portal)].secret)
    try:
        rows, counts = database.told(), database.counts()
    except SQLAlchemyError as error:
        raise UnavailableError(f"{portal}'s exchange database: {type(error).__name__}") from error
    if as_json:
        for row in rows:
            click.echo(orjson.dumps(asdict(row)).decode())
        return
    listed = table("决定", "修订", "状态", "平台说明")
    for row in rows:
        listed.add_row(row.key, str(row.revision), row.status, row.words)
    console().print(listed)
    console().print("、".join(f"状态 {status}：{count} 行" for status, count in sorted(counts.items())))


def _switch(portal: str, by: str, data: Path, *, on: bool) -> None:
    if not by.strip():
        raise click.UsageError("--by needs the name of who does this")
    ledger = open_ledger(find_database(load(), data, portal))
    changed = switch(ledger, PortalId(portal), on=on, by=by.strip(), now=now())
    done = "已恢复推送" if on else "已停止推送"
    click.echo(f"{portal} {done}" if changed else f"{portal} 本来就是这样，没有改动")


def _show(lines: tuple[PortalLine, ...]) -> None:
    listed = table("平台", "状态", "故障自", "下次试探", "待推送", "最久等待", "死信")
    for one in lines:
        listed.add_row(
            one.portal,
            CONDITION[one.condition],
            _at(one.failing_since),
            _at(one.next_try_at),
            str(one.waiting),
            str(timedelta(seconds=round(one.oldest.total_seconds()))) if one.waiting else "",
            str(one.dead or ""),
        )
    console().print(listed)


def _at(moment: datetime | None) -> str:
    return f"{moment.astimezone(CHINA):%F %T}" if moment else ""
