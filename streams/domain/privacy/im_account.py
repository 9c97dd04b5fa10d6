"""Finds accounts and nicknames of messaging and social services."""

import re
from collections.abc import Iterator

from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_ACCOUNT = re.compile(
    r"[\s：:为是号（(“\"'即叫#]{0,5}([A-Za-z][A-Za-z0-9_\-]{4,30}|[1-9][0-9]{4,11})(?![0-9A-Za-z_@.])"
)
_QUOTED = re.compile(r"[\s：:为是号（(叫]{0,4}[“\"「『']([^”\"」』']{1,20})[”\"」』']")
_BARE = re.compile(r"[\s：:为是叫]{1,4}([^，。；、,;（）()\s：:“”\"]{1,20})")


def detect(reading: Reading) -> Iterator[Span]:
    """Yield what a service's name announces: an account, or a nickname where the cue is one for names."""
    nicks = frozenset(reading.cues.get("label.nick", ()))
    for label in reading.labels:
        if label.tag not in ("label.im", "label.nick"):
            continue
        match = _ACCOUNT.match(reading.text, label.end)
        if match is None and (label.start, label.end) in nicks:
            match = _QUOTED.match(reading.text, label.end) or _BARE.match(reading.text, label.end)
        if match:
            yield Span(
                start=match.start(1), end=match.end(1), kind=PersonalKind.IM_ACCOUNT, reason="announced"
            )
