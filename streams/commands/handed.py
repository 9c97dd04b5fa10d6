"""Reads the lists that the supervising office hands in: .xlsx, .csv or .toml with known columns."""

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from connectors.encodings import encoding_of
from connectors.unreadable import UnreadableError, why
from connectors.xlsx.reading import read_sheets
from streams.domain.errors import ConfigurationError
from streams.domain.folding import compact
from streams.domain.keys import LOST
from streams.domain.validation import RULES

_SEPARATORS = ",\t;"
_ENOUGH = 2
"""Known heads that make a row the header: titles may stand above it."""

Row = tuple[str, Mapping[str, str]]
"""Where it stands, and field → text; empty cells are absent."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What stands in a list."""

    rows: tuple[Row, ...]
    mistakes: tuple[str, ...]
    """Columns that are not known, and cells that cannot be read; in Chinese, each with its place."""


def read_list(file: Path, columns: Mapping[str, str]) -> Handed:
    """Return the rows of a file; `columns` are head → field, several heads may mean the same.

    Raises `ConfigurationError` where the file cannot be read, or has no header.
    """
    try:
        match file.suffix.lower():
            case ".toml":
                return _of_toml(file.read_text(encoding="utf-8"), file.name, columns)
            case ".csv":
                return _below_header(_of_csv(file.read_bytes()), file.name, columns)
            case ".xlsx":
                with file.open("rb") as stream:
                    return _below_header(_of_workbook(stream), file.name, columns)
    except OSError as error:
        raise ConfigurationError(f"{file.name}：无法读取，{why(error)}") from error
    except UnreadableError as error:
        raise ConfigurationError(f"{file.name}：{RULES[error.rule].message}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{file.name}：不是 UTF-8 编码，请以 UTF-8 保存") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file.name}：不是有效的 TOML({error})") from error
    raise ConfigurationError(f"{file.name}：只能读取 .xlsx、.csv 和 .toml，请另存为其中一种")


def _of_csv(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    text = content.decode(encoding_of(content), "replace")
    separator = max(_SEPARATORS, key=text.partition("\n")[0].count)
    yield from enumerate(csv.reader(io.StringIO(text), delimiter=separator), start=1)


def _of_workbook(stream: io.BufferedReader) -> Iterator[tuple[int, Sequence[str]]]:
    sheet = next(iter(read_sheets(stream)))
    for record in sheet.records:
        width = max(record.cells, default=-1) + 1
        yield record.number, [record.cells.get(place, "") for place in range(width)]


def _below_header(
    lines: Iterator[tuple[int, Sequence[str]]], name: str, columns: Mapping[str, str]
) -> Handed:
    header: list[str] = []
    rows: list[Row] = []
    mistakes: list[str] = []
    for number, cells in lines:
        texts = [cell.strip() for cell in cells]
        if not any(texts):
            continue
        place = f"{name} 第 {number} 行"
        if any(LOST in text for text in texts):
            mistakes.append(f"{place}：有乱码或无法读取的单元格，请重新录入")
        if header:
            filled = {head: text for head, text in zip(header, texts, strict=False) if head and text}
            rows.append((place, {columns[head]: text for head, text in filled.items() if head in columns}))
        elif _is_header([compact(text) for text in texts if text], columns):
            header = [compact(text) for text in texts]
            mistakes.extend(_unknown(header, place, columns))
    if not header:
        raise ConfigurationError(f"{name}：没有找到表头，可用的列是{'、'.join(columns)}")
    return Handed(tuple(rows), tuple(mistakes))


def _is_header(heads: Sequence[str], columns: Mapping[str, str]) -> bool:
    known = sum(head in columns for head in heads)
    return known >= _ENOUGH or known == len(heads)


def _of_toml(text: str, name: str, columns: Mapping[str, str]) -> Handed:
    rows: list[Row] = []
    mistakes: list[str] = []
    for title, entries in tomllib.loads(text).items():
        if not isinstance(entries, list) or any(not isinstance(entry, dict) for entry in entries):
            mistakes.append(f"{name}：每行应写在一行 [[{title}]] 之下")
            continue
        for number, entry in enumerate(entries, start=1):
            place = f"{name} [[{title}]] 第 {number} 个"
            mistakes.extend(_unknown(entry, place, columns))
            filled = {head: str(value) for head, value in entry.items() if str(value).strip()}
            rows.append((place, {columns[head]: text for head, text in filled.items() if head in columns}))
    return Handed(tuple(rows), tuple(mistakes))


def _unknown(heads: Iterable[str], place: str, columns: Mapping[str, str]) -> Iterator[str]:
    for head in heads:
        if head and head not in columns:
            yield f"{place}：没有“{head}”这一列，可用的列是{'、'.join(columns)}"
