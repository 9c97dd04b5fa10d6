"""`gongshi audit`: whether the audit trail is whole."""

from pathlib import Path

import click
import orjson

from sinks.ledger.audit import verify as verified
from streams.commands.ledgers import ledger_of
from streams.commands.options import data_option
from streams.settings import load


@click.group(name="audit")
def command() -> None:
    """Look at the audit trail, in which each row carries the hash of the one before."""


@command.command()
@click.option("--json", "as_json", is_flag=True, help='Print {"rows", "broken_at"} as one line.')
@data_option
def verify(data: Path, *, as_json: bool) -> int:
    """Check the chain of hashes from the first row to the last; exit 1 where it is broken.

    Rows that were cut off at the end leave no gap: compare the number of rows with an earlier one.
    """
    with ledger_of(load(), data) as ledger:
        told = verified(ledger)
    if as_json:
        click.echo(orjson.dumps({"rows": told.rows, "broken_at": told.broken_at}).decode())
    elif told.broken_at is None:
        click.echo(f"审计留痕共 {told.rows} 条，逐条相扣，未见改动")
    else:
        click.echo(f"审计留痕在第 {told.broken_at} 条处断开：该条或其前后被改动、删除或插入", err=True)
    return int(told.broken_at is not None)
