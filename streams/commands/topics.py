"""`gongshi topics`: the cluster's topics and schemas as `streams/topics.py` has them."""

from importlib.metadata import version
from pathlib import Path

import click
import orjson

from schemas import asyncapi
from schemas.registry import RegistryStore
from streams.commands.options import data_option, find_kafka
from streams.engine import topic_admin
from streams.engine.driver import admin_of
from streams.settings import load
from streams.topics import ALL


@click.group(name="topics")
def command() -> None:
    """Create or update topics, schemas and access rules."""


@command.command()
@data_option
@click.option("--plan", "plan_only", is_flag=True, help="Show the changes, make none.")
@click.option("--acls", is_flag=True, help="Set who may read each topic; the cluster needs an authorizer.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a change.")
def apply(data: Path, *, plan_only: bool, acls: bool, as_json: bool) -> None:
    """Bring the cluster to what `streams/topics.py` says; a second time changes nothing."""
    settings = load()
    admin = admin_of(find_kafka(settings, data))
    act = topic_admin.plan if plan_only else topic_admin.apply
    changes = act(admin, ALL, acls=acls)
    for change in changes:
        click.echo(orjson.dumps({"change": str(change)}).decode() if as_json else str(change))
    if not changes and not as_json:
        click.echo("the topics stand as they should")
    if settings.registry_url and not plan_only:
        with RegistryStore(settings.registry_url) as registry:
            for name, schema_id in registry.register_all().items():
                click.echo(f"schema {name} has the id {schema_id}")


@command.command(name="asyncapi")
def describe() -> None:
    """Print the topics and their schemas as an AsyncAPI 3 document, in JSON."""
    click.echo(orjson.dumps(asyncapi.document(version("gongshi")), option=orjson.OPT_INDENT_2))
