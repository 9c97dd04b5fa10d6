"""Signs of secrecy in texts: found where a person must look, and not where a law or a shop is spoken of."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from streams.domain.secrecy import SIGNS, signs_in
from streams.domain.stages import Kind, Severity
from streams.domain.validation import RULES

EXAMPLES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").with_name("secrecy.toml").read_text(encoding="utf-8")
)["example"]


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_example(example: dict[str, Any]) -> None:
    """Every text has exactly the signs that the table says, on the column that it stands in."""
    found = signs_in(Kind.PENALTY, {"CF_SY": example["text"], "CF_CFLB": "罚款"})
    assert [one.code for one in found] == example["signs"]
    assert {one.column for one in found} <= {"CF_SY"}


def test_every_sign_is_tried() -> None:
    """Each sign has a text that shows it, and its rule warns and does not refuse."""
    tried = {sign for example in EXAMPLES for sign in example["signs"]}
    assert tried == {sign.rule for sign in SIGNS}
    assert {RULES[sign.rule].severity for sign in SIGNS} == {Severity.WARNING}


def test_remarks_count_too() -> None:
    """A marking in a column that is never public is a sign as well, and several columns are told each."""
    values = {"BZ": "机密★5年", "CF_SY": "【秘密】经查属实"}
    assert [(one.code, one.column) for one in signs_in(Kind.PENALTY, values)] == [
        ("HOLD_SECRET_MARK", "BZ"),
        ("HOLD_SECRET_MARK", "CF_SY"),
    ]


def test_a_message_quotes_nothing() -> None:
    """What is told of a sign names the column, and not the text."""
    (told,) = signs_in(Kind.PENALTY, {"CF_SY": "受害人：王建国，左臂骨折。"})
    assert "违法事实" in told.message
    assert "王建国" not in told.message
