"""`gongshi template`: the official spreadsheets, empty, for clerks to fill."""

from contextlib import suppress
from pathlib import Path

import click

from connectors.unreadable import why
from connectors.xlsx.notes import Subject
from connectors.xlsx.template import template_csv, template_workbook
from streams.domain.errors import ConfigurationError
from streams.domain.stages import Kind


@click.command("template")
@click.argument("kind", type=click.Choice([kind.value for kind in Kind]))
@click.option(
    "--subject",
    type=click.Choice([subject.value for subject in Subject]),
    default=Subject.LEGAL.value,
    show_default=True,
    help="Legal persons (with organisations and individual businesses), or natural persons.",
)
@click.option("-o", "--output", "file", type=click.Path(path_type=Path, dir_okay=False), required=True)
def command(kind: str, subject: str, file: Path) -> None:
    """Write an official template to FILE, a new .xlsx with drop-downs and notes, or .csv.

    What is filled in there goes through `gongshi check` and `gongshi submit` as it is.
    """
    writers = {".xlsx": template_workbook, ".csv": template_csv}
    writer = writers.get(file.suffix.lower())
    if writer is None:
        raise ConfigurationError(f"{file.name}：模板只有 .xlsx 和 .csv 两种，请用 -o 指明其中一种")
    content = writer(Kind(kind), Subject(subject))
    try:
        with file.open("xb") as stream:
            stream.write(content)
    except FileExistsError as error:
        raise ConfigurationError(
            f"{file} 已经存在，没有覆盖，以免丢失已填的内容；请用 -o 另取一个文件名，或先移走原文件"
        ) from error
    except OSError as error:
        with suppress(OSError):
            file.unlink()  # no half of a template may stand in the way of the next try
        raise ConfigurationError(f"{file}：无法写入，{why(error)}；请用 -o 换一个位置") from error
