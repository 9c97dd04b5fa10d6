"""The codec on a real schema registry, and its bytes in the hands of others."""

import socket
from collections.abc import Iterator

import pytest
from confluent_kafka.schema_registry import Schema, SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.schema_registry.error import SchemaRegistryError
from confluent_kafka.serialization import MessageField, SerializationContext

from schemas.codec import Codec
from schemas.framing import UndecodableError
from schemas.registry import RegistryStore
from schemas.store import source
from streams.domain.errors import UnavailableError
from streams.embedded.registry import Registry
from streams.topics import ALL as TOPICS
from tests.schemas.events import ALL, RECEIPT


@pytest.fixture
def store(registry: Registry) -> Iterator[RegistryStore]:
    with RegistryStore(registry.url) as store:
        store.register_all()
        yield store


@pytest.fixture
def client(registry: Registry) -> Iterator[SchemaRegistryClient]:
    with SchemaRegistryClient({"url": registry.url, "timeout": 20}) as client:
        yield client


def test_every_event_survives_the_registry(store: RegistryStore) -> None:
    """With ids from the registry, one event of each topic comes back as it went."""
    codec = Codec(store)
    for name, event in ALL.items():
        value = getattr(codec, f"encode_{name}")(event)
        assert getattr(codec, f"decode_{name}")(value) == event


def test_every_topic_has_its_subject(
    store: RegistryStore, client: SchemaRegistryClient, registry: Registry
) -> None:
    """Registering leaves a subject for each topic, and a second time changes no id."""
    assert {f"{topic.name}-value" for topic in TOPICS} <= set(client.get_subjects())
    with RegistryStore(registry.url) as another:
        assert another.register_all() == store.register_all()


def test_confluents_own_deserializer_reads_our_bytes(
    store: RegistryStore, client: SchemaRegistryClient
) -> None:
    """A portal team with Confluent's client reads what we write, and we read what it writes."""
    context = SerializationContext("publication.receipt", MessageField.VALUE)
    codec = Codec(store)
    read = AvroDeserializer(client)(codec.encode_receipt(RECEIPT), context)
    assert read["portal"] == RECEIPT.portal
    written = AvroSerializer(client, source("publication.receipt"))(read, context)
    assert codec.decode_receipt(written) == RECEIPT


def test_an_unknown_id_is_undecodable(store: RegistryStore) -> None:
    """An id that the registry does not know makes the record undecodable, not the worker fail."""
    with pytest.raises(UndecodableError, match="UNKNOWN_SCHEMA"):
        Codec(store).decode_receipt(b"\x00\x7f\xff\xff\xffrest")


def test_an_incompatible_schema_is_refused(store: RegistryStore, client: SchemaRegistryClient) -> None:
    """After registering, the registry refuses a schema that cannot read what is there."""
    broken = source("publication.receipt").replace('"attempts"', '"tries"')
    with pytest.raises(SchemaRegistryError) as caught:
        client.register_schema("publication.receipt-value", Schema(broken, "AVRO"))
    assert caught.value.http_status_code == 409


def test_a_registry_that_is_away_is_unavailable() -> None:
    """A registry that nobody answers for means waiting, not a wrong record."""
    with RegistryStore("http://127.0.0.1:9") as store, pytest.raises(UnavailableError):
        store.id_of("publication.receipt")


def test_a_registry_that_never_answers_is_unavailable() -> None:
    """One that takes the request and stays silent holds nobody up for ever."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with RegistryStore(url, answer_s=0.2) as store, pytest.raises(UnavailableError):
            store.id_of("publication.receipt")
