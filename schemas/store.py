"""Schema ids ⇄ schemas: fixed in the repository, or kept by a Confluent-compatible registry."""

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from fastavro.schema import parse_schema

from streams.domain.errors import GongshiError

FOLDER = Path(__file__).parent / "avro"


class UnknownSchemaError(GongshiError):
    """No schema has this id."""


class SchemaStore(Protocol):
    """Knows which id stands for which schema."""

    def id_of(self, name: str) -> int:
        """Return the id that records written with schema `name` carry."""
        ...

    def schema(self, schema_id: int) -> Any:
        """Return the parsed schema of an id.

        Raises `UnknownSchemaError`, or `UnavailableError` while the registry is away.
        """
        ...


def source(name: str) -> str:
    """Return the text of `schemas/avro/<name>.avsc`."""
    return (FOLDER / f"{name}.avsc").read_text(encoding="utf-8")


@cache
def parsed(name: str) -> Any:
    """Return the schema of `schemas/avro/<name>.avsc`, parsed once."""
    return parse_schema(json.loads(source(name)))


class RepositoryStore:
    """The schemas as they stand in the repository, with the ids of `ids.toml`; needs no server."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = tomllib.loads((FOLDER / "ids.toml").read_text(encoding="utf-8"))
        self._names = {schema_id: name for name, schema_id in self._ids.items()}
        self._history = {int(file.stem): file for file in (FOLDER / "history").glob("*.avsc")}

    def id_of(self, name: str) -> int:
        """Return the id that `ids.toml` gives to `name`."""
        return self._ids[name]

    @cache  # noqa: B019 -- one store lives as long as its process
    def schema(self, schema_id: int) -> Any:
        """Return today's schema or one of `history/`. Raises `UnknownSchemaError`."""
        if schema_id in self._names:
            return parsed(self._names[schema_id])
        if schema_id in self._history:
            return parse_schema(json.loads(self._history[schema_id].read_text(encoding="utf-8")))
        raise UnknownSchemaError(f"no schema has the id {schema_id}")
