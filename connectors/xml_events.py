"""Reads XML of anybody as a stream of events: no DTD, no entities, no network, in bounded memory."""

import codecs
import re
from collections.abc import Iterator
from typing import Protocol
from xml.parsers import expat

from connectors.unreadable import UnreadableError

CHUNK_BYTES = 64 * 1024
_LONGEST_TOKEN = 1024 * 1024
"""A tag, with all of its attributes, or a comment."""
_DEEPEST = 32
"""Of elements within each other; workbooks and messages need a third of it."""
_MOST_NAMES = 1000
_CHINESE = (b"gb2312", b"gbk", b"gb18030", b"gb_2312-80", b"cp936", b"x-gbk")
_ENCODING = re.compile(rb"""^<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


class Readable(Protocol):
    """Bytes that are read from their beginning to their end."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, none at the end."""
        ...


class Handler(Protocol):
    """Takes the events; names come without their namespace's prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element; attributes keep their prefixes."""
        ...

    def end(self, name: str) -> None:
        """Take the end of an element."""
        ...

    def text(self, data: str) -> None:
        """Take a piece of the text between tags."""
        ...


def feed(stream: Readable, handler: Handler, *, broken: str) -> Iterator[None]:
    """Read `stream` to its end, and yield after every chunk, so that what `handler` holds can be taken.

    Raises `UnreadableError` with the rule `broken` for what is no XML, XML_UNSAFE for a DTD, and what the
    handler raises.
    """
    reader: _Reader | None = None
    try:
        for chunk, encoding in _chunks(stream):
            if reader is None:
                reader = _Reader(handler, encoding)
            if not reader.takes(chunk):
                raise UnreadableError(broken)
            yield
        if reader is None:
            raise UnreadableError(broken)
        reader.finish()
    except (expat.ExpatError, UnicodeDecodeError) as error:
        raise UnreadableError(broken) from error
    yield


def read_all(stream: Readable, handler: Handler, *, broken: str) -> None:
    """Read a part whose content `handler` keeps; see `feed`."""
    for _ in feed(stream, handler, broken=broken):
        pass


def _chunks(stream: Readable) -> Iterator[tuple[bytes, str | None]]:
    """Yield the content with its encoding, None where the parser finds it out: it knows no Chinese ones."""
    chunk = stream.read(CHUNK_BYTES)
    declared = _ENCODING.match(chunk)
    if declared is None or declared[1].lower() not in _CHINESE:
        while chunk:
            yield chunk, None
            chunk = stream.read(CHUNK_BYTES)
        return
    decoder = codecs.getincrementaldecoder("gb18030")()
    while chunk:
        yield decoder.decode(chunk).encode(), "utf-8"
        chunk = stream.read(CHUNK_BYTES)


class _Names(dict[str, str]):
    """Tag → its name without the prefix."""

    def __missing__(self, tag: str) -> str:
        self[tag] = name = tag.rpartition(":")[2]
        return name


class _Reader:
    """A parser, and how far it went; what could fill the memory is looked at after every chunk."""

    def __init__(self, handler: Handler, encoding: str | None) -> None:
        self._names = _Names()
        self._depth = 0
        self._fed = 0
        self._parser = parser = expat.ParserCreate(encoding)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_dtd
        parser.CharacterDataHandler = handler.text
        names, begun, ended = self._names, handler.start, handler.end

        def start(tag: str, attributes: dict[str, str]) -> None:
            self._depth += 1
            begun(names[tag], attributes)

        def end(tag: str) -> None:
            self._depth -= 1
            ended(names[tag])

        parser.StartElementHandler = start
        parser.EndElementHandler = end

    def takes(self, chunk: bytes) -> bool:
        """Read a chunk, and tell whether to go on. Raises `ExpatError`."""
        try:
            self._parser.Parse(chunk, False)  # noqa: FBT003 -- expat's signature
        except UnreadableError:
            raise
        except (ValueError, LookupError) as error:
            raise expat.ExpatError("an encoding that the parser cannot read") from error
        self._fed += len(chunk)
        return (
            self._depth <= _DEEPEST
            and len(self._names) <= _MOST_NAMES
            and self._fed - self._parser.CurrentByteIndex <= _LONGEST_TOKEN
        )

    def finish(self) -> None:
        """Tell the parser that this was all. Raises `ExpatError`."""
        self._parser.Parse(b"", True)  # noqa: FBT003 -- expat's signature


def _refuse_dtd(*_about: object) -> None:
    raise UnreadableError("XML_UNSAFE")
