"""`gongshi check`: validates rows offline and says of each what is wrong and what to do."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import click
import orjson

from connectors.files import Row, read
from connectors.rows import to_submitted
from streams import settings
from streams.catalogue.file import load_calendar, load_catalogue
from streams.domain import judging
from streams.domain.calendar import Calendar
from streams.domain.catalogue import Catalogue
from streams.domain.keys import is_readable
from streams.domain.stages import EventId, Finding, Kind, Origin

OFFLINE = Origin(connector="file", department="", reference="")


@click.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind]),
    help="What the rows are, if their headers do not tell.",
)
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="Judge as on that day instead of today (China)."
)
def command(files: tuple[Path, ...], kind: str | None, today: datetime | None) -> None:
    """Validate decisions in .xlsx, .csv, .json, .jsonl and .xml FILEs (- reads JSON lines), without network.

    Prints a JSON line a row: row, key, ok, findings; and sheet, behind a workbook's first table.
    Exits 0 when every file could be read.
    """
    configured = settings.load()
    calendar = load_calendar(configured.working_days)
    catalogue = load_catalogue(configured.catalogue)
    now = datetime.now(UTC)
    told = Kind(kind) if kind else None
    day = today.date() if today else now.astimezone(ZoneInfo("Asia/Shanghai")).date()
    out = click.get_binary_stream("stdout")
    counts = Counter[bool]()
    empty = []
    for file in files:
        path: Path | Literal["-"] = "-" if str(file) == "-" else file
        before = counts.total()
        for row in read(path):
            judged = judge(row, kind=told, now=now, today=day, calendar=calendar, catalogue=catalogue)
            out.write(orjson.dumps(judged, option=orjson.OPT_APPEND_NEWLINE))
            counts[judged["ok"]] += 1
        if counts.total() == before:
            empty.append(file.name)
    out.flush()
    without = f"；没有数据行的文件：{'、'.join(empty)}" if empty else ""
    click.echo(f"合格 {counts[True]} 件，退回 {counts[False]} 件{without}", err=True)


def judge(
    row: Row,
    *,
    kind: Kind | None,
    now: datetime,
    today: date,
    calendar: Calendar,
    catalogue: Catalogue,
) -> dict[str, Any]:
    """Return a row's verdict as `gongshi check` prints it: row, key, ok, findings."""
    if row.problem is not None:
        return _verdict(row, "", (row.problem,))
    submitted = to_submitted(row.values, kind=kind, origin=OFFLINE, now=now, event_id=EventId(""), revision=0)
    verdict = judging.judge(submitted, today=today, calendar=calendar, catalogue=catalogue)
    return _verdict(row, submitted.key if is_readable(submitted.key) else "", row.told(verdict.findings))


def _verdict(row: Row, key: str, findings: Sequence[Finding]) -> dict[str, Any]:
    return {
        "row": row.number,
        **({"sheet": row.sheet} if row.sheet else {}),
        "key": key,
        "ok": judging.accepted(findings),
        "findings": [
            {"code": one.code, "column": one.column, "severity": one.severity.value, "message": one.message}
            for one in findings
        ],
    }
