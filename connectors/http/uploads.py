"""Takes a request's body to a temporary file, whatever its form, in bounded memory and time."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePath
from tempfile import SpooledTemporaryFile
from types import MappingProxyType
from typing import BinaryIO, cast

from aiohttp import (
    BadContentDispositionHeader,
    BadContentDispositionParam,
    BodyPartReader,
    ClientError,
    MultipartReader,
    web,
)
from aiohttp.http_exceptions import HttpProcessingError

from connectors.files import ENDINGS
from connectors.http.problems import (
    BODY_EMPTY,
    FORMAT_UNKNOWN,
    ONE_FILE,
    TOO_LARGE,
    TOO_SLOW,
    UPLOAD_BROKEN,
    ProblemError,
)

FORM = "multipart/form-data"
FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "application/json": ".json",
        **dict.fromkeys(("application/x-ndjson", "application/ndjson", "application/jsonl"), ".jsonl"),
        **dict.fromkeys(("text/csv", "application/csv"), ".csv"),
        "text/tab-separated-values": ".tsv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
        "application/vnd.ms-excel.sheet.macroenabled.12": ".xlsm",
        **dict.fromkeys(("application/xml", "text/xml"), ".xml"),
    }
)
"""Media type → ending of a file of that format."""
MOST_JSON_BYTES = 8 * 1024 * 1024
"""A JSON document is read whole; all other formats as a stream."""

_CHUNK_BYTES = 64 * 1024
_IN_MEMORY_BYTES = 256 * 1024
_MOST_PARTS = 20
DOUBTS = (BadContentDispositionHeader, BadContentDispositionParam)
"""Warnings of aiohttp that quote a header, and so what somebody sent."""
_BROKEN = (
    *DOUBTS,
    ValueError,
    LookupError,
    AssertionError,
    RuntimeError,
    EOFError,
    zlib.error,
    web.RequestPayloadError,
    ClientError,
    HttpProcessingError,
)
"""What aiohttp raises for bodies that are not what their headers say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Of one body."""

    most_bytes: int
    """After decompression."""
    seconds: float
    """From its first byte to its last."""


@dataclass(slots=True, kw_only=True)
class Upload:
    """A body that has come; its file is gone once the request is answered."""

    file: BinaryIO = field(repr=False)
    ending: str
    """Of the format, such as `.xlsx`."""
    size: int = 0
    sha256: str = ""
    """Of format and content, in hexadecimal: of a form, of the file in it, as boundaries differ by try."""


@asynccontextmanager
async def received(request: web.Request, limits: Limits) -> AsyncIterator[Upload]:
    """Give the body, at its beginning.

    Raises `ProblemError`: 415 for a format that nobody reads, 413, 408, and 400 for a body that is broken.
    """
    check_head(request, limits)
    with SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as spool:
        upload = Upload(file=cast("BinaryIO", spool), ending=FORMATS.get(request.content_type, ""))
        try:
            async with asyncio.timeout(limits.seconds):
                await _take(request, upload, limits)
        except TimeoutError as error:
            raise ProblemError(TOO_SLOW) from error
        except _BROKEN as error:
            raise ProblemError(UPLOAD_BROKEN) from error
        if not upload.size:
            raise ProblemError(BODY_EMPTY)
        spool.seek(0)
        yield upload


def check_head(request: web.Request, limits: Limits) -> None:
    """Refuse what the headers give away. Raises `ProblemError`: 415 or 413."""
    if request.content_type not in FORMATS and request.content_type != FORM:
        raise ProblemError(FORMAT_UNKNOWN)
    # a form is a little larger than the file in it
    if (request.content_length or 0) > limits.most_bytes + _CHUNK_BYTES:
        raise ProblemError(TOO_LARGE)


async def _take(request: web.Request, upload: Upload, limits: Limits) -> None:
    if request.content_type == FORM:
        await _take_form(await request.multipart(), upload, limits)
    else:
        await _store(request.content.iter_chunked(_CHUNK_BYTES), upload, limits.most_bytes)


async def _take_form(form: MultipartReader, upload: Upload, limits: Limits) -> None:
    """Take the one file; other fields are read and forgotten, as browsers send some."""
    parts = 0
    while (part := await form.next()) is not None:
        parts += 1
        if not isinstance(part, BodyPartReader) or parts > _MOST_PARTS:
            raise ProblemError(ONE_FILE)
        if part.filename is None:
            await _skip(part, limits.most_bytes)
        elif upload.ending:
            raise ProblemError(ONE_FILE)
        else:
            upload.ending = _ending(part)
            await _store(_chunks(part), upload, limits.most_bytes)
    if not upload.ending:
        raise ProblemError(ONE_FILE)


def _ending(part: BodyPartReader) -> str:
    ending = PurePath(part.filename or "").suffix.lower()
    if ending in ENDINGS:
        return ending
    media_type = part.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type not in FORMATS:
        raise ProblemError(FORMAT_UNKNOWN)
    return FORMATS[media_type]


async def _chunks(part: BodyPartReader) -> AsyncIterator[bytes]:
    while chunk := await part.read_chunk(_CHUNK_BYTES):
        yield chunk


async def _skip(part: BodyPartReader, most_bytes: int) -> None:
    size = 0
    async for chunk in _chunks(part):
        size += len(chunk)
        if size > most_bytes:
            raise ProblemError(TOO_LARGE)


async def _store(chunks: AsyncIterator[bytes], upload: Upload, most_bytes: int) -> None:
    digest = sha256(upload.ending.encode())
    most = min(most_bytes, MOST_JSON_BYTES) if upload.ending == ".json" else most_bytes
    async for chunk in chunks:
        upload.size += len(chunk)
        if upload.size > most:
            raise ProblemError(TOO_LARGE)
        digest.update(chunk)
        upload.file.write(chunk)
    upload.sha256 = digest.hexdigest()
