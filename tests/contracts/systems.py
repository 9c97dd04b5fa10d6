"""Handing in without a person at it: a drop folder, a database, a program, and over HTTP."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, insert

from connectors.database.config import load_source
from connectors.database.opening import open_source
from connectors.database.position import PositionFile
from connectors.database.puller import Puller
from connectors.folder.watcher import Pace, Watcher
from connectors.producer import Action, Decision, DecisionProducer, Ground, HandIn
from streams.domain import envelope
from streams.domain.identifiers import is_uscc
from streams.domain.keys import decision_key
from streams.domain.stages import Kind
from tests.connectors.folder.office import CODE
from tests.connectors.http.counterhall import make_office, make_service, post, running, tokens
from tests.contracts.files import write_csv
from tests.contracts.hall import NOW, Hall, Rows, Told, headers, told_of


def by_drop_folder(hall: Hall, rows: Rows) -> Told:
    root = hall.folder / hall.token
    inbox = root / CODE / "inbox"
    inbox.mkdir(parents=True)
    write_csv(inbox / f"{hall.token}.csv", rows, "utf-8")
    Watcher(
        root=root,
        department={CODE: CODE}.get,
        desk=hall.desk,
        now=lambda: NOW,
        clock=lambda: 0.0,
        pace=Pace(poll_s=0.01, settle_s=0),
    ).run_once()
    receipt = json.loads((root / CODE / "done" / f"{hall.token}.csv.receipt.json").read_text("utf-8"))
    return [
        (line["ok"], tuple((one["code"], one["column"], one["message"]) for one in line["findings"]))
        for line in receipt["rows"]
    ]


def by_database(hall: Hall, rows: Rows) -> None:
    """Pull from a table of texts; what is wrong with a row is told by outboxes alone."""
    names = {header: f"c{place}" for place, header in enumerate(headers(rows))}
    table = Table(
        hall.token,
        MetaData(),
        Column("id", Integer, primary_key=True),
        *(Column(name, Text) for name in names.values()),
    )
    engine = create_engine(hall.database_url)
    table.create(engine)
    with engine.begin() as connection:
        for number, row in enumerate(rows, start=1):
            values = {names[header]: text for header, text in row.items() if text}
            connection.execute(insert(table).values(id=number, **values))
    engine.dispose()
    about = {
        "name": hall.token,
        "department": CODE,
        "url_env": "URL",
        "mode": "incrementing",
        "table": hall.token,
        "key": "id",
        "incrementing": "id",
        "delay_s": 0,
        "columns": names,
        "kind": hall.kind.value,
    }
    source = load_source(Path("a.toml"), about, {"URL": hall.database_url})
    reader = open_source(source.name, hall.database_url)
    position = PositionFile(hall.file(".position"))
    Puller(
        source=source, engine=reader, position=position, desk=hall.desk, now=lambda: NOW, clock=lambda: 0.0
    ).run_once()
    reader.dispose()


def by_producer(hall: Hall, rows: Rows) -> Told:
    producer = DecisionProducer(hall.desk, department=CODE, system=hall.token)

    def typed(number: int, row: Mapping[str, str]) -> HandIn:
        about = dict(row)
        action, reason = about.pop(envelope.ACTION, ""), about.pop(envelope.REASON, "")
        ground, objection = about.pop(envelope.GROUND, ""), about.pop(envelope.OBJECTION, "")
        return HandIn(
            decision=Decision(
                kind=hall.kind,
                columns=about,
                ground=Ground(ground) if ground else None,
                objection=objection == envelope.OPEN,
            ),
            reference=str(number),
            changed_at=NOW,
            action=Action(action or "publish"),
            reason=reason,
        )

    receipts = producer.hand_in(typed(number, row) for number, row in enumerate(rows, start=1))
    return [(one.ok, told_of(one.findings)) for one in receipts]


def by_http(hall: Hall, rows: Rows) -> Told:
    """Post what belongs to one authority at once, under its own token."""
    return asyncio.run(_post(hall, rows))


async def _post(hall: Hall, rows: Rows) -> Told:
    (hall.folder / hall.token).mkdir()
    holders = {f"gs_{code}": code for code in {_holder(row) for row in rows}}
    office = replace(
        make_office(hall.folder / hall.token),
        tokens=lambda: tokens(holders),
        departments=lambda: frozenset(holders.values()),
    )
    told: Told = []
    async with running(make_service(office, hall.sends, desks=[hall.desk])) as client:
        for number, (code, group) in enumerate(groupby(rows, _holder)):
            said = await post(
                client, json=[dict(row) for row in group], key=f"{hall.token}-{number}", token=f"gs_{code}"
            )
            told += [
                (row["ok"], tuple((one["code"], one["column"], one["message"]) for one in row["findings"]))
                for row in said.body["rows"]
            ]
    return told


def _holder(row: Mapping[str, str]) -> str:
    """Return whose token a row is handed in with; one with a broken code may come from anybody."""
    code = decision_key(Kind.LICENCE if "XK_XKJGDM" in row else Kind.PENALTY, row).partition("|")[0]
    return code if is_uscc(code) else CODE
