"""Reads the lists that the supervising office hands in: .xlsx, .csv or .toml with known columns."""

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from connectors.tables import encoding_of
from connectors.unreadable import UnreadableError
from connectors.xlsx.reading import read_sheets
from streams.domain.errors import ConfigurationError
from streams.domain.folding import compact
from streams.domain.validation import RULES

_SEPARATORS = ",\t;"
_ENOUGH = 2
"""Known heads that make a row the header: titles may stand above it."""

Row = tuple[str, Mapping[str, str]]
"""Where it stands, and field → text; empty cells are absent."""


def read_rows(file: Path, columns: Mapping[str, str]) -> tuple[Row, ...]:
    """Return the rows of a file; `columns` are head → field, several heads may mean the same.

    Raises `ConfigurationError` where the file cannot be read, or has a column that is not known.
    """
    try:
        match file.suffix.lower():
            case ".toml":
                return tuple(_of_toml(file.read_text(encoding="utf-8"), file.name, columns))
            case ".csv":
                return tuple(_below_header(_of_csv(file.read_bytes()), file.name, columns))
            case ".xlsx":
                with file.open("rb") as stream:
                    return tuple(_below_header(_of_workbook(stream), file.name, columns))
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read: {error.strerror}") from error
    except UnreadableError as error:
        raise ConfigurationError(f"{file.name}: {RULES[error.rule].message}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{file.name} is no UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file.name} is no valid TOML: {error}") from error
    raise ConfigurationError(f"{file.name} has no known ending; hand in .xlsx, .csv or .toml")


def _of_csv(content: bytes) -> Iterator[tuple[str, Sequence[str]]]:
    text = content.decode(encoding_of(content), "replace")
    separator = max(_SEPARATORS, key=text.partition("\n")[0].count)
    for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=separator), start=1):
        yield str(number), cells


def _of_workbook(stream: io.BufferedReader) -> Iterator[tuple[str, Sequence[str]]]:
    sheet = next(iter(read_sheets(stream)))
    for record in sheet.records:
        width = max(record.cells, default=-1) + 1
        yield str(record.number), [record.cells.get(place, "") for place in range(width)]


def _below_header(
    rows: Iterator[tuple[str, Sequence[str]]], name: str, columns: Mapping[str, str]
) -> Iterator[Row]:
    header: list[str] = []
    for number, cells in rows:
        texts = [cell.strip() for cell in cells]
        if not any(texts):
            continue
        if header:
            yield (
                f"{name} row {number}",
                {field: text for field, text in zip(header, texts, strict=False) if field and text},
            )
        elif _is_header([compact(text) for text in texts if text], columns):
            header = [_field(compact(text), name, columns) for text in texts]
    if not header:
        raise ConfigurationError(f"{name} has no header; known columns are {'、'.join(columns)}")


def _is_header(heads: Sequence[str], columns: Mapping[str, str]) -> bool:
    known = sum(head in columns for head in heads)
    return known >= _ENOUGH or known == len(heads)


def _of_toml(text: str, name: str, columns: Mapping[str, str]) -> Iterator[Row]:
    for title, rows in tomllib.loads(text).items():
        if not isinstance(rows, list) or any(not isinstance(row, dict) for row in rows):
            raise ConfigurationError(f"{name}: write each row below a line [[{title}]]")
        for number, row in enumerate(rows, start=1):
            yield (
                f"{name} [[{title}]] {number}",
                {
                    _field(head, name, columns): str(value)
                    for head, value in row.items()
                    if str(value).strip()
                },
            )


def _field(head: str, name: str, columns: Mapping[str, str]) -> str:
    if head and head not in columns:
        raise ConfigurationError(f"{name}: unknown column {head}; known are {'、'.join(columns)}")
    return columns[head] if head else ""
