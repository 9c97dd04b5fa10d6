"""`gongshi submit`: hands in decisions from files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import click
import orjson
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from connectors.files import Row, read
from connectors.rows import to_submitted
from connectors.sender import Sender
from schemas.codec import Codec
from streams.catalogue_file import load_calendar
from streams.clock import now, today
from streams.commands.options import data_option, find_kafka
from streams.domain.calendar import Calendar
from streams.domain.stages import Finding, Origin, Rejected, Severity, Submitted
from streams.domain.validation import check
from streams.ids import new_event_id, new_revision
from streams.records import Output
from streams.settings import load
from streams.topics import SUBMITTED
from streams.world import codec_of

BATCH_ROWS = 500
Source = Path | Literal["-"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is told of one row."""

    file: str
    row: int
    key: str
    event_id: str
    sent: bool
    """Whether Kafka has it; a row that cannot be read at all is not sent."""
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether the review will take it."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What rows go through on their way to Kafka."""

    department: str
    sender: Sender
    codec: Codec
    calendar: Calendar


@click.command(name="submit")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--department", default="", help="统一社会信用代码 of the department that hands in.")
@data_option
@click.option("--json", "as_json", is_flag=True, help="A JSON line a row.")
def command(files: tuple[str, ...], department: str, data: Path, *, as_json: bool) -> None:
    """Send the decisions in .csv, .json and .jsonl FILEs (- reads JSON lines) and tell what is refused.

    Every row that can be read is sent, refused ones too: their days keep running until they are mended
    and sent again. Exits 0 when Kafka has all of them.
    """
    settings = load()
    desk = Desk(
        department=department,
        sender=Sender(find_kafka(settings, data)),
        codec=codec_of(settings),
        calendar=load_calendar(settings.working_days),
    )
    counts = {"accepted": 0, "refused": 0}
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        for name in files:
            source: Source = "-" if name == "-" else Path(name)
            task = progress.add_task(name, total=None)
            for rows in _batches(source):
                for line in _send(rows, name, desk):
                    counts["accepted" if line.ok else "refused"] += 1
                    _tell(line, as_json=as_json)
                progress.advance(task, len(rows))
    if not as_json:
        click.echo(f"受理 {counts['accepted']} 件，退回 {counts['refused']} 件")


def _batches(source: Source) -> Iterator[Sequence[Row]]:
    rows = read(source)
    while batch := tuple(islice(rows, BATCH_ROWS)):
        yield batch


def _send(rows: Sequence[Row], file: str, desk: Desk) -> Iterator[Line]:
    """Send a batch and yield its lines once Kafka has it."""
    name = Path(file).name
    events = [(row, _submitted(row, name, desk.department) if row.problem is None else None) for row in rows]
    desk.sender.send([Output(SUBMITTED.name, e.key, desk.codec.encode_submitted(e)) for _, e in events if e])
    for row, event in events:
        if event is None:
            problem = (row.problem,) if row.problem else ()
            yield Line(file=name, row=row.number, key="", event_id="", sent=False, findings=problem)
        else:
            verdict = check(event, today=today(), calendar=desk.calendar)
            findings = verdict.findings if isinstance(verdict, Rejected) else verdict.warnings
            yield Line(
                file=name,
                row=row.number,
                key=verdict.key,
                event_id=event.event_id,
                sent=True,
                findings=findings,
            )


def _submitted(row: Row, file: str, department: str) -> Submitted:
    moment = now()
    return to_submitted(
        row.values,
        kind=None,
        origin=Origin(connector="file", department=department, reference=f"{file}:{row.number}"),
        now=moment,
        event_id=new_event_id(),
        revision=new_revision(moment),
    )


def _tell(line: Line, *, as_json: bool) -> None:
    if as_json:
        click.echo(orjson.dumps(_json(line)))
        return
    for finding in line.findings:
        mark = "退回" if finding.severity is Severity.ERROR else "提醒"
        click.echo(f"{line.file} 第{line.row}行 {mark} {finding.column or '整条'}: {finding.message}")


def _json(line: Line) -> dict[str, Any]:
    return {
        "file": line.file,
        "row": line.row,
        "key": line.key,
        "event_id": line.event_id,
        "sent": line.sent,
        "ok": line.ok,
        "findings": [
            {"code": f.code, "column": f.column, "severity": f.severity, "message": f.message}
            for f in line.findings
        ],
    }
