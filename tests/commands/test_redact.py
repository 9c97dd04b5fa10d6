"""`gongshi redact` as departments and checks call it."""

import json

from click.testing import CliRunner

from streams.commands.redact import command


def test_a_line_in_a_line_out() -> None:
    """Each text comes back masked, with places in the text as given."""
    lines = [{"id": "a", "text": "投诉人王小强，电话１３９００００１２３４。"}, {"id": 2, "text": "无"}]
    result = CliRunner().invoke(
        command, input="\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    )
    first, second = (json.loads(line) for line in result.output.splitlines())
    assert result.exit_code == 0
    assert first == {
        "id": "a",
        "masked": "投诉人王某某，电话１３９****１２３４。",
        "spans": [{"start": 3, "end": 6, "kind": "PERSON"}, {"start": 9, "end": 20, "kind": "MOBILE"}],
    }
    assert second == {"id": 2, "masked": "无", "spans": []}


def test_a_bad_line_is_named_and_not_shown() -> None:
    """What cannot be read is told by its line number, without its content; the others are masked."""
    lines = '{"id":"a","text":"好"}\n{"id":"b","number":"13900001234"}\n{"id":"c","text":"好"}\n'
    result = CliRunner().invoke(command, input=lines)
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a", "c"]
    assert "line 2" in result.output
    assert "13900001234" not in result.output
