"""`gongshi catalogue`: checks, publishes and shows the 双公示目录."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
import orjson
from sqlalchemy import Engine

from schemas.catalogue import CatalogueCodec
from sinks.ledger.database import migrate, open_ledger
from streams.catalogue import change as changing
from streams.catalogue.file import load_catalogue, read_catalogue
from streams.clock import now
from streams.commands.catalogues import in_force
from streams.commands.options import data_option, database_in, find_kafka
from streams.commands.tables import console, table
from streams.domain.catalogue import Catalogue, Department, Item, holds
from streams.domain.stages import Kind
from streams.settings import Settings, load
from streams.world import store_of

file_argument = click.argument("file", type=click.Path(path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help="JSON lines.")


@click.group(name="catalogue")
def command() -> None:
    """Check, publish and show the catalogue of departments and items (双公示目录)."""


@command.command()
@file_argument
@json_option
@click.pass_context
def check(ctx: click.Context, file: Path, *, as_json: bool) -> None:
    """Tell every mistake in FILE (.toml or .xlsx), a line each; exits 1 when there is one."""
    catalogue, mistakes = read_catalogue(file)
    for mistake in mistakes:
        click.echo(orjson.dumps({"mistake": mistake}).decode() if as_json else mistake)
    if catalogue is None:
        ctx.exit(1)
    if not as_json:
        counts = f"部门 {len(catalogue.codes())} 个，事项 {_items(catalogue)} 项"
        click.echo(f"目录 {catalogue.version} 无误：{counts}")


@command.command()
@file_argument
@data_option
@click.option("--plan", "plan_only", is_flag=True, help="Show the changes, make none.")
@click.option("--by", default="", metavar="NAME", help="Who changes it; goes to the audit trail.")
@json_option
def apply(file: Path, data: Path, by: str, *, plan_only: bool, as_json: bool) -> None:
    """Publish FILE (.toml or .xlsx) as the catalogue; running workers take it up within seconds.

    A file with a mistake changes nothing. What changed is noted on the audit trail where there is a ledger.
    """
    settings = load()
    catalogue = load_catalogue(file)
    kafka, codec = find_kafka(settings, data), CatalogueCodec(store_of(settings))
    if plan_only:
        made = changing.planned(kafka, codec, catalogue)
    else:
        ledger = _ledger(settings, data)
        made = changing.apply(kafka, codec, catalogue, ledger=ledger, now=now(), by=by)
        if ledger is None:
            click.echo("gongshi: no ledger is configured, so no audit trail has this change", err=True)
    for key, entry in made.items():
        change = "remove" if entry is None else "set"
        line = {"change": change, "entry": key}
        click.echo(orjson.dumps(line).decode() if as_json else f"{change} {key}")
    if not made and not as_json:
        click.echo("the catalogue stands as it should")


@command.command()
@data_option
@click.option("--file", type=click.Path(path_type=Path), help="Show that file's instead of the one in force.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Only what holds on that day.")
@json_option
def show(data: Path, file: Path | None, on: datetime | None, *, as_json: bool) -> None:
    """Show the catalogue in force: what was applied, or else the configured file."""
    settings = load()
    catalogue = load_catalogue(file) if file else in_force(settings, data)
    day = on.date() if on else None
    if as_json:
        for department in catalogue.departments:
            if holds(department, day):
                click.echo(orjson.dumps(_told(catalogue, department, day)).decode())
    else:
        _print(catalogue, day)


def _ledger(settings: Settings, data: Path) -> Engine | None:
    url = settings.database_url.get_secret_value()
    if not url and (data / "ledger.sqlite").exists():
        url = database_in(data)
    if not url:
        return None
    migrate(url)
    return open_ledger(url)


def _items(catalogue: Catalogue) -> int:
    return len({(one.code, item.code) for one in catalogue.departments for item in one.items})


def _told(catalogue: Catalogue, department: Department, day: date | None) -> Mapping[str, Any]:
    items = [
        {**_fields(item), "portals": catalogue.portals_of(department, item, item.kind)}
        for item in department.items
        if holds(item, day)
    ]
    portals = {
        "portals": department.portals or catalogue.portals[department.level],
        "portals_by_kind": {str(kind): catalogue.portals_of(department, None, kind) for kind in Kind},
    }
    return {"catalogue": catalogue.version, **_fields(department), **portals, "items": items}


def _fields(entry: Department | Item) -> dict[str, Any]:
    told = {name: getattr(entry, name) for name in entry.__slots__ if name != "items"}
    for name, unsaid in (("valid_from", date.min), ("valid_until", date.max)):
        told[name] = None if told[name] == unsaid else told[name]
    return told


def _rows(catalogue: Catalogue, day: date | None) -> Iterator[tuple[str, ...]]:
    for department in catalogue.departments:
        if not holds(department, day):
            continue
        yield (department.code, department.name, "", department.contact(), _days(department))
        for item in department.items:
            if holds(item, day):
                yield ("", f"  {item.name}", item.code, department.contact(item), _days(item))


def _days(entry: Department | Item) -> str:
    first = "" if entry.valid_from == date.min else str(entry.valid_from)
    last = "" if entry.valid_until == date.max else str(entry.valid_until)
    return f"{first}～{last}" if first or last else ""


def _print(catalogue: Catalogue, day: date | None) -> None:
    columns = ("统一社会信用代码", "部门 / 事项", "事项编码", "责任科室和责任人", "有效期")
    listed = table(*columns, title=f"双公示目录 {catalogue.version}")
    for row in _rows(catalogue, day):
        listed.add_row(*row)
    console().print(listed)
