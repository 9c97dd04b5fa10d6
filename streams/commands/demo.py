"""`gongshi demo`: everything on this machine, with the sample decisions."""

import logging
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from connectors.rows import to_submitted
from connectors.sender import Sender
from sinks.ledger.database import open_ledger
from sinks.sharing.counting import count_shared
from sinks.summary import PortalCount, Summary, reviewed, summary
from streams.catalogue.file import load_calendar
from streams.clock import now, today
from streams.commands.up import deliver_workers, review_workers, show_addresses
from streams.domain.events import AlertKind
from streams.domain.stages import Origin, Submitted
from streams.ids import new_event_id, new_revision
from streams.records import Output
from streams.samples.loader import Expected, expected, samples
from streams.settings import Settings, load
from streams.stack import Scale, Stack
from streams.topics import PLATFORM, SUBMITTED
from streams.world import codec_of

PATIENCE_S = 120.0
"""How long the samples may take to settle."""
PROVEN_BY_S = 40.0
"""Seconds after its start until when the demo waits for the looks at the portals, which take some seven."""
TICK_S = 1.0
"""The demo's deadline agent looks every second."""


@click.command(name="demo")
@click.option("--once", is_flag=True, help="End when all has settled; exit 0 only if the accounts balance.")
@click.option("--json", "as_json", is_flag=True, help="The summary as one JSON line.")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Keep the state here.")
@review_workers
@deliver_workers
@click.pass_context
def command(
    ctx: click.Context,
    data: Path | None,
    review_workers: int,
    deliver_workers: int,
    *,
    once: bool,
    as_json: bool,
) -> None:
    """Run all parts here on a real broker, hand in the sample decisions, and show what became of them."""
    logging.basicConfig(level=logging.WARNING)
    began = time.monotonic()
    with ExitStack() as stack_of:
        folder = data or Path(stack_of.enter_context(tempfile.TemporaryDirectory(prefix="gongshi-")))
        settings = load()
        stack = Stack(settings, folder, Scale(review=review_workers, deliver=deliver_workers), tick_s=TICK_S)
        stack_of.enter_context(stack.supervisor)
        console = Console(stderr=True)
        try:
            with console.status("starting broker, workers and portals"):
                stack.start()
            balance, shared, balanced = _run(settings, stack, console)
        except KeyboardInterrupt:
            ctx.exit(130)
        if as_json:
            click.echo(orjson.dumps({**_json(balance, balanced=balanced), "shared": shared}))
        else:
            _show(_proven(balance, stack, console, began + PROVEN_BY_S), shared, balanced=balanced)
        if once:
            ctx.exit(0 if balanced else 1)
        show_addresses(folder)
        stack.supervisor.run_until_stopped()


