"""How far a source was read, kept in a file that survives a crash; two processes cannot read one source."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from connectors.database.cells import kept, restored
from streams.domain.errors import ConfigurationError, UnavailableError
from streams.durable import locked, write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """All that the next batch depends on."""

    after: tuple[Any, ...] = ()
    """Values of the ordering columns on the last row that the broker has; empty before the first."""
    ties: int = 0
    """How many rows before it are of its millisecond."""
    last_revision: int = 0
    """The highest that was given to a row without a time."""
    promised: Mapping[str, int] = field(default_factory=dict)
    """Event id → revision of rows without a time that may have been sent already."""


class PositionFile:
    """One source's position. A lost file means that all is read again, as the same events."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def load(self) -> Position:
        """Return the position. Raises `ConfigurationError` when the file is damaged."""
        try:
            told = orjson.loads(self._file.read_bytes())
            told["after"] = tuple(restored(name, text) for name, text in told["after"])
            return Position(**told)
        except FileNotFoundError:
            return Position()
        except (ValueError, TypeError, KeyError) as error:
            raise ConfigurationError(
                f"{self._file} is damaged; delete it to read the source from its beginning: nothing doubles"
            ) from error

    def save(self, position: Position) -> None:
        """Replace the position. Raises `UnavailableError` when the disk does not take it."""
        told = {
            "after": [kept(value) for value in position.after],
            "ties": position.ties,
            "last_revision": position.last_revision,
            "promised": dict(position.promised),
        }
        try:
            write_whole(self._file, orjson.dumps(told))
        except OSError as error:
            raise UnavailableError(f"{self._file} cannot be written: {error.strerror}") from error


@contextmanager
def position_of(folder: Path, source: str) -> Iterator[PositionFile]:
    """Give a source's position to this process alone. Raises `ConfigurationError` when another has it."""
    lock = folder / f"{source}.lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.touch()
    except OSError as error:
        raise ConfigurationError(f"{folder} cannot be written: {error.strerror}") from error
    with locked(lock) as mine:
        if not mine:
            raise ConfigurationError(f"{source} is being read by another process; run one of them")
        yield PositionFile(folder / f"{source}.json")
