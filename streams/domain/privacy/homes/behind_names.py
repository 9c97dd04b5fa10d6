"""Finds homes that stand right behind the name of whoever lives there: in brackets, rooms, villages."""

import re
from collections.abc import Iterator

from streams.domain.privacy.homes.addresses import AddressReader
from streams.domain.privacy.homes.divisions import Divisions
from streams.domain.privacy.homes.owners import is_household
from streams.domain.privacy.naming import NameBefore
from streams.domain.privacy.spans import PersonalKind, Span

_BRACKETS = ("（", "(")
_OWN = re.compile(
    "(?:等人|一家(?:[一二三四五六七八0-9]口)?|夫妇|夫妻)$|的?(?:家中|家里|家|住处|住所|住宅|住房|居所|老家|自建房|出租屋|户)$"
)
_LONGEST_OWN, _LAST_OF_OWN = 4, frozenset("中里家处所宅房屋户口人妇妻")
_OPENING = re.compile("[（(](?=[\u4e00-\u9fff]{2}|[0-9A-Z]{1,3}(?:号楼|栋|幢|座|单元|-[0-9]))")
_CLOSING = re.compile("[）)，,；;、]|$")
_OF_PAPER = re.compile("[备字准注许证第批][0-9]{4,}号")
"""A number of a permit, not of a house."""
_OF_ROOMS = ("-", "楼", "幢", "栋")
_VILLAGE = re.compile(
    "[，,]((?![家住户籍现原老暂租系在到往从其])[\u4e00-\u9fff]{2,4}[乡镇][\u4e00-\u9fff]{1,6}村(?:[\u4e00-\u9fff0-9]{1,5}[组社屯队])?)(?=人?[，,；;。）)])"
)
_ROOM = re.compile(
    r"[，,\s：:](?=[0-9]{1,2}-[0-9]{1,2}-[0-9]{3,4}(?![0-9\-])"
    r"|[0-9A-Z]{1,3}(?:号楼|栋|幢)(?:[0-9一二三四五六]{1,2}单元)?[0-9]{3,4}(?![0-9\-]))"
)
_LONGEST_ROOM = re.compile(
    r"[0-9\-]+(?![号栋幢])|[0-9A-Z]{1,3}(?:号楼|栋|幢)(?:[0-9一二三四五六]{1,2}单元)?[0-9]{3,4}[室户号房]?"
)


class HomesBehindNames:
    """Reads addresses without a division, of which the name before them is the only cue."""

    def __init__(self, addresses: AddressReader, names: NameBefore) -> None:
        self._addresses, self._names = addresses, names

    def is_somebodys(self, text: str, start: int) -> bool:
        """Tell whether the address stands in brackets right behind a person's name."""
        return text[start - 1 : start] in _BRACKETS and self._is_whose(text, start - 1)

    def find(self, text: str, divisions: Divisions, known: set[int]) -> Iterator[Span]:
        """Yield addresses without division in brackets behind a person's name."""
        for start, stop in _rooms(text, self._names) if any(sign in text for sign in _OF_ROOMS) else ():
            yield Span(start, stop, PersonalKind.HOME_ADDRESS, "room behind a name")
        for start, stop in _villages(text, self._names) if "村" in text else ():
            if divisions.after(start) == start:
                yield Span(start, stop, PersonalKind.HOME_ADDRESS, "village behind a name")
        for bracket in _OPENING.finditer(text):
            detail = bracket.end()
            if (
                detail in known
                or not self._is_whose(text, bracket.start())
                or divisions.after(detail) > detail
                or not self._addresses.may_follow(text, detail)
            ):
                continue
            stop = self._addresses.end(text, detail, whole=False)
            if (
                self._addresses.is_detail(text, detail, stop)
                and _CLOSING.match(text, stop)
                and not divisions.within(detail, stop)
                and "〔" not in text[detail:stop]
                and not _OF_PAPER.search(text, detail, stop)
            ):
                yield Span(detail, stop, PersonalKind.HOME_ADDRESS, "behind a name")

    def _is_whose(self, text: str, place: int) -> bool:
        """Tell whether a person's name, or one with 家 or 住处 behind, ends at `place`."""
        last = text[place - 1 : place]
        own = _OWN.search(text, max(0, place - _LONGEST_OWN), place) if last in _LAST_OF_OWN else None
        return is_household(text, place) or self._names.ends(text, own.start() if own else place)


def _villages(text: str, names: NameBefore) -> Iterator[tuple[int, int]]:
    """Yield the places of villages, with their towns, right behind a person's name and a comma."""
    for found in _VILLAGE.finditer(text):
        if names.ends(text, found.start()):
            yield found.span(1)


def _rooms(text: str, names: NameBefore) -> Iterator[tuple[int, int]]:
    """Yield the places of rooms such as 3-2-1101 right behind a person's name."""
    for gap in _ROOM.finditer(text):
        room = _LONGEST_ROOM.match(text, gap.end())
        if room and names.ends(text, gap.start()):
            yield room.span()
