"""Reads rows from workbooks, tables, JSON and XML, one by one, whatever is wrong with some of them."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Literal

from connectors.json_rows import read_json, read_json_lines
from connectors.messages import read_message
from connectors.row import Row
from connectors.tables import read_table
from connectors.unreadable import why
from connectors.xlsx.reading import read_workbook
from streams.domain.errors import ConfigurationError

__all__ = ["ENDINGS", "Row", "check_readable", "read", "read_stream"]

_READERS: Mapping[str, Callable[[BinaryIO], Iterator[Row]]] = MappingProxyType(
    {
        **dict.fromkeys((".xlsx", ".xlsm"), read_workbook),
        **dict.fromkeys((".csv", ".tsv", ".txt"), read_table),
        **dict.fromkeys((".jsonl", ".ndjson"), read_json_lines),
        ".json": lambda stream: read_json(stream.read()),
        ".xml": read_message,
    }
)
ENDINGS = tuple(_READERS)
"""Of the files that can be read, in lower case."""
_WORKBOOKS = (".xls", ".xlsb", ".et", ".ett", ".ods", ".numbers")
"""Of other spreadsheets, whose programs can all save as .xlsx."""


def check_readable(paths: Iterable[Path | Literal["-"]]) -> None:
    """See that every file is of a known format and can be opened.

    Raises `ConfigurationError` that names every one that cannot be read.
    """
    mistakes = []
    for path in paths:
        try:
            if path != "-":
                _reader(path.name)
                if not path.is_fifo():  # whoever writes to a pipe waits for one reader
                    path.open("rb").close()
        except ConfigurationError as error:
            mistakes.append(str(error))
        except OSError as error:
            mistakes.append(_unreadable(path, error))
    if mistakes:
        raise ConfigurationError("；".join(mistakes))


def read(path: Path | Literal["-"]) -> Iterator[Row]:
    """Yield the rows of a file, `-` for JSON lines on stdin; .json is read whole, the others as a stream.

    Raises `ConfigurationError` when the file cannot be opened or is of another format.
    """
    if path == "-":
        yield from read_json_lines(sys.stdin.buffer)
        return
    file = Path(path)
    _reader(file.name)
    try:
        with file.open("rb") as stream:
            yield from read_stream(stream, file.name)
    except OSError as error:
        raise ConfigurationError(_unreadable(file, error)) from error


def read_stream(stream: BinaryIO, name: str) -> Iterator[Row]:
    """Yield the rows of an open file whose `name` tells its format; a workbook's stream must be seekable.

    Raises `ConfigurationError` when it is of another format.
    """
    yield from _reader(name)(stream)


def _unreadable(file: Path | str, error: OSError) -> str:
    return f"{Path(file).name}：无法读取，{why(error)}"


def _reader(name: str) -> Callable[[BinaryIO], Iterator[Row]]:
    ending = Path(name).suffix.lower()
    if ending in _WORKBOOKS:
        raise ConfigurationError(
            f"{name}：不能读取 {ending} 格式。请用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送"
        )
    reader = _READERS.get(ending)
    if reader is None:
        formats = ".csv, .json, .jsonl, .xlsx, .xlsm, .xml"
        raise ConfigurationError(f"{name}：只能读取 {formats}，请另存为其中一种后重新报送")
    return reader
