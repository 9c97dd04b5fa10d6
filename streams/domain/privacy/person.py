"""Finds names of third parties; the party, its representative, officers and firms keep theirs."""

import re
from collections.abc import Iterator

from streams.domain.privacy.names import name_end
from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_LEAD = re.compile(r"[\s：:“\"]{0,2}(?:名叫|叫|姓名|为|是|系)?[\s：:“\"]{0,2}")
_LIST = re.compile(r"[、，,和与及]")
_FIRM = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(?:公司|店|厂|馆|部|行|中心|超市|合作社|工作室|门诊|医院|诊所|摊|铺|坊|商行|学校|社|院|城|庄|局|站|所)"
)
_ENTRY = re.compile(
    r"(?:^|[。；;：:\s])(?:[（(]?[0-9]{1,2}[.、）)])?([\u4e00-\u9fff·]{2,6})[，,、\s]{1,2}(?=[0-9]{6})"
)


def detect(reading: Reading) -> Iterator[Span]:
    """Yield the names that a role announces or personal particulars follow, wherever they stand."""
    public = _public_names(reading)
    names: dict[str, str] = {}
    for start, end, reason in _announced(reading):
        name = reading.text[start:end]
        if name not in public and len(name) > 1:
            names.setdefault(name, reason)
    for name, reason in names.items():
        for start in _places(reading.text, name):
            yield Span(start=start, end=start + len(name), kind=PersonalKind.PERSON, reason=reason)


def _public_names(reading: Reading) -> set[str]:
    found = set(reading.known)
    for _, end in reading.cues.get("person.party", ()):
        start = _after_lead(reading.text, end)
        stop = name_end(reading.text, start, reading.lexicon)
        if stop > start:
            found.add(reading.text[start:stop])
    return found


def _announced(reading: Reading) -> Iterator[tuple[int, int, str]]:
    text, lexicon = reading.text, reading.lexicon
    for _, end in reading.cues.get("person.role", ()):
        start = _after_lead(text, end)
        while (stop := name_end(text, start, lexicon)) > start and not _is_firm(text, stop):
            yield start, stop, "role"
            if not _LIST.match(text, stop):
                break
            start = stop + 1
    for start, _ in reading.cues.get("person.after", ()):
        for length in (4, 3, 2):
            if start >= length and name_end(text, start - length, lexicon) == start:
                yield start - length, start, "particulars"
                break
    for entry in _ENTRY.finditer(text):
        if name_end(text, entry.start(1), lexicon) == entry.end(1):
            yield entry.start(1), entry.end(1), "entry of a list"


def _after_lead(text: str, end: int) -> int:
    lead = _LEAD.match(text, end)
    return lead.end() if lead else end


def _is_firm(text: str, stop: int) -> bool:
    firm = _FIRM.match(text, stop)
    return firm is not None and firm.end() - stop <= 10  # noqa: PLR2004 -- a shop named after a person


def _places(text: str, name: str) -> Iterator[int]:
    place = text.find(name)
    while place >= 0:
        if not _is_firm(text, place + len(name)):
            yield place
        place = text.find(name, place + len(name))
