"""The AsyncAPI document: the committed one is the generated one, and it hangs together."""

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from fastavro.schema import parse_schema
from jsonschema import Draft7Validator

from streams.commands.topics import command
from streams.topics import ALL

SPECIFICATION = Path(__file__).parent / "asyncapi-3.0.0.json.xz"
COMMITTED = Path(__file__).parents[2] / "docs" / "asyncapi.json"


def committed() -> Any:
    """Return the committed document."""
    return json.loads(COMMITTED.read_text(encoding="utf-8"))


def references(node: Any) -> Iterator[str]:
    """Return every `$ref` below a node."""
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for child in node.values():
            yield from references(child)
    elif isinstance(node, list):
        for child in node:
            yield from references(child)


def test_the_committed_document_is_what_is_generated() -> None:
    """`gongshi topics asyncapi > docs/asyncapi.json` changes nothing."""
    done = CliRunner().invoke(command, ["asyncapi"])
    assert (done.exit_code, done.stdout) == (0, COMMITTED.read_text(encoding="utf-8"))


def test_every_reference_leads_somewhere() -> None:
    """Channels lead to messages, and operations to channels, of the same document."""
    told = committed()
    found = set(references(told))
    assert found
    for reference in found:
        node = told
        for step in reference.removeprefix("#/").split("/"):
            node = node[step]


def test_the_document_is_valid() -> None:
    """It follows the JSON schema of AsyncAPI 3.0.0, from `@asyncapi/specs` 6.11.1 (Apache-2.0)."""
    schema = json.loads(lzma.decompress(SPECIFICATION.read_bytes()))
    validator = Draft7Validator(schema)
    assert list(validator.iter_errors(committed())) == []
    broken = committed()
    broken["channels"][ALL[0].name]["bindings"]["kafka"]["partitions"] = "six"
    del broken["info"]["title"]
    assert len(list(validator.iter_errors(broken))) >= 2


def test_the_document_has_what_asyncapi_3_asks_for() -> None:
    """Each channel has address, messages and Kafka binding; each message a payload that is an Avro schema."""
    told = committed()
    assert told["asyncapi"] == "3.0.0"
    assert told["info"].keys() >= {"title", "version"}
    assert [channel["address"] for channel in told["channels"].values()] == [topic.name for topic in ALL]
    assert {one["action"] for one in told["operations"].values()} == {"send", "receive"}
    for channel in told["channels"].values():
        (message,) = channel["messages"].values()
        assert channel["bindings"]["kafka"].keys() >= {"topic", "partitions", "topicConfiguration"}
        payload = told["components"]["messages"][message["$ref"].rpartition("/")[2]]["payload"]
        parse_schema(payload["schema"])
