"""The OpenAPI document says what the server does."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from connectors.http import openapi, problems
from connectors.http.problems import Problem
from connectors.http.uploads import FORM, FORMATS
from streams.domain.columns import TEMPLATES
from tests.connectors.folder.office import BAD, GOOD, FakeSends
from tests.connectors.http.counterhall import make_office, make_service, post, running

DOCUMENT = openapi.document("1.2.3")
SCHEMAS = DOCUMENT["components"]["schemas"]
POST = DOCUMENT["paths"]["/v1/decisions"]["post"]


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for part in value.values():
            yield from _references(part)
    elif isinstance(value, list):
        for part in value:
            yield from _references(part)


def _check(name: str, value: Any) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": SCHEMAS}}
    mistakes = [error.message for error in Draft202012Validator(schema).iter_errors(value)]
    assert mistakes == []


def test_it_is_sound() -> None:
    """Every reference leads to a schema, every schema is one, and each is used."""
    assert DOCUMENT["openapi"].startswith("3.1.")
    found = {one.removeprefix("#/components/schemas/") for one in _references(DOCUMENT)}
    assert found == SCHEMAS.keys()
    for schema in SCHEMAS.values():
        Draft202012Validator.check_schema(schema)


def test_it_names_every_format_and_column() -> None:
    """Each media type that is read is offered, and each column of the templates."""
    assert POST["requestBody"]["content"].keys() == {FORM, *FORMATS}
    for kind, name in (("licence", "Licence"), ("penalty", "Penalty")):
        codes = next(set(columns) for known, columns in TEMPLATES.items() if known.value == kind)
        assert codes <= SCHEMAS[name]["properties"].keys()


def test_every_problem_is_documented() -> None:
    """Each problem's status stands at an address, a 405 apart; those that are retried have Retry-After."""
    known = [one for one in vars(problems).values() if isinstance(one, Problem)]
    assert len({one.code for one in known}) == len(known) > 20
    answers = {
        status
        for path in DOCUMENT["paths"].values()
        for method in path.values()
        for status in method["responses"]
    }
    assert {str(one.status) for one in known} - answers == {"405"}
    for status in ("409", "429", "503"):
        assert "Retry-After" in POST["responses"][status]["headers"]
    assert problems.BUSY.after(0.2).headers["Retry-After"] == "1"
    assert problems.BUSY.after(2.1).headers["Retry-After"] == "3"


async def test_answers_are_as_it_says(tmp_path: Path) -> None:
    """The server serves the document to anybody, and its answers fit the schemas; so do the examples sent."""
    office = replace(make_office(tmp_path), document=lambda: DOCUMENT)
    async with running(make_service(office, FakeSends())) as client:
        async with client.get("/v1/openapi.json", headers={"Authorization": ""}) as answer:
            assert await answer.json() == DOCUMENT
        told = await post(client, json=[GOOD, BAD])
        refused = await post(client, json=[BAD])
        broken = await post(client, b"{", media_type="application/json")
    _check("Penalty", GOOD)
    _check("Told", told.body)
    for said in (refused, broken):
        _check("Problem", said.body)
        assert str(said.status) in POST["responses"]
    with pytest.raises(AssertionError):
        _check("Told", json.loads('{"accepted": "1"}'))
