"""`gongshi deadletters`: deliveries that a portal refused, with its own words."""

from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import click
import orjson

from sinks.deadletters import DeadLetter, Heap, Selection, dead_letters, heaps
from sinks.ledger.database import open_ledger
from streams.clock import now
from streams.commands.options import data_option, find_database
from streams.commands.selecting import Age, selecting
from streams.commands.tables import console, table
from streams.domain.values import CHINA
from streams.settings import load


@click.command(name="deadletters")
@selecting
@click.option("--older-than", type=Age(), help="Only what has waited longer: 30m, 6h, 3d.")
@click.option("--grouped", is_flag=True, help="Only how many of each portal and reason, and how old.")
@click.option("--json", "as_json", is_flag=True, help="A JSON line a dead letter.")
@data_option
def command(
    selection: Selection, older_than: timedelta | None, data: Path, *, grouped: bool, as_json: bool
) -> None:
    """Show what waits for a person at each portal, the oldest first; `gongshi replay` sends it again."""
    if older_than is not None:
        limit = now() - older_than
        selection = replace(selection, until=min(limit, selection.until or limit))
    letters = dead_letters(open_ledger(find_database(load(), data, selection.portal)), selection)
    if as_json:
        for letter in heaps(letters) if grouped else letters:
            click.echo(orjson.dumps(asdict(letter)).decode())
    elif grouped:
        _show_heaps(heaps(letters))
    else:
        _show(letters)


def _show_heaps(found: tuple[Heap, ...]) -> None:
    listed = table("平台", "应答码", "平台答复", "件数", "最早", "最近")
    for one in found:
        oldest, newest = (f"{moment.astimezone(CHINA):%F %T}" for moment in (one.oldest, one.newest))
        listed.add_row(one.portal, str(one.status or ""), one.reason, str(one.count), oldest, newest)
    out = console()
    out.print(listed)
    out.print(f"共 {sum(one.count for one in found)} 件")


def _show(letters: tuple[DeadLetter, ...]) -> None:
    listed = table("平台", "决定", "修订", "动作", "次数", "转入时间", "应答码", "平台答复")
    for one in letters:
        died = f"{one.died_at.astimezone(CHINA):%F %T}"
        revision = f"{one.revision}(平台已有更新的修订)" if one.overtaken else str(one.revision)
        cells = (one.portal, one.key, revision, one.action, one.attempts, died, one.status or "", one.reason)
        listed.add_row(*map(str, cells))
    out = console()
    out.print(listed)
    out.print(f"共 {len(letters)} 件")
