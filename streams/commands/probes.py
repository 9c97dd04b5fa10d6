"""`gongshi probes`: what portals were seen to show of what they accepted, and what is missing there."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
import orjson

from sinks.ledger.database import open_ledger
from sinks.probing.listing import FindingLine, PortalSeen, finding_lines, look_again, seen_by_portal
from sinks.probing.ports import Sight
from streams.clock import now
from streams.commands.options import data_option, find_database
from streams.commands.tables import console, table
from streams.domain.stages import PortalId
from streams.domain.values import CHINA
from streams.settings import load
from streams.topics import PORTALS

SIGHT = {
    Sight.MISSING: "未见公示",
    Sight.DIFFERENT: "内容不符",
    Sight.DOUBLED: "重复公示",
    Sight.STILL_SHOWN: "撤销后仍公示",
    Sight.UNANSWERED: "无法核验",
}


@click.command(name="probes")
@click.option("--missing", is_flag=True, help="A line a decision that a portal does not show as it should.")
@click.option("--all", "early", is_flag=True, help="With --missing: also where the portal still has time.")
@click.option("--portal", type=click.Choice(PORTALS), help="Only this one.")
@click.option("--again", is_flag=True, help="Look for all that is not seen once more, at once.")
@click.option("--json", "as_json", is_flag=True, help="A JSON line a line of the table.")
@data_option
def command(
    portal: str | None, data: Path, *, missing: bool, early: bool, again: bool, as_json: bool
) -> None:
    """Show what is seen at each portal of what it has accepted; what is missing or otherwise is a finding."""
    ledger = open_ledger(find_database(load(), data))
    if again:
        click.echo(f"将重新核验 {look_again(ledger, portal, now())} 件")
    elif missing:
        lines = finding_lines(ledger, portal, late=not early)
        if as_json:
            _print(asdict(line) for line in lines)
        else:
            _show_findings(lines)
    else:
        portals = [PortalId(one) for one in PORTALS if portal in (None, one)]
        seen = seen_by_portal(ledger, portals, now())
        if as_json:
            _print({**asdict(one), "oldest": one.oldest.total_seconds()} for one in seen)
        else:
            _show(seen)


def _print(lines: Iterable[Mapping[str, Any]]) -> None:
    for line in lines:
        click.echo(orjson.dumps(line).decode())


def _show(lines: list[PortalSeen]) -> None:
    found = [sight for sight in SIGHT if sight is not Sight.UNANSWERED]
    listed = table("平台", "已核验", "尚未核验", "最久等待", *(SIGHT[sight] for sight in found))
    for one in lines:
        oldest = str(timedelta(seconds=round(one.oldest.total_seconds()))) if one.unseen else ""
        counts = (str(one.findings.get(sight, "")) for sight in found)
        listed.add_row(one.portal, str(one.seen or ""), str(one.unseen or ""), oldest, *counts)
    console().print(listed)


def _show_findings(lines: tuple[FindingLine, ...]) -> None:
    listed = table("平台", "决定", "修订", "核验结果", "不符的列", "自", "最近核验", "次数", "未答复")
    for one in lines:
        late = "" if one.found_at else "(未到时限)"
        cells = (
            one.portal,
            one.key,
            one.revision,
            f"{SIGHT[Sight(one.sight)]}{late}",
            "、".join(one.differs),
        )
        listed.add_row(*map(str, (*cells, _at(one.unseen_since), _at(one.looked_at), one.looks, one.reason)))
    out = console()
    out.print(listed)
    out.print(f"共 {len(lines)} 件")


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%F %T}"
