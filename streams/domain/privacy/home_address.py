"""Finds home addresses after province, city and county; business premises stay public."""

import re
from collections.abc import Iterator

from streams.domain.privacy.addresses import AddressReader
from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_LEAD = re.compile(
    r"[\s：:为是（(，,“\"]{0,3}(?:(?:均)?(?:位于|坐落于|在|于|系|为|至)|地址?(?=[\s：:]))?[\s：:“\"]{0,2}"
)
_COLON = re.compile(r"[\s为是地址]{0,3}[：:]")
_NO_ADDRESS = ("院", "宿", "户", "房", "宅", "改", "建", "所", "持")
_PARTICULARS = re.compile(r"[族生岁男女][，,]\s?")
_AFTER_NUMBER = re.compile(r"[，,、；;\s]{1,2}")
_PERSONAL_LENGTHS = (11, 15, 18)
_BEHIND = 70
_OWNED = re.compile("(?<![公单商门])[\u4e00-\u9fff](?<![司店厂局关位构部行馆院校社所的])$")
_UNCUED_BEHIND = 24
_PLACES = ("位于", "坐落", "落于", "出租", "租赁", "租用")
_OPENINGS = r"(?:^|[，。；：:、（(\s“”至往回出])"
_NUMBERED = re.compile(r"[^，。；：（）、]{0,40}?[0-9]")
_STREET = re.compile(
    r"(?:门前|门口|路段|附近|地段|交叉|路口|旁|对面|楼下|底商|沿街|一楼|工地|项目|商铺|门面|车库|地下)"
)


class HomeAddressDetector:
    """Weighs the cue before an address, what it is about, and what stands behind it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._addresses = AddressReader(lexicon)
        self._openings = re.compile(f"{_OPENINGS}(?=[{self._addresses.first_signs()}])")
        self._firm = re.compile(lexicon.pattern("home.firm"))
        self._person = re.compile(lexicon.pattern("home.person"))
        self._dwelling = re.compile(f"[内中里]?的?(?:{lexicon.pattern('home.dwelling')})")
        self._premises = re.compile(f"{lexicon.pattern('home.trade')}|{lexicon.pattern('home.premises')}")
        self._trade = re.compile(f"[^，。；]{{0,8}}?(?:{lexicon.pattern('home.trade')})")

    def detect(self, reading: Reading) -> Iterator[Span]:
        """Return the detail of home addresses."""
        cues, text = reading.cues, reading.text
        for _, end in cues.get("home.strong", ()):
            yield from self._announced(text, end, sure=True)
        for start, end in cues.get("home.ambiguous", ()):
            single = end - start == 1
            if single and (text[end : end + 1] in _NO_ADDRESS or text[start - 1 : start] in ("收", "入")):
                continue
            owned = _OWNED.search(text, max(0, start - 4), start) is not None
            if single or owned or not self._is_firms(text, start):
                yield from self._announced(text, end, sure=not single)
        for _, end in cues.get("home.dwelling", ()):
            yield from self._dwellings(text, end)
        yield from self._among_particulars(reading)
        yield from self._uncued(reading)

    def _announced(self, text: str, end: int, *, sure: bool) -> Iterator[Span]:
        lead = _LEAD.match(text, end)
        place = lead.end() if lead else end
        detail, divided = self._addresses.after_divisions(text, place)
        stop = self._addresses.end(text, detail, whole=sure and _COLON.match(text, end) is not None)
        if stop > detail and (divided or self._addresses.is_detail(text, detail, stop)):
            yield Span(detail, stop, PersonalKind.HOME_ADDRESS, "announced")

    def _dwellings(self, text: str, end: int) -> Iterator[Span]:
        lead = _LEAD.match(text, end)
        place = lead.end() if lead else end
        detail, divided = self._addresses.after_divisions(text, place)
        stop = self._addresses.end(text, detail, whole=False)
        if stop <= detail or not (divided or self._addresses.is_detail(text, detail, stop)):
            return
        flat = text[end - 2 : end] not in _PLACES and self._addresses.is_residential(text, detail, stop)
        if self._dwelling.match(text, stop) or (flat and not self._trade.match(text, stop)):
            yield Span(detail, stop, PersonalKind.HOME_ADDRESS, "dwelling")

    def _uncued(self, reading: Reading) -> Iterator[Span]:
        """Yield addresses of flats and farmhouses that no business is spoken of with."""
        text = reading.text
        for match in self._openings.finditer(text):
            if not self._addresses.may_begin(text, match.end()):
                continue
            detail, divided = self._addresses.after_divisions(text, match.end())
            if not divided or reading.marks[match.end()] or not _NUMBERED.match(text, detail):
                continue
            stop = self._addresses.end(text, detail, whole=False)
            if stop <= detail or not self._addresses.is_residential(text, detail, stop):
                continue
            before = text[max(0, match.end() - _UNCUED_BEHIND) : match.end()].rsplit("。", 1)[-1]
            if not (
                self._premises.search(before) or self._trade.match(text, stop) or _STREET.match(text, stop)
            ):
                yield Span(detail, stop, PersonalKind.HOME_ADDRESS, "flat or farmhouse")

    def _among_particulars(self, reading: Reading) -> Iterator[Span]:
        """Yield addresses without any cue that follow an identity number, a birthday or the like."""
        text = reading.text
        ends = [match.end() for match in _PARTICULARS.finditer(text)]
        for number in reading.numbers:
            if len(number.digits) in _PERSONAL_LENGTHS and number.label != "label.order":
                gap = _AFTER_NUMBER.match(text, number.end)
                if gap:
                    ends.append(gap.end())
        for end in ends:
            detail, divided = self._addresses.after_divisions(text, end)
            stop = self._addresses.end(text, detail, whole=False) if divided else detail
            if stop > detail and not self._trade.match(text, stop):
                yield Span(detail, stop, PersonalKind.HOME_ADDRESS, "among particulars")

    def _is_firms(self, text: str, start: int) -> bool:
        """Tell whether a firm was spoken of last before the cue at `start`."""
        first = max(0, start - _BEHIND)
        firm = max((match.end() for match in self._firm.finditer(text, first, start)), default=-1)
        person = max((match.end() for match in self._person.finditer(text, first, start)), default=-1)
        return firm > person
