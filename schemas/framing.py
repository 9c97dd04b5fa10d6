"""The Confluent wire format: a zero byte, the schema's id in four bytes, then the Avro body."""

import struct
from functools import cache
from io import BytesIO
from typing import Any

import fastavro

from schemas.reading import Read, reader
from schemas.store import SchemaStore, UnknownSchemaError, parsed
from schemas.writing import Write, writer
from streams.domain.errors import GongshiError

HEAD = struct.Struct(">bI")


class UndecodableError(GongshiError):
    """Bytes that are no record of the expected schema; `code` says in which way."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Framing:
    """Reads and writes records of the wire format; schemas come from a `SchemaStore`."""

    def __init__(self, store: SchemaStore) -> None:
        self._store = store

    def write(self, name: str, datum: dict[str, Any]) -> bytes:
        """Return `datum` in the schema `name`."""
        parts = [HEAD.pack(0, self._store.id_of(name))]
        _writer(name)(datum, parts)
        return b"".join(parts)

    def read(self, name: str, value: bytes | None) -> dict[str, Any]:
        """Return a record as the schema `name` reads it, whichever schema it was written in.

        Raises `UndecodableError` with code `EMPTY_RECORD`, `NOT_AVRO`, `UNKNOWN_SCHEMA` or
        `BROKEN_RECORD`; `UnavailableError` while the registry is away.
        """
        if not value:
            raise UndecodableError("EMPTY_RECORD")
        if len(value) < HEAD.size or value[0] != 0:
            raise UndecodableError("NOT_AVRO")
        try:
            writer = self._store.schema(HEAD.unpack_from(value)[1])
        except UnknownSchemaError as error:
            raise UndecodableError("UNKNOWN_SCHEMA") from error
        today = parsed(name)
        try:
            if writer is today:
                datum, end = _reader(name)(value, HEAD.size)
            else:
                datum, end = _resolved(value, writer, today)
        except Exception as error:  # whatever the broken bytes led to
            raise UndecodableError("BROKEN_RECORD") from error
        if not isinstance(datum, dict) or end != len(value):
            raise UndecodableError("BROKEN_RECORD")
        return datum


def _resolved(value: bytes, writer: Any, today: Any) -> tuple[Any, int]:
    """Return a record of another schema as today's reads it, and where it ends."""
    body = BytesIO(value)
    body.seek(HEAD.size)
    return fastavro.schemaless_reader(body, writer, today), body.tell()


@cache
def _reader(name: str) -> Read:
    return reader(parsed(name))


@cache
def _writer(name: str) -> Write:
    return writer(parsed(name))
