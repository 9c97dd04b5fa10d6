"""Finds e-mail addresses, also with a full-width sign or spaces around it."""

import re
from collections.abc import Iterable, Iterator

from streams.domain.privacy.identifiers.offices import Offices
from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.EMAIL
_DOT = (
    r"(?:[ \t\r\n]?(?:[.．]|。(?=[ ]?(?:com|cn|net|org|edu|gov|cc|vip|top|qq|163|126|sina"
    r"|[a-z]{2,12}[.。](?:com|cn|net|org))(?![A-Za-z0-9])))"
    r"|[ ]?[\[(（【{<]\s?(?:dot|DOT|Dot|点)\s?[\])）】}>][ ]?|点(?=com|cn|net|org)|(?<= )dot )[ \t\r\n]?"
)
"""A full stop is one only before what domains end with: a sentence may end behind an address."""
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9._%+])"
    r"(?:[A-Za-z0-9._%+\-]+\n(?=[._\-])|[A-Za-z]{2,10} (?=[0-9]{2,8} ?@))?"
    r"(?:[A-Za-z0-9._%+\-]+|[A-Za-z][A-Za-z0-9._]{0,12}[〇零一二三四五六七八九]{2,11})"
    r"[ \t\r\n]{0,2}(?:@|[\[(（【{<＜]\s?(?:at|AT|At|艾特|a)\s?[\])）】}>＞]|艾特"
    r"|(?<= )(?:at|AT|At)(?= )|#(?=[a-z0-9]+\.com))[ \t\r\n]{0,2}"
    rf"[A-Za-z0-9\-]+(?:{_DOT}[A-Za-z0-9\-]+)+"
)


class EmailDetector:
    """Looks only at texts that hold an @ or what people write for it."""

    def __init__(self, offices: Offices) -> None:
        self._offices = offices

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
            if self._offices.has_mail(text, match.start(), match[0]):
                continue
            yield Span(match.start(), match.end(), _KIND, "address")
