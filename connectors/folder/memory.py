"""What a department's folder remembers: contents that were handed in, and the last revision given."""

from dataclasses import asdict, dataclass

import orjson

from connectors.folder.layout import DropFolder
from streams.durable import write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """One content that was handed in to its end."""

    sha256: str
    """Of the file, in hexadecimal."""
    name: str
    """The file's, when it came first."""
    at: str
    """ISO 8601, Chinese time."""
    revision: int
    """Of its first row; see `Memory.next_revision`."""
    rows: int
    accepted: int
    """Of `rows`, those that the review will take."""


class Memory:
    """Survives the process; without it nothing doubles either, as event ids follow from the content."""

    def __init__(self, folder: DropFolder) -> None:
        self._contents = folder.state / "handed-in"
        self._revision = folder.state / "revision"

    def known(self, sha256: str) -> HandIn | None:
        """Return the earlier hand-in of the same content, if any. Raises `OSError`."""
        try:
            return HandIn(**orjson.loads((self._contents / f"{sha256}.json").read_bytes()))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def remember(self, hand_in: HandIn) -> None:
        """Remember a content, for ever. Raises `OSError`."""
        self._contents.mkdir(exist_ok=True)
        write_whole(self._contents / f"{hand_in.sha256}.json", orjson.dumps(asdict(hand_in)))

    def next_revision(self, now_ms: int) -> int:
        """Return a revision above all that were used: milliseconds since 1970, unless a clock went back."""
        return max(now_ms, self._last_revision() + 1)

    def used(self, revision: int) -> None:
        """Remember the last revision that a file's rows took. Raises `OSError`."""
        if revision > self._last_revision():
            write_whole(self._revision, str(revision).encode())

    def _last_revision(self) -> int:
        try:
            return int(self._revision.read_bytes())
        except (FileNotFoundError, ValueError):
            return 0
