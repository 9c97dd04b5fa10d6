"""A file's way from the inbox to its end, by renames: at every instant it stands in exactly one place."""

import errno
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import orjson

from connectors.folder.layout import DropFolder
from connectors.folder.memory import HandIn, Memory
from streams.durable import flush_folder, write_whole

RECEIPT, LETTER, RETURNED = ".receipt.json", ".receipt.txt", ".returned.xlsx"
"""Drafts in a claim; a name in the inbox never begins with a dot."""
_FILED_AS: Mapping[str, str] = MappingProxyType(
    {RECEIPT: ".receipt.json", LETTER: ".回执.txt", RETURNED: ".退回.xlsx"}
)
_FILING = ".filing.json"
_LONGEST_NAME = 200
"""Bytes; with a receipt's ending it must fit into the 255 of a file system."""

_HELD = (errno.ENOENT, errno.EBUSY, errno.ETXTBSY, errno.EAGAIN)
"""Errors of a rename: the file is gone, or a program on a network drive still holds it."""

End = Literal["done", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Where a file ends, decided once; all that follows may be done again."""

    end: End
    name: str
    """What the file is called there."""
    last_revision: int
    hand_in: HandIn | None
    """What is to be remembered of its content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One file that a watcher has taken out of the inbox."""

    folder: DropFolder
    revision: int
    """Of its first row: milliseconds since 1970 at the claim; also the claim's name."""

    @property
    def place(self) -> Path:
        """The claim's own folder."""
        return self.folder.processing / f"{self.revision:013d}"

    @property
    def file(self) -> Path | None:
        """The file itself, None where the process died before it came or after it went. Raises `OSError`."""
        return next((entry for entry in self.place.iterdir() if not entry.name.startswith(".")), None)

    @property
    def filing(self) -> Filing | None:
        """Where it ends, None while that is not decided. Raises `OSError`."""
        try:
            told = orjson.loads((self.place / _FILING).read_bytes())
        except FileNotFoundError:
            return None
        hand_in = HandIn(**told.pop("hand_in")) if told["hand_in"] else told.pop("hand_in")
        return Filing(**told, hand_in=hand_in)

    def clear(self) -> None:
        """Remove the drafts of an earlier try. Raises `OSError`."""
        for entry in self.place.iterdir():
            if entry.name.startswith("."):
                entry.unlink()

    def give_back(self) -> None:
        """Put the file into the inbox again, as if it had just come. Raises `OSError`."""
        self.clear()
        if (file := self.file) is not None:
            file.rename(self.folder.inbox / self._free(self.folder.inbox, readable(file.name)))
        self.place.rmdir()

    def decide(self, end: End, *, last_revision: int, hand_in: HandIn | None) -> None:
        """Decide where the file ends. Raises `OSError`."""
        file = self.file
        name = self._free(self.folder.root / end, readable(file.name) if file else "")
        filing = Filing(end=end, name=name, last_revision=last_revision, hand_in=hand_in)
        write_whole(self.place / _FILING, orjson.dumps(asdict(filing)))

    def finish(self, memory: Memory) -> None:
        """Bring file and receipts to where they end; can be called again after any interruption.

        The file comes last: where it stands, its receipts do. Raises `OSError`.
        """
        filing = self.filing
        if filing is not None:
            if filing.hand_in is not None:
                memory.remember(filing.hand_in)
            memory.used(filing.last_revision)
            target = self.folder.root / filing.end
            for draft, ending in _FILED_AS.items():
                if (self.place / draft).exists():
                    (self.place / draft).rename(target / f"{filing.name}{ending}")
            if (file := self.file) is not None:
                file.rename(target / filing.name)
            flush_folder(target)
        self.clear()
        self.place.rmdir()

    def _free(self, target: Path, name: str) -> str:
        """Return `name`, or one like it where it is taken or too long."""
        endings = ("", *_FILED_AS.values())
        short = len(name.encode()) <= _LONGEST_NAME
        if short and not any((target / f"{name}{ending}").exists() for ending in endings):
            return name
        stem, ending = Path(name).stem.encode(), Path(name).suffix[:20]
        return f"{stem[: _LONGEST_NAME - 40].decode(errors='ignore')}-{self.revision}{ending}"


def claim(folder: DropFolder, file: Path, revision: int) -> Claim | None:
    """Take `file` out of the inbox; None when it is gone, or a program still holds it. Raises `OSError`."""
    taken = Claim(folder=folder, revision=revision)
    taken.place.mkdir()
    try:
        file.rename(taken.place / file.name)
    except OSError as error:
        taken.place.rmdir()
        if error.errno in _HELD:
            return None
        raise
    return taken


def open_claims(folder: DropFolder) -> Iterator[Claim]:
    """Yield what a watcher has left behind, in the order of the claims. Raises `OSError`."""
    for name in sorted(entry.name for entry in folder.processing.iterdir() if entry.is_dir()):
        if name.isdecimal():
            yield Claim(folder=folder, revision=int(name))


def readable(name: str) -> str:
    """Return a name without the bytes that are no UTF-8."""
    return name.encode(errors="surrogateescape").decode(errors="replace")
