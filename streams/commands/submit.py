"""`gongshi submit`: hands in decisions from files."""

from pathlib import Path
from typing import Any, Literal

import click
import orjson
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from connectors.desk import Line
from connectors.files import Row, read
from connectors.sender import Sender
from streams.commands.options import data_option, find_kafka
from streams.domain.stages import Origin, Severity
from streams.intake import make_desk
from streams.settings import load
from streams.world import codec_of


@click.command(name="submit")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--department", default="", help="统一社会信用代码 of the department that hands in.")
@data_option
@click.option("--json", "as_json", is_flag=True, help="A JSON line a row.")
def command(files: tuple[str, ...], department: str, data: Path, *, as_json: bool) -> None:
    """Send the decisions in .xlsx, .csv, .json, .jsonl and .xml FILEs (- reads JSON lines).

    Tells what is refused. Every row that can be read is sent, refused ones too: their days keep running
    until they are mended and sent again. Exits 0 when Kafka has all of them.
    """
    settings = load()
    desk = make_desk(settings, sender=Sender(find_kafka(settings, data)), codec=codec_of(settings))
    counts = {"accepted": 0, "refused": 0}
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        for name in files:
            source: Path | Literal["-"] = "-" if name == "-" else Path(name)
            task = progress.add_task(name, total=None)

            def origin(row: Row, file: str = Path(name).name) -> Origin:
                return Origin(connector="file", department=department, reference=f"{file}:{row.place}")

            for line in desk.hand_in(read(source), origin):
                counts["accepted" if line.ok else "refused"] += 1
                _tell(name, line, as_json=as_json)
                progress.advance(task)
    if not as_json:
        click.echo(f"受理 {counts['accepted']} 件，退回 {counts['refused']} 件")


def _tell(file: str, line: Line, *, as_json: bool) -> None:
    if as_json:
        click.echo(orjson.dumps(_json(file, line)))
        return
    place = f"{line.row.sheet and f'“{line.row.sheet}”'}第{line.row.number}行"
    for finding in line.findings:
        mark = "退回" if finding.severity is Severity.ERROR else "提醒"
        click.echo(f"{file} {place} {mark} {finding.column or '整条'}: {finding.message}")


def _json(file: str, line: Line) -> dict[str, Any]:
    return {
        "file": file,
        "row": line.row.number,
        **({"sheet": line.row.sheet} if line.row.sheet else {}),
        "key": line.key,
        "event_id": line.event_id,
        "sent": line.sent,
        "ok": line.ok,
        "findings": [
            {"code": f.code, "column": f.column, "severity": f.severity, "message": f.message}
            for f in line.findings
        ],
    }
