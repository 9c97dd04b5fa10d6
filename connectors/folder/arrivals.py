"""Sees which files in an inbox are complete: those that nobody has changed for a while."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from connectors.folder.layout import is_temporary


@dataclass(frozen=True, slots=True)
class Shape:
    """What changes when a file is written to."""

    size: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class _Seen:
    shape: Shape
    since_s: float


class Arrivals:
    """Remembers the files of one inbox between two looks.

    Only what was seen here counts, never a file's age: clocks of file servers differ, and copying keeps
    old times.
    """

    def __init__(self, inbox: Path, settle_s: float) -> None:
        self._inbox = inbox
        self._settle_s = settle_s
        self._seen: dict[str, _Seen] = {}

    def look(self, at_s: float) -> tuple[Path, ...]:
        """Return the complete files, the longest unchanged first; `at_s` is a steady clock's time.

        Raises `OSError` when the inbox cannot be read.
        """
        present = _shapes(self._inbox)
        self._seen = {name: self._compared(name, shape, at_s) for name, shape in present.items()}
        complete = [name for name, seen in self._seen.items() if at_s - seen.since_s >= self._settle_s]
        complete.sort(key=lambda name: (present[name].changed_ns, name))
        return tuple(self._inbox / name for name in complete)

    @property
    def waiting(self) -> bool:
        """Whether the last look saw any file, complete or not."""
        return bool(self._seen)

    def _compared(self, name: str, shape: Shape, at_s: float) -> _Seen:
        before = self._seen.get(name)
        return before if before and before.shape == shape else _Seen(shape, at_s)


def shape_of(file: Path) -> Shape:
    """Return the shape of a file. Raises `OSError`."""
    return _shape(file.stat(follow_symlinks=False))


def _shapes(inbox: Path) -> dict[str, Shape]:
    shapes = {}
    with os.scandir(inbox) as entries:
        for entry in entries:
            if is_temporary(entry.name):
                continue
            try:
                about = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue  # taken away between the two calls
            if stat.S_ISREG(about.st_mode):
                shapes[entry.name] = _shape(about)
    return shapes


def _shape(about: os.stat_result) -> Shape:
    return Shape(about.st_size, about.st_mtime_ns)
