"""Finds e-mail addresses, also with a full-width sign or spaces around it."""

import re
from collections.abc import Iterator

from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]+[ \t\r\n]{0,2}@[ \t\r\n]{0,2}"
    r"[A-Za-z0-9\-]+(?:[ \t\r\n]?[.。][ \t\r\n]?[A-Za-z0-9\-]+)+"
)


def detect(reading: Reading) -> Iterator[Span]:
    """Yield addresses around an @."""
    if "@" not in reading.text:
        return
    for match in _ADDRESS.finditer(reading.text):
        yield Span(start=match.start(), end=match.end(), kind=PersonalKind.EMAIL, reason="address")
