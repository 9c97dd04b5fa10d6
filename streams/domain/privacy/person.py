"""Finds names of third parties; the party, its representative, officers and firms keep theirs."""

import re
from collections.abc import Iterator

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.names import NameReader
from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_LEAD = re.compile(r"[\s：:“\"]{0,2}(?:名叫|叫|姓名|为|是|系|即|（化名）)?[\s：:“\"]{0,2}")
_LIST = re.compile(r"[、，,和与及]|以及")
_ENTRY = re.compile(r"(?:[。；;：:\n]|^|[0-9][.、）)])\s?([\u4e00-\u9fff·]{2,6})[，,、\s]{1,2}(?=[0-9]{6})")
_NO_TRADE = "到在向于从由与和的了将把被给处对购称因为来去进至前往等是，。；、：（）"
_LONGEST_NAME = 4


class PersonDetector:
    """Collects names by roles and particulars, then marks them wherever they stand in the text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._names = NameReader(lexicon)
        self._firm = re.compile(f"[^{_NO_TRADE}]{{0,8}}?(?:{lexicon.pattern('person.firm')})")
        self._particulars = re.compile(f"[（(，,]\\s?(?=(?:{lexicon.pattern('person.particulars')}))")

    def detect(self, reading: Reading) -> Iterator[Span]:
        """Return the places of third parties' names."""
        text = reading.text
        names: dict[str, str] = {}
        for start, end, reason in self._announced(reading):
            names.setdefault(text[start:end], reason)
        if not names:
            return
        public = self._public_names(reading)
        for name, reason in names.items():
            if name not in public:
                for start in self._places(text, name):
                    yield Span(start, start + len(name), PersonalKind.PERSON, reason)

    def _public_names(self, reading: Reading) -> set[str]:
        found = set(reading.known)
        for _, end in reading.cues.get("person.party", ()):
            start = _after_lead(reading.text, end)
            while (stop := self._names.end(reading.text, start)) > start:
                found.add(reading.text[start:stop])
                if not _LIST.match(reading.text, stop):
                    break
                start = stop + 1
        return found

    def _announced(self, reading: Reading) -> Iterator[tuple[int, int, str]]:
        text, cues = reading.text, reading.cues
        for _, end in cues.get("person.role", ()):
            yield from self._named(text, _after_lead(text, end), "role")
        for _, end in cues.get("person.verb", ()):
            if self._names.end(text, end, strict=True) > end:
                yield from self._named(text, end, "deed")
        for match in self._particulars.finditer(text):
            yield from self._named_before(text, match.start())
        if reading.numbers:
            for entry in _ENTRY.finditer(text):
                if self._names.end(text, entry.start(1)) == entry.end(1):
                    yield entry.start(1), entry.end(1), "entry of a list"

    def _named(self, text: str, start: int, reason: str) -> Iterator[tuple[int, int, str]]:
        """Yield the name at `start` and those that follow it in an enumeration."""
        while (stop := self._names.end(text, start)) > start and not self._firm.match(text, stop):
            yield start, stop, reason
            joiner = _LIST.match(text, stop)
            if not joiner:
                return
            start = joiner.end()

    def _named_before(self, text: str, end: int) -> Iterator[tuple[int, int, str]]:
        for length in range(_LONGEST_NAME, 1, -1):
            if end >= length and self._names.end(text, end - length, strict=True) == end:
                yield end - length, end, "particulars"
                return

    def _places(self, text: str, name: str) -> Iterator[int]:
        place = text.find(name)
        while place >= 0:
            if not self._firm.match(text, place + len(name)):
                yield place
            place = text.find(name, place + len(name))


def _after_lead(text: str, end: int) -> int:
    lead = _LEAD.match(text, end)
    return lead.end() if lead else end
