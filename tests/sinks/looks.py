"""How to look at what a platform of each kind has of a decision."""

import csv
import hashlib
import io
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import aiohttp
from sqlalchemy import column, create_engine, select, table
from yarl import URL

from streams.domain.stages import Public
from tests.sinks.conftest import National, Portal


@dataclass(frozen=True, slots=True)
class Shown:
    """What a platform has of a decision."""

    revision: int
    withdrawn: bool
    content: str


Look = Callable[[Public], Awaitable[Shown]]


def look_at_portal(portal: Portal) -> Look:
    """Look at the reference portal's page."""

    async def look(event: Public) -> Shown:
        url = URL(f"{portal.base}/decisions/{event.key}", encoded=False)
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            told = await response.json()
            if response.status == 410:
                return Shown(event.revision, withdrawn=True, content="")
            return Shown(told["revision"], withdrawn=False, content=told["columns"]["CF_NR"])

    return look


def look_at_national(national: National) -> Look:
    """Look at the newest of the platform's records, of which all others must be removed."""

    async def look(event: Public) -> Shown:
        url = f"{national.base}/records"
        params = {"number": str(event.values["CF_WSH"])}
        async with aiohttp.ClientSession() as session, session.get(url, params=params) as response:
            told = await response.json()
        assert all(one["removed"] for one in told[:-1])
        newest = told[-1]
        return Shown(event.revision, newest["removed"], newest["columns"].get("CF_NR", ""))

    return look


def look_at_feed(folder: Path) -> Look:
    """Look at the newest list and at the decision's own page, which must agree."""

    async def look(event: Public) -> Shown:
        listed = json.loads((folder / "latest.json").read_text("utf-8"))["decisions"]
        (shown,) = [one for one in listed if one["number"] == event.values["CF_WSH"]]
        assert json.loads((folder / "decisions" / f"{shown['id']}.json").read_text("utf-8")) == shown
        return Shown(event.revision, shown["withdrawn"], shown.get("columns", {}).get("CF_NR", ""))

    return look


def look_at_tables(url: str) -> Look:
    """Look at the exchange database's table with plain SQL."""

    async def look(event: Public) -> Shown:
        engine = create_engine(url)
        with engine.connect() as connection:
            wanted = select(column("XDH"), column("SFCX"), column("CF_NR")).select_from(table("frxzcf"))
            row = connection.execute(wanted.where(column("JDBS") == event.key)).one()
        engine.dispose()
        return Shown(row[0], withdrawn=bool(row[1]), content=row[2] or "")

    return look


def look_at_files(folder: Path) -> Look:
    """Take up what the manifests name, as a platform would: whole files only, the highest revision counts."""

    async def look(event: Public) -> Shown:
        mine = [row for row in all_dropped(folder) if row["decision_key"] == event.key]
        newest = max(mine, key=lambda row: row["revision"])
        return Shown(newest["revision"], newest["action"] == "withdraw", newest["columns"].get("CF_NR", ""))

    return look


def all_dropped(folder: Path) -> list[Mapping[str, Any]]:
    """Return the rows of every file that has a manifest, with what that tells of them."""
    return [row for manifest in folder.glob("*.manifest.json") for row in read_dropped(manifest)]


def read_dropped(manifest: Path) -> list[Mapping[str, Any]]:
    """Return a file's rows, after its manifest's figures were checked."""
    about = json.loads(manifest.read_text("utf-8"))
    content = (manifest.parent / about["file"]).read_bytes()
    assert (about["bytes"], about["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    if about["file"].endswith(".csv"):
        rows: list[Mapping[str, str]] = list(
            csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        )
    else:
        rows = [{one.tag: one.text or "" for one in row} for row in ET.fromstring(content)]  # noqa: S314 -- our own
    assert len(rows) == about["rows"] == len(about["decisions"])
    return [
        {**told, "action": about["action"], "columns": row}
        for row, told in zip(rows, about["decisions"], strict=True)
    ]
