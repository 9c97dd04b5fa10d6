"""The schema files: true to the tables of the domain, and documented."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from schemas.build import FOLDER, build, text_of
from schemas.store import RepositoryStore
from streams.topics import ALL

FILES = sorted(FOLDER.glob("*.avsc"))


def fields(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every field of every record in a schema."""
    if isinstance(schema, list):
        for branch in schema:
            yield from fields(branch)
    elif isinstance(schema, dict):
        for field in schema.get("fields", ()):
            yield field
            yield from fields(field["type"])
        yield from fields(schema.get("items"))


def test_the_files_are_what_the_tables_say() -> None:
    """Every file in schemas/avro is exactly what `python -m schemas.build` writes."""
    assert {file.stem: file.read_text("utf-8") for file in FILES} == {
        name: text_of(schema) for name, schema in build().items()
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_field_is_documented(file: Path) -> None:
    """Every field of every record has a doc, and columns name their official code."""
    for field in fields(json.loads(file.read_text("utf-8"))):
        assert field["doc"], field["name"]
        if field["name"].isupper():
            assert field["name"] in field["doc"]


def test_every_topic_has_a_schema_with_an_id() -> None:
    """Each topic's schema has a file and a fixed id, and no two share an id."""
    store = RepositoryStore()
    ids = {topic.schema: store.id_of(topic.schema) for topic in ALL}
    assert set(ids) == {file.stem for file in FILES}
    assert len(set(ids.values())) == len(ids)