def _run(settings: Settings, stack: Stack, console: Console) -> tuple[Summary, PortalCount | None, bool]:
    """Hand the samples in and wait until all has settled; return the accounts and whether they balance.

    On a new data folder they must be what the samples say of themselves. On one that has been worked with
    they count whatever was handed in there, and must balance once the samples have gone through again.
    """
    calendar = load_calendar(settings.working_days)
    events = [_submitted(row, n) for n, row in enumerate(samples(today(), calendar.is_working_day), 1)]
    codec, ledger = codec_of(settings), open_ledger(stack.database_url)
    share = open_ledger(stack.sharing.database_url)
    worked = summary(ledger).submitted > 0
    outputs = [Output(SUBMITTED.name, event.key, codec.encode_submitted(event)) for event in events]
    columns = (TextColumn("{task.description:>12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        sending = progress.add_task("handed in", total=len(events))
        Sender(stack.kafka).send(outputs, lambda count: progress.update(sending, completed=count))
        settling = progress.add_task("settled", total=len(events))
        want, ids = expected(), [event.event_id for event in events]
        deadline = time.monotonic() + PATIENCE_S
        while True:
            balance = summary(ledger)
            shared = count_shared(share) if stack.sharing.wanted else None
            progress.update(settling, total=max(len(events), balance.submitted), completed=balance.settled)
            right = (
                reviewed(ledger, ids) == len(ids) and balance.balanced
                if worked
                else _is_expected(balance, want)
            )
            done = right and _is_shared(balance, shared)
            if done or time.monotonic() > deadline or stack.supervisor.wait(0.3):
                return balance, shared, done


def _proven(balance: Summary, stack: Stack, console: Console, until: float) -> Summary:
    """Return the accounts once all that is published was seen at its portals, or as they are by then."""
    ledger = open_ledger(stack.database_url)
    with console.status("looking at the portals"):
        while balance.verified < balance.published and time.monotonic() < until:
            if stack.supervisor.wait(0.3):
                break
            balance = summary(ledger)
    return balance


def _submitted(row: Mapping[str, str], number: int) -> Submitted:
    moment = now()
    return to_submitted(
        row,
        kind=None,
        origin=Origin(connector="samples", department="", reference=f"decisions.jsonl:{number}"),
        now=moment,
        event_id=new_event_id(),
        revision=new_revision(moment),
    )


def _is_expected(balance: Summary, want: Expected) -> bool:
    """Whether everything has settled and is what the samples say of themselves."""
    got = (balance.submitted, balance.published, balance.rejected, balance.withheld, balance.held)
    delivered = {portal: count.accepted for portal, count in balance.deliveries.items()}
    return (
        balance.balanced
        and got == (want.submitted, want.published, want.rejected, want.withheld, want.held)
        and delivered == want.portals
        and balance.alerts.get(AlertKind.DUE_SOON, 0) == want.due_soon
        and balance.alerts.get(AlertKind.OVERDUE, 0) == want.overdue
    )


def _is_shared(balance: Summary, shared: PortalCount | None) -> bool:
    """Whether the credit platform has every decision that any portal has, where there is one."""
    most = max((count.expected for count in balance.deliveries.values()), default=0)
    return shared is None or shared.accepted == shared.expected >= most


def _json(balance: Summary, *, balanced: bool) -> dict[str, Any]:
    return {
        "submitted": balance.submitted,
        "published": balance.published,
        "rejected": balance.rejected,
        "withheld": balance.withheld,
        "held": balance.held,
        "deliveries": {
            portal: {"expected": count.expected, "accepted": count.accepted}
            for portal, count in balance.deliveries.items()
        },
        "alerts": {
            "due_soon": balance.alerts.get(AlertKind.DUE_SOON, 0),
            "overdue": balance.alerts.get(AlertKind.OVERDUE, 0),
        },
        "balanced": balanced,
    }


def _show(balance: Summary, shared: PortalCount | None, *, balanced: bool) -> None:
    console = Console()
    table = Table("", "件数", title="双公示 · 本次报送", title_justify="left")
    proven = balance.verified >= balance.published
    for name, count in (
        ("报送 submitted", balance.submitted),
        ("已公示 published", balance.published),
        *([("其中已核验 verified", balance.verified)] if proven else []),
        ("已退回 rejected", balance.rejected),
        ("不予公开 withheld", balance.withheld),
        ("待人工审核 held", balance.held),
        ("已撤销 withdrawn", balance.withdrawn),
        ("办理中 under way", balance.received),
        ("临期预警 due soon", balance.alerts.get(AlertKind.DUE_SOON, 0)),
        ("超期预警 overdue", balance.alerts.get(AlertKind.OVERDUE, 0)),
    ):
        table.add_row(name, str(count))
    console.print(table)
    if not proven:
        console.print("公示核验尚未做完 the looks at the portals go on in: gongshi demo", markup=False)
    if further := balance.submitted - expected().submitted:
        console.print(f"含样例之外报送的 {further} 件 {further} of these are no samples", markup=False)
    portals = Table("平台 portal", "应送 expected", "已接收 accepted")
    for portal, counted in balance.deliveries.items():
        portals.add_row(portal, str(counted.expected), str(counted.accepted))
    if shared is not None:
        portals.add_row(f"{PLATFORM} (restricted)", str(shared.expected), str(shared.accepted))
    console.print(portals)
    console.print(
        "账目相符 the accounts balance" if balanced else "[bold red]账目不符 the accounts do not balance[/]"
    )
