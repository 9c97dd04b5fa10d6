"""Finds e-mail addresses, also with a full-width sign or spaces around it."""

import re
from collections.abc import Iterable, Iterator

from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.EMAIL
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9._%+\-])"
    r"(?:[A-Za-z0-9._%+\-]+\n(?=[._\-])|[A-Za-z]{2,10} (?=[0-9]{2,8} ?@))?[A-Za-z0-9._%+\-]+"
    r"[ \t\r\n]{0,2}(?:@|[\[(（【{<＜]\s?(?:at|AT|At|艾特|a)\s?[\])）】}>＞]|艾特"
    r"|(?<= )at(?= )|#(?=[a-z0-9]+\.com))[ \t\r\n]{0,2}"
    r"[A-Za-z0-9\-]+(?:(?:[ \t\r\n]?[.。．]|[ ]?[\[(（【{<]\s?(?:dot|DOT|Dot|点)\s?[\])）】}>][ ]?"
    r"|点(?=com|cn|net|org)|(?<= )dot )[ \t\r\n]?[A-Za-z0-9\-]+)+"
)


class EmailDetector:
    """Looks only at texts that hold an @ or what people write for it."""

    def detect(self, reading: Reading) -> Iterable[Span]:
        """Return addresses."""
        return (
            ()
            if "@" not in reading.text
            and "#" not in reading.text
            and "at" not in reading.text
            and "AT" not in reading.text
            and "艾特" not in reading.text
            else self._found(reading)
        )

    def _found(self, reading: Reading) -> Iterator[Span]:
        text = reading.text
        for match in _ADDRESS.finditer(text):
            yield Span(match.start(), match.end(), _KIND, "address")
