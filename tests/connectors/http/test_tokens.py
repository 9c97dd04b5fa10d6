"""Tokens of departments: made, kept as digests, and read again when their file changes."""

import json
import logging
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from connectors.http.tokens import TokenFile, digest_of, fresh_token, line_of, tokens_from
from streams.cli import gongshi
from streams.domain.errors import ConfigurationError
from streams.local_tokens import make_local_tokens
from streams.settings import read_toml
from tests.connectors.folder.office import CODE
from tests.connectors.http.counterhall import OTHER


def test_a_fresh_token_opens_what_its_line_says(tmp_path: Path) -> None:
    """`gongshi token` prints a token and a line; with the line in the file the token is the department's."""
    told = json.loads(CliRunner().invoke(gongshi, ["token", CODE, "--json"]).output)
    (tmp_path / "tokens.toml").write_text(told["line"], encoding="utf-8")
    tokens = TokenFile(tmp_path / "tokens.toml", read_toml)()
    assert tokens.department_of(told["token"]) == CODE
    assert tokens.department_of(told["token"] + "x") is None
    assert told["token"] not in told["line"]
    plain = CliRunner().invoke(gongshi, ["token", CODE]).output
    assert digest_of(plain.splitlines()[1]) in plain.splitlines()[3]


def test_no_token_is_like_another() -> None:
    """Each is 256 random bits, and none is for a department that has no code."""
    assert len({fresh_token() for _ in range(100)}) == 100
    assert min(len(fresh_token()) for _ in range(100)) > 43
    with pytest.raises(ConfigurationError, match="统一社会信用代码"):
        line_of(fresh_token(), "370100")


def test_every_mistake_of_the_file_is_told() -> None:
    """A name that is no digest and a value that is no department are both told, and neither is quoted."""
    with pytest.raises(ConfigurationError) as error:
        tokens_from({"gs_in-clear": CODE, "0" * 64: "somebody", "1" * 64: CODE})
    assert "entry 1" in str(error.value)
    assert "entry 2" in str(error.value)
    assert "entry 3" not in str(error.value)
    assert "gs_in-clear" not in str(error.value)


def test_a_change_counts_at_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A line that is added counts, one that is taken away no more; a mistake leaves all as it was."""
    file, one, two = tmp_path / "tokens.toml", fresh_token(), fresh_token()

    def write(text: str, moment: int) -> None:
        file.write_text(text, encoding="utf-8")
        os.utime(file, (moment, moment))

    def known() -> list[str | None]:
        return [live().department_of(token) for token in (one, two)]

    write(line_of(one, CODE), 1)
    live = TokenFile(file, read_toml)
    assert known() == [CODE, None]
    write(f"{line_of(one, CODE)}\n{line_of(two, OTHER)}", 2)
    assert known() == [CODE, OTHER]
    write("no toml", 3)
    with caplog.at_level(logging.WARNING):
        assert known() == [CODE, OTHER]
        assert known() == [CODE, OTHER]
    assert len(caplog.records) == 1, "told once"
    file.unlink()
    assert known() == [CODE, OTHER]
    write(line_of(two, OTHER), 4)
    assert known() == [None, OTHER]


def test_local_tokens_stay(tmp_path: Path) -> None:
    """Each department gets a token that it keeps; both files are their owner's only."""
    digests, readable = make_local_tokens(tmp_path, [CODE])
    first = json.loads(readable.read_text("utf-8"))
    digests, readable = make_local_tokens(tmp_path, [CODE, OTHER])
    second = json.loads(readable.read_text("utf-8"))
    assert second[CODE] == first[CODE]
    tokens = TokenFile(digests, read_toml)()
    assert {code: tokens.department_of(token) for code, token in second.items()} == {CODE: CODE, OTHER: OTHER}
    assert [file.stat().st_mode & 0o777 for file in (digests, readable)] == [0o600, 0o600]
