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
    parser = None
    fed = 0
    try:
        for chunk, encoding in _chunks(stream):
            if parser is None:
                parser = _parser(handler, encoding, broken)
            parser.Parse(chunk, False)  # noqa: FBT003 -- expat's signature
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > _LONGEST_TOKEN:
                raise UnreadableError(broken)
            yield
        if parser is None:
            raise UnreadableError(broken)
        parser.Parse(b"", True)  # noqa: FBT003 -- expat's signature
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


def _parser(handler: Handler, encoding: str | None, broken: str) -> expat.XMLParserType:
    names: dict[str, str] = {}
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        name = names.get(tag)
        if name is None:
            name = names[tag] = tag.rpartition(":")[2]
        if depth > _DEEPEST or len(names) > _MOST_NAMES:
            raise UnreadableError(broken)
        handler.start(name, attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(names[tag])

    parser = expat.ParserCreate(encoding)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_dtd
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    return parser


def _refuse_dtd(*_about: object) -> None:
    raise UnreadableError("XML_UNSAFE")
