"""`gongshi migrate`: the ledger's tables."""

import click

from sinks.ledger.database import migrate
from streams.domain.errors import ConfigurationError
from streams.settings import load


@click.command(name="migrate")
def command() -> None:
    """Create or update the tables of the ledger at GONGSHI_DATABASE_URL."""
    url = load().database_url.get_secret_value()
    if not url:
        raise ConfigurationError(
            "set GONGSHI_DATABASE_URL to the ledger, such as postgresql://user@host/gongshi"
        )
    migrate(url)
    click.echo("the ledger's tables are up to date")
