"""`gongshi replay`: sends dead letters again."""

from pathlib import Path

import click

from sinks.deadletters import Selection, dead_letters, replay
from sinks.ledger.database import open_ledger
from streams.clock import now
from streams.commands.options import data_option, find_database
from streams.commands.selecting import selecting
from streams.settings import load


@click.command(name="replay")
@selecting
@click.option("--all", "everything", is_flag=True, help="Every dead letter there is.")
@click.option("--rate", type=click.FloatRange(0.001, 10_000), help="At most so many a second.")
@click.option("--dry-run", is_flag=True, help="Only tell how many there are.")
@click.option("--by", default="", help="Who asks for it, for the audit trail; needed except for a dry run.")
@data_option
def command(
    selection: Selection, rate: float | None, by: str, data: Path, *, everything: bool, dry_run: bool
) -> None:
    """Send dead letters again, by decision, portal, reason and time, or --all of them.

    Each goes with the idempotency key that it has always had, so that a portal that has it after all applies
    nothing twice. What a portal has a newer revision of is settled without being sent.
    """
    if selection == Selection() and not everything:
        raise click.UsageError("say which: --decision, --portal, --reason, --since, --until, or --all")
    ledger = open_ledger(find_database(load(), data, selection.portal))
    if dry_run:
        letters = dead_letters(ledger, selection)
        overtaken = sum(letter.overtaken for letter in letters)
        click.echo(
            f"将重新投递 {len(letters) - overtaken} 件，另有 {overtaken} 件平台已有更新的修订、不再投递"
        )
        return
    if not by.strip():
        raise click.UsageError("--by NAME is needed, for the audit trail")
    done = replay(ledger, selection, by=by.strip(), now=now(), rate=rate)
    click.echo(f"已安排重新投递 {done.sent_again} 件，另有 {done.overtaken} 件平台已有更新的修订、不再投递")
