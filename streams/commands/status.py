"""`gongshi status`: one decision's whole path, as the ledger knows it."""

from collections import Counter
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click
import orjson
from rich.table import Table

from sinks.portal_path import PortalLine
from sinks.supervision.whole_path import WholePath, whole_paths
from sinks.supervision.words import by_whom
from streams.clock import today
from streams.commands.ledgers import ledger_of
from streams.commands.options import data_option
from streams.commands.tables import console, table
from streams.domain.values import CHINA
from streams.domain.vocabulary import Ground
from streams.domain.withholding import BASIS
from streams.settings import load

STATUS = {
    "received": "办理中",
    "published": "已公示",
    "verified": "已公示并核验",
    "rejected": "已退回",
    "withheld": "不予公开",
    "held": "待人工审核",
    "withdrawn": "已撤销",
}
STATE = {
    "expected": "待送出",
    "waiting": "投递中",
    "accepted": "已接收",
    "dead": "未送达，待处理",
    "superseded": "已被新修订取代",
}
ENTRY = {
    "received": "收到报送",
    "rejected": "退回",
    "withheld": "不予公开",
    "released": "准予公示",
    "held": "转人工审核",
    "masked": "脱敏位置存档",
    "unchanged": "内容未变",
    "overtaken": "已有更新的修订",
    "withdrawn": "撤销",
    "approve": "审核同意公示",
    "withhold": "审核不予公开",
    "return": "审核退回",
    "accepted": "平台已接收",
    "seen": "平台上已核验公示",
    "missing": "平台上未见公示",
    "different": "平台上公示内容不符",
    "doubled": "平台上重复公示",
    "still_shown": "撤销后平台仍在公示",
    "dead": "平台未接收，待处理",
    "replayed": "人工重新投递",
    "switched_on": "恢复推送",
    "switched_off": "停止推送",
    "due_soon": "临期预警",
    "due_today": "今日到期预警",
    "overdue": "超期预警",
    "resolved": "预警解除",
    "period_over": "公示期满，申请撤销",
}
SIGHT = {
    "": "",
    "unanswered": "无法核验",
    "seen": "相符",
    "missing": "未见公示",
    "different": "内容不符",
    "doubled": "重复公示",
    "still_shown": "撤销后仍公示",
}
ALERT = {"due_soon": "临期", "due_today": "今日到期", "overdue": "超期", "resolved": "解除"}


@click.command(name="status")
@click.argument("name", metavar="KEY|文号")
@data_option
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
@click.pass_context
def command(ctx: click.Context, name: str, data: Any, *, as_json: bool) -> None:
    """Show findings, portals, attempts, due day and audit of the decision with this key or 文号."""
    with ledger_of(load(), data) as ledger:
        paths = whole_paths(ledger, name, today())
    if as_json:
        click.echo(orjson.dumps([asdict(path) for path in paths]).decode())
    else:
        for path in paths:
            _show(path)
    if not paths:
        click.echo("gongshi: 台账中没有这件决定；请核对决定标识、报送编号(event_id)或文号", err=True)
        ctx.exit(1)


def _show(path: WholePath) -> None:
    out = console()
    out.print(path.identity, style="bold", markup=False)
    status = STATUS.get(path.status, path.status)
    if path.ground:
        status += f"({path.ground}，依据{BASIS[Ground(path.ground)]})"
    until = f"  公示截止 {path.public_until}" if path.public_until else ""
    out.print(f"{status}  公示期限 {path.due_on}{until}", markup=False)
    out.print(
        f"决定日期 {path.decided_on or '不详'}  报送 {_at(path.received_at)}  修订 {path.revision}",
        markup=False,
    )
    if path.lateness:
        out.print(f"  超期 责任{by_whom(path.lateness)}", markup=False)
    for finding in path.findings:
        out.print(f"  问题 {finding.column or '整条'} [{finding.code}] {finding.message}", markup=False)
    if path.masked:
        kinds = Counter(line.kind for line in path.masked)
        told = "，".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
        out.print(f"  脱敏 {len(path.masked)} 处: {told}", markup=False)
    if path.portals:
        out.print(_portals(path))
    for alert in path.alerts:
        past = f"满 {alert.days_past} 个工作日" if alert.days_past else ""
        out.print(f"  预警 {_at(alert.raised_at)} {ALERT.get(alert.kind, alert.kind)}{past}", markup=False)
    for entry in path.audit:
        told = " ".join(filter(None, (ENTRY.get(entry.entry, entry.entry), entry.portal, entry.by)))
        out.print(f"  审计 {entry.seq} {_at(entry.at)} {told} {entry.hash[:12]}", markup=False)


def _portals(path: WholePath) -> Table:
    made = table("平台", "状态", "接收时间", "次数", "平台编号", "平台答复", "公示核验")
    made.columns[0].no_wrap = made.columns[1].no_wrap = True
    for line in path.portals:
        state = STATE.get(line.state, line.state)
        if line.revision != path.revision:
            state += f" (修订 {line.revision})"
        accepted = _at(line.accepted_at)[5:] if line.accepted_at else ""
        cells = (line.portal, state, accepted, str(line.attempts), line.remote_id, line.reason, _seen(line))
        made.add_row(*cells)
    return made


def _seen(line: PortalLine) -> str:
    """Return what was seen at a portal, in Chinese; of what differs the columns only."""
    since = line.found_at or (line.seen_at if line.sight == "seen" else None)
    told = (SIGHT[line.sight], "，超时" if line.found_at else "", f" {_at(since)[5:]}" if since else "")
    return "".join(told) + (f" {'、'.join(line.differs)}" if line.differs else "")


def _at(moment: datetime) -> str:
    """Return a moment as clocks in the city show it."""
    return f"{moment.astimezone(CHINA):%F %T}"
