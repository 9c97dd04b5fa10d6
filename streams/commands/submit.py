"""`gongshi submit`: hands in decisions from files."""

from pathlib import Path
from typing import Any, Literal

import click
import orjson
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from connectors.desk import Desk, Line
from connectors.files import Row, read
from connectors.sender import Sender
from connectors.xlsx.returned import ReturnedRows
from streams.commands.options import data_option, find_kafka
from streams.domain.errors import ConfigurationError
from streams.domain.stages import Origin, Severity
from streams.intake import following_catalogue, make_desk
from streams.settings import load
from streams.world import codec_of


@click.command(name="submit")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--department", default="", help="统一社会信用代码 of the department that hands in.")
@data_option
@click.option("--json", "as_json", is_flag=True, help="A JSON line a row.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Workbook (.xlsx) of the refused rows: wrong cells marked, reasons beside, to be mended and sent.",
)
def command(
    files: tuple[str, ...], department: str, data: Path, report: Path | None, *, as_json: bool
) -> None:
    """Send the decisions in .xlsx, .csv, .json, .jsonl and .xml FILEs (- reads JSON lines).

    Tells what is refused. Every row that can be read is sent, refused ones too: their days keep running
    until they are mended and sent again. Exits 0 when Kafka has all of them.
    """
    if report is not None:
        _check_report(report, files)
    settings = load()
    kafka = find_kafka(settings, data)
    with following_catalogue(settings, kafka) as catalogue, ReturnedRows() as returned:
        desk = make_desk(settings, sender=Sender(kafka), codec=codec_of(settings), catalogue=catalogue)
        try:
            accepted = _submit(files, desk, department, returned, as_json=as_json)
        finally:
            if report is not None:
                returned.write(report)
        if not as_json:
            click.echo(f"受理 {accepted} 件，退回 {returned.count} 件")
            if report is not None:
                click.echo(f"退回的数据在 {report}，按批注改正后可直接再次报送")


def _check_report(report: Path, files: tuple[str, ...]) -> None:
    """Refuse a report that could not be written once all is sent, or that would overwrite what is sent."""
    if report.suffix.lower() != ".xlsx":
        raise ConfigurationError(f"{report.name} is no .xlsx; name a workbook with --report")
    if not report.absolute().parent.is_dir():
        raise ConfigurationError(f"{report.parent} is no folder; choose another place for --report")
    if any(name != "-" and Path(name).absolute() == report.absolute() for name in files):
        raise ConfigurationError(f"{report.name} is handed in itself; choose another name for --report")


def _submit(
    files: tuple[str, ...], desk: Desk, department: str, returned: ReturnedRows, *, as_json: bool
) -> int:
    """Hand in every file, and return how many rows the review will take."""
    accepted = 0
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        for name in files:
            source: Path | Literal["-"] = "-" if name == "-" else Path(name)
            task = progress.add_task(name, total=None)

            def origin(row: Row, file: str = Path(name).name) -> Origin:
                return Origin(connector="file", department=department, reference=f"{file}:{row.place}")

            for line in desk.hand_in(read(source), origin):
                accepted += line.ok
                returned.add(name, line)
                _tell(name, line, as_json=as_json)
                progress.advance(task)
    return accepted


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
