"""`gongshi rules` tells every rule, and the page of the rules says the same."""

import json
from pathlib import Path

from click.testing import CliRunner

from streams.commands.rules import command
from streams.domain.validation import RULES

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_page_is_true() -> None:
    """docs/rules.md is what the table of rules says (`gongshi rules --markdown > docs/rules.md`)."""
    result = CliRunner().invoke(command, ["--markdown"])
    assert result.output == PAGE.read_text(encoding="utf-8")


def test_json() -> None:
    """--json prints a line a rule with code, severity, source and message."""
    result = CliRunner().invoke(command, ["--json"])
    told = [json.loads(line) for line in result.output.splitlines()]
    assert [one["code"] for one in told] == list(RULES)
    assert {one["severity"] for one in told} == {"error", "warning"}
    assert all(one["source"] and one["message"] for one in told)


def test_plain() -> None:
    """Without an option every rule is told in two lines."""
    result = CliRunner().invoke(command, [])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) == 2 * len(RULES)
