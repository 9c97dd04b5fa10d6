"""Finds landline numbers with their extension; service numbers of authorities and firms stay."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from string import ascii_letters

from streams.domain.privacy.identifiers.offices import Offices
from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.naming import NameBefore
from streams.domain.privacy.reading import Number, Reading
from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.LANDLINE
_EXTENSION = re.compile(r"\s?[（(]?\s?(?:转|分机|ext\.?|-)\s?(?:分机)?号?[:：]?\s?([0-9]{1,6})(?![0-9])")
_AREA_AND_NUMBER = (
    r"(10|2[0-9]|[3-9][0-9]{2})[ \-]?[)）]?[ \t\r\n\-/]{0,3}([2-9](?:[ \t\r\n\-]?[0-9]){6,7})(?![0-9])"
)
_WITH_AREA = re.compile("0" + _AREA_AND_NUMBER)
_WITH_COUNTRY = re.compile(r"(?<![0-9])(?:\+|00)86[ \-]?0?" + _AREA_AND_NUMBER)
_LOCAL = re.compile(r"[2-9][0-9]{2,3}[ -]?[0-9]{4}(?![0-9])")
_OF_PAPER = re.compile(r"(?:票|代码|单据|证书|凭证|编号)[^。；]*号码[\s：:为是]*$")
"""The number of an invoice or a licence, not of a phone."""
_AMOUNT = re.compile(r"\.[0-9]|[A-Za-z_]|\s?(?:元|万|亿|号(?!码)|件|个|条|单|吨|克|股)")
_DATED = re.compile("(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]-[0-9]{4}")
"""A day within a longer number."""
_BEHIND = 30
_LENGTHS, _AREAS = (7, 8), (3, 4)
_DOTTED = re.compile(
    r"0(?<![0-9A-Za-z.]0)([0-9]{2,3})[.·]([2-9][0-9]{2,3}[.·][0-9]{4}|[2-9][0-9]{6,7})(?![0-9A-Za-z.])"
)
_PHONE = "label.phone"
_OFFICERS = re.compile(
    "(?:承办人员?|执法人员|办案人员|办案民警|承办民警|承办法官|经办民警|执法机关|[本我](?:局|机关|委|厅|院|队|所|大队|支队)联系人|本机关|本局|本厅|本委|复议机关|受理窗口)"
    "(?:[：:为][^。；，]{1,14}[，,（(])?"
    "(?:业务|联系|办公|咨询|值班|单位)?(?:电话|方式|座机|固话|号码)?[：:为是 （(]{0,3}$"
)
"""An officer or an authority was spoken of last: what follows is the phone of an office."""
_PUBLIC = re.compile(
    "(?:咨询|监督|举报|投诉|报修|客服|热线|预约|窗口|值班|大厅|调度|公示期)(?![人员者])[^。；]{0,8}$"
)
_SPACED = re.compile(
    r"(?:[\s：:为是（(]|号码?){0,4}((?!(?:19|20)[0-9]{2}[ \-])[2-9][0-9]{2,3}[ \-][0-9]{4})(?![0-9\-])"
)
_OPENED = ("（", "(")
_FIRST_DIGITS = "23456789"
_GAP = 12
_LEAD = re.compile(r"[\s：:为是（(]{0,4}")
_LETTERS = frozenset(ascii_letters)
"""Go on with a firm's code."""
_OTHERS = ("label.order", "label.hotline", "label.id", "label.bank")
_FURTHER = re.compile(
    r"(?:[（(][\u4e00-\u9fff]{1,4}[）)])?[，,、/；; 和或及]{1,2}(?:晚间|晚上|夜间|白天|日间|备用"
    r"|另|另一|家里|家中|宅|单位|办公|公司|或者?|也可)?[：: ]?"
)
"""What stands between two phones of one person."""


