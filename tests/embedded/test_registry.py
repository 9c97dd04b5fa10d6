"""The embedded schema registry: it keeps schemas, and refuses those that cannot read older records."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from confluent_kafka.schema_registry import Schema, SchemaRegistryClient
from confluent_kafka.schema_registry.error import SchemaRegistryError

from streams.embedded.registry import Registry


def schema(*fields: object) -> Schema:
    """Return a record schema of `fields`."""
    return Schema(json.dumps({"type": "record", "name": "Probe", "fields": fields}), "AVRO")


NAME = {"name": "name", "type": "string"}
NOTE = {"name": "note", "type": "string", "default": ""}
COUNT = {"name": "count", "type": "long"}


@pytest.fixture
def client(registry: Registry) -> Iterator[SchemaRegistryClient]:
    """Return a client of the session's registry."""
    with SchemaRegistryClient({"url": registry.url, "timeout": 20}) as client:
        yield client


@pytest.fixture
def subject() -> str:
    """Return a subject that no other test has."""
    return f"{uuid4().hex}-value"


def test_registers_and_gives_back_a_schema(client: SchemaRegistryClient, subject: str) -> None:
    """A registered schema comes back by its id, and registering it again gives the same id."""
    number = client.register_schema(subject, schema(NAME))
    assert client.register_schema(subject, schema(NAME)) == number
    known = client.get_schema(number).schema_str
    assert known is not None
    assert json.loads(known)["fields"] == [NAME]


def test_refuses_an_incompatible_schema(client: SchemaRegistryClient, subject: str) -> None:
    """A new field without a default, which older records lack, is refused; one with a default is taken."""
    client.register_schema(subject, schema(NAME))
    with pytest.raises(SchemaRegistryError) as refusal:
        client.register_schema(subject, schema(NAME, COUNT))
    assert refusal.value.http_status_code == 409
    client.register_schema(subject, schema(NAME, NOTE))


@pytest.fixture
def own_registry(cache: Path, tmp_path: Path) -> Iterator[Registry]:
    """Return a started registry that the test may hurt."""
    server = Registry(data=tmp_path / "registry", cache=cache)
    server.start()
    yield server
    server.stop()


def test_keeps_schemas_over_a_crash(own_registry: Registry) -> None:
    """A schema that was registered just before kill -9 is there after the next start, at the same address."""
    url = own_registry.url
    with SchemaRegistryClient({"url": url, "timeout": 20}) as client:
        number = client.register_schema("kept-value", schema(NAME))
    own_registry.kill()
    own_registry.start()
    assert own_registry.url == url
    with SchemaRegistryClient({"url": url, "timeout": 20}) as client:
        assert client.get_latest_version("kept-value").schema_id == number
