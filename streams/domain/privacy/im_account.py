"""Finds accounts and nicknames of messaging and social services."""

import re
from collections.abc import Container, Iterable, Iterator

from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.IM_ACCOUNT
_ACCOUNT = re.compile(
    r"[\s：:为是号码（(“\"「'‘即叫#、]{0,6}(?:ID|id|账号|帐号|账户|用户名|号码|昵称|收款码|名)?[\s：:为是]{0,3}([A-Za-z][A-Za-z0-9_\-]{4,30}|[1-9][0-9]{4,11})(?![0-9A-Za-z_@.])"
)
_QUOTED = re.compile(r"[\s：:为是号（(叫]{0,4}[“\"「『‘']([^”\"」』’']{1,20})[”\"」』’']")
_BARE = re.compile(r"[\s：:为是叫]{1,4}([^，。；、,;（）()\s：:“”\"]{1,20})")
_MORE = re.compile(r"[、,，和及与/][ ]?([A-Za-z][A-Za-z0-9_\-]{4,30}|[1-9][0-9]{4,11})(?![0-9A-Za-z_@.])")
_LETTERS = re.compile(r"[\s：:为是（(]{0,3}([A-Za-z][A-Za-z0-9_\-]{4,30})(?![0-9A-Za-z_@.])")
_TAGS = ("label.im", "label.nick", "label.bank")
_AMOUNT = re.compile(r"\s?(?:元|万|余|人|次|单|条|笔|个|名|粉丝)")


class ImAccountDetector:
    """Reads what stands right behind a service's name."""

    def detect(self, reading: Reading) -> Iterable[Span]:
        """Return accounts, and nicknames where the cue is one for names."""
        cues = reading.cues
        return self._found(reading) if any(tag in cues for tag in _TAGS) else ()

    def _found(self, reading: Reading) -> Iterator[Span]:
        cues, text = reading.cues, reading.text
        nicks = frozenset(cues.get("label.nick", ()))
        services = dict.fromkeys((*cues.get("label.im", ()), *nicks))
        for start, end in services:
            yield from _behind(text, end, services, nick=(start, end) in nicks)
        for _, end in cues.get("label.bank", ()):
            letters = _LETTERS.match(text, end)
            if letters:
                yield Span(letters.start(1), letters.end(1), _KIND, "account of letters")


def _behind(text: str, end: int, services: Container[tuple[int, int]], *, nick: bool) -> Iterator[Span]:
    match = _ACCOUNT.match(text, end)
    if match is None and nick:
        match = _QUOTED.match(text, end) or _BARE.match(text, end)
    while match and match.span(1) not in services and not _AMOUNT.match(text, match.end(1)):
        yield Span(match.start(1), match.end(1), _KIND, "announced")
        match = _MORE.match(text, match.end(1))
