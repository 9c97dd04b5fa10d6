"""Schema ids from a Confluent-compatible registry, where every topic has a subject of its own."""

from collections.abc import Iterable
from functools import cache
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

import httpx2
from confluent_kafka.schema_registry import Schema, SchemaRegistryClient
from confluent_kafka.schema_registry.error import SchemaRegistryError
from fastavro.schema import parse_schema
from orjson import loads

from schemas.store import UnknownSchemaError, source
from streams.domain.errors import RefusedError, UnavailableError
from streams.topics import ALL, Topic

ANSWER_S = 10
"""How long one answer may take; the client of itself waits for ever."""


class RegistryStore:
    """Registers the schemas of `topics` at first use and reads others' schemas by id."""

    def __init__(self, url: str, topics: Iterable[Topic] = ALL, *, answer_s: float = ANSWER_S) -> None:
        self._client = SchemaRegistryClient({"url": url, "max.retries": 2, "timeout": answer_s})
        self._subjects: dict[str, list[str]] = {}
        for topic in topics:
            self._subjects.setdefault(topic.schema, []).append(f"{topic.name}-value")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of connections."""
        self._client.__exit__(None, None, None)  # type: ignore[no-untyped-call]  # it has no close

    @cache  # noqa: B019 -- one store lives as long as its process
    def id_of(self, name: str) -> int:
        """Register `name` under every topic that uses it (a known one stays as it is); return its id.

        Raises `RefusedError` when the registry finds it incompatible, `UnavailableError` when it is away.
        """
        schema = Schema(source(name), "AVRO")
        try:
            return [self._client.register_schema(subject, schema) for subject in self._subjects[name]][-1]
        except SchemaRegistryError as error:
            if error.http_status_code in (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY):
                raise RefusedError(f"the registry refuses schema {name}: it is not compatible") from error
            raise UnavailableError("the schema registry answers with an error") from error
        except httpx2.HTTPError as error:
            raise UnavailableError("the schema registry is away; see GONGSHI_REGISTRY_URL") from error

    @cache  # noqa: B019 -- one store lives as long as its process
    def schema(self, schema_id: int) -> Any:
        """Return the schema of an id, asking the registry once. Raises as `SchemaStore.schema` says."""
        try:
            text = self._client.get_schema(schema_id).schema_str
        except SchemaRegistryError as error:
            if error.http_status_code == HTTPStatus.NOT_FOUND:
                raise UnknownSchemaError(f"no schema has the id {schema_id}") from error
            raise UnavailableError("the schema registry answers with an error") from error
        except httpx2.HTTPError as error:
            raise UnavailableError("the schema registry is away; see GONGSHI_REGISTRY_URL") from error
        return parse_schema(loads(text or "null"))

    def register_all(self) -> dict[str, int]:
        """Register every schema and demand backward compatibility; return schema name → id."""
        try:
            self._client.set_compatibility(level="BACKWARD")
        except SchemaRegistryError as error:
            raise UnavailableError("the schema registry answers with an error") from error
        except httpx2.HTTPError as error:
            raise UnavailableError("the schema registry is away; see GONGSHI_REGISTRY_URL") from error
        return {name: self.id_of(name) for name in self._subjects}
