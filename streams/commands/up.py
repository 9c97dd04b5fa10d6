"""`gongshi up`: everything on this machine, until Ctrl-C."""

import json
from pathlib import Path

import click

from streams.commands.options import DEFAULT_DATA
from streams.settings import load
from streams.stack import Scale, Stack

data_folder = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=DEFAULT_DATA,
    show_default=True,
    help="Folder that keeps the state; run.json in it lists addresses and process ids.",
)
review_workers = click.option("--review-workers", type=click.IntRange(1, 64), default=1, show_default=True)
deliver_workers = click.option("--deliver-workers", type=click.IntRange(1, 64), default=1, show_default=True)


@click.command(name="up")
@data_folder
@review_workers
@deliver_workers
def command(data: Path, review_workers: int, deliver_workers: int) -> None:
    """Run broker, ledger, workers and reference portals here; what the environment names stays off."""
    stack = Stack(load(), data, Scale(review=review_workers, deliver=deliver_workers))
    with stack.supervisor as supervisor:
        try:
            stack.start()
        except KeyboardInterrupt:
            return
        show_addresses(data)
        supervisor.run_until_stopped()


def show_addresses(data: Path) -> None:
    """Print where everything answers."""
    addresses = json.loads((data / "run.json").read_text(encoding="utf-8"))["addresses"]
    click.echo(f"Kafka     {addresses['bootstrap_servers']}")
    click.echo(f"ledger    {addresses['database']}")
    click.echo(
        f"intake    {addresses['intake']['url']}/v1/decisions, tokens: {addresses['intake']['tokens']}"
    )
    for kind in ("metrics", "portals", "pages"):
        for name, url in addresses[kind].items():
            click.echo(f"{kind:9} {name}: {url}")
    click.echo(f"all of it with process ids: {data / 'run.json'}; Ctrl-C stops it")
