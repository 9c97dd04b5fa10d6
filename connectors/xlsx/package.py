"""Opens the zip file that a workbook is, after its sizes were looked at: no zip bomb is ever unpacked."""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import IO, BinaryIO, Self

from connectors.unreadable import UnreadableError
from connectors.xml_events import Handler, read_all

BROKEN = "WORKBOOK_DAMAGED"
MIB = 1024 * 1024
LARGEST_PART = 512 * MIB
"""Unpacked; a sheet of 100,000 rows and 30 columns has 70 MiB."""
_LARGEST_SMALL_PART = 8 * MIB
"""Of the parts that are kept whole: the list of sheets, relationships, styles."""
_HIGHEST_RATIO = 200
"""Unpacked to packed; sheets have about 10, a zip bomb 1000."""
_LARGEST_DIRECTORY = MIB
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1

_OLD_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65535
_ZIP64_LOCATOR = b"PK\x06\x07"
_ZIP64_LOCATOR_SIZE = 20

_FAILURES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What zipfile raises on files made to hurt, beside `OSError` for those that cannot be read."""


@contextmanager
def _telling() -> Iterator[None]:
    """Raise `UnreadableError` for what reading a broken zip file raises."""
    try:
        yield
    except UnreadableError:
        raise
    except _FAILURES as error:
        raise UnreadableError(BROKEN) from error


class Part:
    """One part of a workbook while it is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes, none at the end. Raises `UnreadableError` where it is broken."""
        with _telling():
            return self._stream.read(size)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()


class Package:
    """The parts of a workbook by their names; no part outside the file is ever looked for."""

    def __init__(self, stream: BinaryIO) -> None:
        """Look at a seekable stream. Raises `UnreadableError` for what is no workbook, or a dangerous one."""
        _check_beginning(stream)
        _check_directory(stream)
        with _telling():
            self._zip = zipfile.ZipFile(stream)
        self._parts: Mapping[str, zipfile.ZipInfo] = {
            info.filename.replace("\\", "/").lower().lstrip("/"): info for info in self._zip.infolist()
        }

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def open(self, name: str, *, largest: int = LARGEST_PART) -> Part:
        """Return a part, unpacked as it is read.

        Raises `UnreadableError` when it is not there or too large.
        """
        info = self._parts.get(name.lower())
        if info is None or info.compress_type not in _METHODS:
            raise UnreadableError(BROKEN)
        if info.flag_bits & _ENCRYPTED:
            raise UnreadableError("WORKBOOK_ENCRYPTED")
        inflated = info.file_size > _LARGEST_SMALL_PART and (
            info.file_size > _HIGHEST_RATIO * max(info.compress_size, 1)
        )
        if info.file_size > largest or inflated:
            raise UnreadableError("WORKBOOK_TOO_LARGE")
        with _telling():
            return Part(self._zip.open(info))

    def read(self, name: str, handler: Handler) -> None:
        """Read a small part into `handler`. Raises `UnreadableError`."""
        with self.open(name, largest=_LARGEST_SMALL_PART) as part:
            read_all(part, handler, broken=BROKEN)

    def relationships(self, name: str) -> Mapping[str, tuple[str, str]]:
        """Return id → (last word of its type, part) for what `name` refers to within the file."""
        folder, base = posixpath.split(name)
        source = posixpath.join(folder, "_rels", f"{base}.rels")
        found = _Relationships(folder)
        if source in self:
            self.read(source, found)
        return found.targets


class _Relationships:
    def __init__(self, folder: str) -> None:
        self.targets: dict[str, tuple[str, str]] = {}
        self._folder = folder

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "").replace("\\", "/")
        part = target.lstrip("/") if target.startswith("/") else posixpath.join(self._folder, target)
        word = attributes.get("Type", "").rpartition("/")[2]
        self.targets[attributes.get("Id", "")] = (word, posixpath.normpath(part))

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


def _check_beginning(stream: BinaryIO) -> None:
    beginning = stream.read(len(_OLD_MAGIC))
    if beginning == _OLD_MAGIC:
        stream.seek(0)
        encrypted = _holds(stream, _ENCRYPTED_STREAM)
        raise UnreadableError("WORKBOOK_ENCRYPTED" if encrypted else "WORKBOOK_OLD")
    if not beginning.startswith(b"PK"):
        raise UnreadableError(BROKEN)


def _holds(stream: BinaryIO, words: bytes) -> bool:
    tail = b""
    while chunk := stream.read(MIB):
        if words in tail + chunk:
            return True
        tail = chunk[-len(words) :]
    return False


def _check_directory(stream: BinaryIO) -> None:
    """Refuse a list of members that would itself fill the memory; zipfile reads it whole."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT - _ZIP64_LOCATOR_SIZE))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise UnreadableError(BROKEN)
    (length,) = struct.unpack_from("<L", tail, at + 12)
    zip64 = tail[max(0, at - _ZIP64_LOCATOR_SIZE) : at].startswith(_ZIP64_LOCATOR)
    if length > _LARGEST_DIRECTORY or zip64:
        raise UnreadableError("WORKBOOK_TOO_LARGE")
