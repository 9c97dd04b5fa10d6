"""The topics as an AsyncAPI 3 document, from `streams/topics.py` and the Avro schemas."""

import json
from collections.abc import Iterable
from typing import Any

from schemas.store import source
from streams.topics import ALL, SUBMITTED, Topic

AVRO = "application/vnd.apache.avro;version=1.9.0"
KAFKA_BINDING = "0.5.0"


def document(version: str, topics: Iterable[Topic] = ALL) -> dict[str, Any]:
    """Return the document, as it goes into JSON; `version` is that of gongshi."""
    listed = tuple(topics)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "gongshi",
            "version": version,
            "description": "公示: administrative licence and penalty decisions on Kafka. Guarantees and"
            " an example are in docs/portal-teams.md.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": AVRO,
        "channels": {topic.name: _channel(topic) for topic in listed},
        "operations": {f"send.{topic.name}": _operation(topic, "send") for topic in listed}
        | {f"receive.{topic.name}": _operation(topic, "receive") for topic in listed if topic == SUBMITTED},
        "components": {
            "messages": {
                name.replace(".", "-"): _message(name) for name in sorted({one.schema for one in listed})
            }
        },
    }


def _channel(topic: Topic) -> dict[str, Any]:
    settings: dict[str, Any] = {"cleanup.policy": ["compact" if topic.compacted else "delete"]}
    if topic.retention is not None:
        settings["retention.ms"] = int(topic.retention.total_seconds() * 1000)
    settings["max.message.bytes"] = topic.max_message_bytes
    name = topic.schema.replace(".", "-")
    return {
        "address": topic.name,
        "messages": {name: {"$ref": f"#/components/messages/{name}"}},
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": topic.partitions,
                "topicConfiguration": settings,
                "bindingVersion": KAFKA_BINDING,
            }
        },
        "x-readers": list(topic.readers),
        "x-writers": list(topic.writers),
    }


def _operation(topic: Topic, action: str) -> dict[str, Any]:
    return {"action": action, "channel": {"$ref": f"#/channels/{topic.name}"}}


def _message(name: str) -> dict[str, Any]:
    schema = json.loads(source(name))
    return {
        "name": schema["name"],
        "title": schema["name"],
        "summary": schema["doc"],
        "contentType": AVRO,
        "payload": {"schemaFormat": AVRO, "schema": schema},
        "bindings": {
            "kafka": {
                "key": {"type": "string"},
                "schemaIdLocation": "payload",
                "schemaIdPayloadEncoding": "confluent",
                "bindingVersion": KAFKA_BINDING,
            }
        },
    }
