"""Tokens of the HTTP intake for whoever tries everything on one machine: one for each department."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from connectors.http.tokens import fresh_token, line_of
from streams.durable import write_whole


def make_local_tokens(data: Path, departments: Iterable[str]) -> tuple[Path, Path]:
    """Return the server's file of tokens and the one that has them readable, department → token.

    Both stay in `data`, for its owner only; departments that are new get a token.
    """
    known, digests = data / "intake-tokens.json", data / "tokens.toml"
    tokens: dict[str, str] = json.loads(known.read_text("utf-8")) if known.exists() else {}
    tokens = {code: tokens.get(code) or fresh_token() for code in sorted(departments)}
    before = os.umask(0o077)
    try:
        write_whole(known, json.dumps(tokens, indent=1).encode())
        lines = [f"{line_of(token, code)}\n" for code, token in tokens.items()]
        write_whole(digests, "".join(lines).encode())
    finally:
        os.umask(before)
    return digests, known
