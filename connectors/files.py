"""Reads rows from .csv, .json and .jsonl files, one after the other, whatever is wrong with some of them."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from connectors.json_rows import read_json, read_json_lines
from connectors.row import Row
from connectors.tables import read_table
from streams.domain.errors import ConfigurationError

__all__ = ["Row", "read"]

_TABLES = (".csv", ".tsv", ".txt")
_JSON_LINES = (".jsonl", ".ndjson")


def read(path: Path | Literal["-"]) -> Iterator[Row]:
    """Yield the rows of a file, `-` for JSON lines on stdin; .json is read whole, the others as a stream.

    Raises `ConfigurationError` when the file cannot be opened or is of another format.
    """
    if path == "-":
        yield from read_json_lines(sys.stdin.buffer)
        return
    file = Path(path)
    ending = file.suffix.lower()
    if ending not in (*_TABLES, *_JSON_LINES, ".json"):
        raise ConfigurationError(f"{file.name} is none of .csv, .json, .jsonl; save it as one of them")
    try:
        with file.open("rb") as stream:
            if ending in _TABLES:
                yield from read_table(stream)
            elif ending in _JSON_LINES:
                yield from read_json_lines(stream)
            else:
                yield from read_json(stream.read())
    except OSError as error:
        raise ConfigurationError(f"{file.name} cannot be read: {error.strerror}") from error
