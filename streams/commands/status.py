"""`gongshi status`: one decision's whole path, as the ledger knows it."""

from dataclasses import asdict
from typing import Any

import click
import orjson
from rich.console import Console
from rich.table import Table

from sinks.ledger.database import open_ledger
from sinks.path import DecisionPath, path_of
from streams.commands.options import data_option, find_database
from streams.domain.keys import document_number
from streams.settings import load

STATUS = {
    "received": "办理中",
    "published": "已公示",
    "rejected": "已退回",
    "withheld": "不予公开",
    "held": "待人工审核",
    "withdrawn": "已撤销",
}


@click.command(name="status")
@click.argument("name", metavar="KEY|文号")
@data_option
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
@click.pass_context
def command(ctx: click.Context, name: str, data: Any, *, as_json: bool) -> None:
    """Show findings, portals, attempts, due day and audit of the decision with this key or 文号."""
    ledger = open_ledger(find_database(load(), data))
    paths = path_of(ledger, name) or path_of(ledger, document_number(name))
    if as_json:
        click.echo(orjson.dumps([asdict(path) for path in paths]).decode())
    else:
        for path in paths:
            _show(path)
    if not paths:
        click.echo("gongshi: the ledger has no such decision; give its key, event id or 文号", err=True)
        ctx.exit(1)


def _show(path: DecisionPath) -> None:
    console = Console()
    due = f"公示期限 {path.due_on}"
    if path.public_until:
        due += f"  公示截止 {path.public_until}"
    console.print(f"[bold]{path.identity}[/bold]  {STATUS.get(path.status, path.status)}  {due}")
    console.print(
        f"决定日期 {path.decided_on or '不详'}  报送 {path.received_at:%F %T}  修订 {path.revision}"
    )
    for finding in path.findings:
        console.print(f"  问题 {finding.column or '整条'} [{finding.code}] {finding.message}", markup=False)
    if path.portals:
        table = Table("平台", "修订", "状态", "接收时间", "次数", "平台编号", "平台答复")
        for line in path.portals:
            accepted = f"{line.accepted_at:%F %T}" if line.accepted_at else ""
            cells = (
                line.portal,
                line.revision,
                line.state,
                accepted,
                line.attempts,
                line.remote_id,
                line.reason,
            )
            table.add_row(*map(str, cells))
        console.print(table)
    for alert in path.alerts:
        console.print(f"  预警 {alert.kind} {alert.raised_at:%F %T}")
    for entry in path.audit:
        console.print(
            f"  审计 {entry.seq} {entry.at:%F %T} {entry.entry} {entry.portal}{entry.by} {entry.hash[:12]}"
        )
