"""Small files that are there whole or not at all, and locks that a dead process gives back."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from streams.domain.errors import ConfigurationError


def make_folder(folder: Path, called: str, mode: int = 0o777) -> None:
    """Make `folder` where it is missing. Raises `ConfigurationError` that says what it is `called`."""
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"{called} {folder} cannot be made: {error.strerror}") from error


def write_whole(file: Path, content: bytes) -> None:
    """Write or replace `file` so that a reader, also after a power failure, sees the old or the new one."""
    draft = file.with_name(f".{file.name}.draft")
    with draft.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)
    flush_folder(file.parent)


def flush_folder(folder: Path) -> None:
    """Bring the names in `folder` to the disk, where its file system can."""
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    except OSError:
        return  # some network drives know no such thing
    finally:
        os.close(place)


@contextmanager
def locked(file: Path) -> Iterator[bool]:
    """Hold the lock on `file` for a while; False when another process has it.

    The system gives it back when its holder dies, however that happens.
    """
    with file.open("ab") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
