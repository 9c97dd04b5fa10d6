"""Tokens of departments: a file of their digests, read again when it changes, and how a fresh one is made."""

import logging
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from typing import Any

from streams.domain.errors import ConfigurationError
from streams.domain.identifiers import is_uscc

log = logging.getLogger(__name__)

_DIGEST = re.compile(r"[0-9a-f]{64}")
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Which department a token stands for; knows digests only."""

    holders: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """SHA-256 of a token in hexadecimal, and the 统一社会信用代码 of its department."""

    def department_of(self, token: str) -> str | None:
        """Return whose token it is, None for nobody's; takes as long for any token."""
        digest = digest_of(token)
        found = None
        for known, department in self.holders:
            if compare_digest(known, digest):
                found = department
        return found


def digest_of(token: str) -> str:
    """Return what the file holds of a token; 256 random bits need no salt."""
    return sha256(token.encode(errors="surrogatepass")).hexdigest()


def fresh_token() -> str:
    """Return a token that nobody has."""
    return f"gs_{secrets.token_urlsafe(_SECRET_BYTES)}"


def line_of(token: str, department: str) -> str:
    """Return the line that gives `token` to `department` in the file of tokens.

    Raises `ConfigurationError` when the department's code is none.
    """
    if not is_uscc(department):
        raise ConfigurationError("the department's code is no 统一社会信用代码; give its 18 characters")
    return f'"{digest_of(token)}" = "{department}"'


def tokens_from(about: Mapping[str, Any]) -> Tokens:
    """Return the tokens of a file: digest = department. Raises `ConfigurationError` naming every mistake."""
    mistakes = []
    for number, (digest, department) in enumerate(about.items(), start=1):
        if not _DIGEST.fullmatch(digest):
            mistakes.append(f"entry {number}: the name is no SHA-256; let `gongshi token` make the line")
        elif not isinstance(department, str) or not is_uscc(department):
            mistakes.append(f"entry {number}: the value is no 统一社会信用代码 of a department")
    if mistakes:
        raise ConfigurationError("; ".join(mistakes))
    return Tokens(holders=tuple(about.items()))


class TokenFile:
    """The tokens as their file has them now: a token that is added or taken away counts at once."""

    def __init__(self, file: Path, read: Callable[[Path], Mapping[str, Any]]) -> None:
        """Read it. Raises what `read` raises, and `ConfigurationError`."""
        self._file, self._read = file, read
        self._shape = self._look()
        self._tokens = tokens_from(read(file))

    def __call__(self) -> Tokens:
        """Return the tokens; those of before while the file cannot be read or has a mistake."""
        shape = self._look()
        if shape != self._shape:
            self._shape = shape
            try:
                self._tokens = tokens_from(self._read(self._file))
            except ConfigurationError as error:
                log.warning("the file of tokens stays as it was read before: %s", error)
            else:
                log.info("the file of tokens has changed: %d tokens", len(self._tokens.holders))
        return self._tokens

    def _look(self) -> tuple[int, int, int]:
        try:
            about = self._file.stat()
        except OSError:
            return (0, 0, 0)
        return (about.st_ino, about.st_size, about.st_mtime_ns)
