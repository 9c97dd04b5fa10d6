"""`gongshi submit`: hands in decisions from files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import click
import orjson
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from connectors.desk import Desk, Line
from connectors.files import Row, check_readable, read
from connectors.sender import Sender
from connectors.xlsx.returned import ReturnedRows
from streams.commands.options import data_option, find_kafka
from streams.domain import folding
from streams.domain.errors import ConfigurationError
from streams.domain.identifiers import is_uscc
from streams.domain.stages import Origin, Severity
from streams.intake import following_catalogue, make_desk
from streams.settings import load
from streams.world import codec_of


def _department(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    code = folding.code(value)
    if code and not is_uscc(code):
        raise ConfigurationError(
            "--department 不是有效的统一社会信用代码(18 位，末位为校验位)；请对照登记证书核对，或不写此项"
        )
    return code


@click.command(name="submit")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--department",
    default="",
    callback=_department,
    help="统一社会信用代码 of the department that hands in.",
)
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
    check_readable(_source(name) for name in files)
    settings = load()
    kafka = find_kafka(settings, data)
    with following_catalogue(settings, kafka) as catalogue, ReturnedRows() as returned:
        desk = make_desk(settings, sender=Sender(kafka), codec=codec_of(settings), catalogue=catalogue)
        accepted = 0
        try:
            for file, line in _lines(files, desk, department):
                accepted += line.ok
                returned.add(file, line)
                _tell(file, line, as_json=as_json)
        finally:
            if report is not None:
                returned.write(report)
            if not as_json:
                _tell_counts(accepted, returned.count, report)


def _check_report(report: Path, files: tuple[str, ...]) -> None:
    """Refuse a report that could not be written once all is sent, or that would overwrite what is sent."""
    if report.suffix.lower() != ".xlsx":
        raise ConfigurationError(f"{report.name}：退回的数据只写成 .xlsx，请用 --report 另取文件名")
    if not report.absolute().parent.is_dir():
        raise ConfigurationError(f"没有 {report.parent} 这个文件夹，请用 --report 换一个位置")
    if any(name != "-" and Path(name).absolute() == report.absolute() for name in files):
        raise ConfigurationError(f"{report.name} 本身就是要报送的文件，请用 --report 另取一个文件名")


def _source(name: str) -> Path | Literal["-"]:
    return "-" if name == "-" else Path(name)


def _lines(files: tuple[str, ...], desk: Desk, department: str) -> Iterator[tuple[str, Line]]:
    """Hand in every file, and yield its name with each of its lines."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        for name in files:
            task = progress.add_task(name, total=None)

            def origin(row: Row, file: str = Path(name).name) -> Origin:
                return Origin(connector="file", department=department, reference=f"{file}:{row.place}")

            for line in desk.hand_in(read(_source(name)), origin):
                yield name, line
                progress.advance(task)


def _tell_counts(accepted: int, refused: int, report: Path | None) -> None:
    click.echo(f"受理 {accepted} 件，退回 {refused} 件")
    if report is not None:
        click.echo(f"退回的数据在 {report}，按批注改正后可直接再次报送")


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
