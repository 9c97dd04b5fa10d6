"""Reads the rows of a .csv file: any of the encodings and separators that office programs write."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from connectors.encodings import encoding_of
from connectors.grid import TITLE_ROWS, Record, Table
from connectors.headers import known_headers
from connectors.row import Row
from streams.domain.validation import finding

_SAMPLE_BYTES = 64 * 1024
_LONGEST_CELL = 1024 * 1024
_SEPARATORS = (",", "\t", ";", "|")


def read_table(stream: BinaryIO) -> Iterator[Row]:
    """Yield the rows below the header; a row that cannot be read is one with a problem."""
    sample = stream.read(_SAMPLE_BYTES)
    encoding = encoding_of(sample)
    text = io.TextIOWrapper(
        io.BufferedReader(_Rejoined(sample, stream)), encoding=encoding, errors="replace", newline=""
    )
    csv.field_size_limit(_LONGEST_CELL)
    records = _records(text, _separator(sample.decode(encoding, "replace")))
    table = Table.find(records, ragged=False)
    if table is None:
        yield Row(number=1, problem=finding("HEADER_UNKNOWN"))
    else:
        yield from table.rows()


def _records(text: io.TextIOBase, separator: str) -> Iterator[Record]:
    reader = csv.reader(text, delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Record(number=number, problem="LINE_UNREADABLE")
        else:
            filled = {place: cell for place, cell in enumerate(cells) if cell}
            yield Record(number=number, cells=filled, width=len(cells))


def _separator(sample: str) -> str:
    lines = list(islice(io.StringIO(sample), TITLE_ROWS))
    return max(
        _SEPARATORS, key=lambda sign: max((known_headers(line.split(sign)) for line in lines), default=0)
    )


class _Rejoined(io.RawIOBase):
    """A stream whose beginning was read already."""

    def __init__(self, beginning: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._beginning = memoryview(beginning)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed takes any buffer
        if self._beginning:
            taken = self._beginning[: len(buffer)]
            self._beginning = self._beginning[len(taken) :]
            buffer[: len(taken)] = taken
            return len(taken)
        chunk = self._rest.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)