class LandlineDetector:
    """Knows the area codes, so that dates and codes with dashes are not taken for phones."""

    def __init__(self, lexicon: Lexicon, names: NameBefore, offices: Offices) -> None:
        self._area_codes = lexicon.area_codes
        self._names = names
        self._offices = offices

    def _is_behind_name(self, text: str, first: int, last: int) -> bool:
        """Tell whether seven or eight digits alone fill a bracket behind a person's name."""
        return (
            last - first in _LENGTHS
            and text[first] in _FIRST_DIGITS
            and text[last : last + 1] in ("）", ")", "，", ",", "、")
            and self._names.ends(text, first - 1)
        )

    def _is_public(self, text: str, start: int) -> bool:
        """Tell whether a number is one to complain at, and not that of somebody named before it."""
        public = _PUBLIC.search(text, max(0, start - _BEHIND), start)
        if public is None or self._names.ends(text, public.start()):
            return False
        return text[start - 1 : start] not in "，,（( " or not self._names.ends(text, start - 1)

    def _is_spoken(self, digits: str) -> bool:
        """Tell whether `digits` are an area code and a number of seven or eight."""
        return any(
            digits[:area] in self._area_codes
            and len(digits) - area in _LENGTHS
            and digits[area : area + 1] in tuple(_FIRST_DIGITS)
            for area in _AREAS
        )

    def detect(self, reading: Reading) -> Iterable[Span]:
        """Return numbers with an area code, and seven or eight digits that a phone cue announces."""
        likely = [number for number in reading.numbers if number[2][0] == "0" or len(number[2]) in _LENGTHS]
        possible = likely or _PHONE in reading.cues or "." in reading.text
        return self._found(reading, likely) if possible else ()

    def _found(self, reading: Reading, likely: Sequence[Number]) -> Iterator[Span]:
        text = reading.text
        ends: list[int] = []
        for start, end in self._with_area(reading, likely):
            extension = _EXTENSION.match(text, end)
            ends.append(extension.end() if extension else end)
            yield from _spans(text, start, end, "area code")
        for start, end, reason in self._oddly_typed(reading, likely):
            yield from _spans(text, start, end, reason)
        for _, end in reading.cues.get(_PHONE, ()):
            spaced = _SPACED.match(text, end)
            if spaced and not _OF_PAPER.search(text, max(0, end - _BEHIND), end):
                yield from _spans(text, spaced.start(1), spaced.end(1), "announced, in groups")
        for first, last, digits, label in likely:
            if len(digits) not in _LENGTHS or text[last : last + 1] in _LETTERS:
                continue
            if text[first - 1 : first] in _OPENED and label != "label.order":
                if self._is_behind_name(text, first, last):
                    yield from _spans(text, first, last, "in brackets behind a name")
                    continue
            further = label == _PHONE or (not label and _goes_on(text, ends, first))
            if further and not _OF_PAPER.search(text, max(0, first - _BEHIND), first):
                local = _LOCAL.match(text, first)
                if local:
                    yield from _spans(text, local.start(), local.end(), "announced")

    def _oddly_typed(self, reading: Reading, likely: Sequence[Number]) -> Iterator[tuple[int, int, str]]:
        """Yield numbers with an area code that are written in words, or with dots between."""
        text = reading.text
        for start, end, digits, label in likely:
            if digits[0] == "0" and label not in _OTHERS and not text[start:end].isascii():
                if self._is_spoken(digits):
                    yield start, end, "in words"
        for dotted in _DOTTED.finditer(text) if "." in text else ():
            known = "0" + dotted[1] in self._area_codes
            if known and reading.label_before(dotted.start()) not in _OTHERS:
                yield dotted.start(), dotted.end(), "area code, with dots"

    def _with_area(self, reading: Reading, likely: Sequence[Number]) -> Iterator[tuple[int, int]]:
        """Yield the places of numbers with an area code that are nobody's order, paper, or office.

        Where no number of the right length was read, it can only be one in groups behind a cue.
        """
        text, known = reading.text, self._area_codes
        matches = _WITH_AREA.finditer(text) if likely else _behind_cues(reading)
        abroad = _WITH_COUNTRY.finditer(text) if "+86" in text or "0086" in text else ()
        for match in chain(matches, abroad):
            start = match.start()
            before = text[start - 1 : start] if start else ""
            if before.isascii() and before.isalnum():
                continue
            closed = text[match.end(1) : match.start(2)].strip(" -") in (")", "）")
            start = start - 1 if closed and before and before in "(（" else start
            label = reading.label_before(start)
            printed = label == "label.hotline" and self._offices.is_printed(text, start)
            if (label in _OTHERS and not printed) or before in (".", "第"):
                continue
            if _DATED.match(text, match.start(2)):
                continue
            if label != _PHONE and not printed and self._is_public(text, start):
                continue
            if label == _PHONE:
                officers = _OFFICERS.search(text, max(0, start - _BEHIND), start)
                apart = officers is None and not self._offices.is_offices(text, start)
            elif "0" + match[1] not in known:
                apart = False
            else:
                apart = match.start(2) > match.end(1) or _is_whole(text, match.start(), match.end())
            if apart:
                yield start, match.end()


def _behind_cues(reading: Reading) -> Iterator[re.Match[str]]:
    for _, end in reading.cues.get(_PHONE, ()):
        lead = _LEAD.match(reading.text, end)
        match = _WITH_AREA.match(reading.text, lead.end() if lead else end)
        if match:
            yield match


def _goes_on(text: str, ends: Sequence[int], first: int) -> bool:
    """Tell whether a further phone of one person is told at `first`, behind the last of `ends`."""
    index = bisect_left(ends, first) - 1
    if index < 0 or first > ends[index] + _GAP:
        return False
    return _FURTHER.fullmatch(text, ends[index], first) is not None


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether digits run together stand alone, so that they are no part of a code or an amount."""
    before = text[start - 1 : start]
    return not (before and before in "号第码-/~～至") and _AMOUNT.match(text, end) is None


def _spans(text: str, start: int, end: int, reason: str) -> Iterator[Span]:
    """Yield the number and the digits of its extension, so that 转 between them stays readable."""
    yield Span(start, end, _KIND, reason)
    extension = _EXTENSION.match(text, end)
    if extension:
        yield Span(*extension.span(1), _KIND, reason)
