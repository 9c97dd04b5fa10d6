"""`gongshi template`: the official spreadsheets, empty, for clerks to fill."""

from pathlib import Path

import click

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
    """Write an official template to FILE, .xlsx with drop-downs and notes, or .csv.

    What is filled in there goes through `gongshi check` and `gongshi submit` as it is.
    """
    writers = {".xlsx": template_workbook, ".csv": template_csv}
    writer = writers.get(file.suffix.lower())
    if writer is None:
        raise ConfigurationError(f"{file.name} is neither .xlsx nor .csv; name one of them with -o")
    try:
        file.write_bytes(writer(Kind(kind), Subject(subject)))
    except OSError as error:
        raise ConfigurationError(
            f"{file} cannot be written: {error.strerror}; choose another place"
        ) from error
