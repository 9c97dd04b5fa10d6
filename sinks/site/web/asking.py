"""Reads what a visitor asks for out of an address, and writes it back into one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from sinks.site.store.criteria import Criteria, Place, Sort, Way
from sinks.site.store.entries import FEN
from streams.domain.stages import Kind
from streams.domain.values import plain, read_amount, read_day

LONGEST_TEXT = 100
LONGEST_CODE = 64
MOST = Decimal(10**9)
"""万元; more is no amount."""
DIGITS = 19
LIMIT = 2**63
FIELDS = ("q", "kind", "authority", "item", "class", "from", "to", "min", "max", "sort")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks for."""

    criteria: Criteria
    sort: Sort
    place: Place
    query: Mapping[str, str]
    """The address's own parts, without its place: a search that can be shared."""
    problems: Mapping[str, str]
    """Name of a field → what is wrong with it, in Chinese."""


def read(query: Mapping[str, str]) -> Asked:
    """Return what a query asks for; a part that cannot be read is a problem and counts for nothing."""
    given = {name: query[name].strip() for name in FIELDS if query.get(name, "").strip()}
    problems: dict[str, str] = {}
    if len(given.get("q", "")) > LONGEST_TEXT:
        given["q"] = given["q"][:LONGEST_TEXT]
        problems["q"] = "搜索词过长，已截取前 100 个字符"
    since, until = (_day(given, name, problems) for name in ("from", "to"))
    least, most = (_amount(given, name, problems) for name in ("min", "max"))
    if since and until and since > until:
        problems["to"] = "截止日期早于起始日期，请修改"
    kind = given.get("kind", "")
    criteria = Criteria(
        text=given.get("q", ""),
        kind=Kind(kind) if kind in tuple(Kind) else None,
        authority=given.get("authority", "")[:LONGEST_CODE],
        item=given.get("item", "")[:LONGEST_CODE],
        category=given.get("class", "")[:LONGEST_CODE],
        since=since,
        until=until,
        least=least,
        most=most,
    )
    usual = Sort.RELEVANCE if criteria.text else Sort.NEWEST
    sort = given.get("sort", "")
    return Asked(
        criteria=criteria,
        sort=Sort(sort) if sort in tuple(Sort) else usual,
        place=_place(query),
        query=given,
        problems=problems,
    )


def place_query(place: Place | None) -> Mapping[str, str]:
    """Return the part of an address that says where in the results one is."""
    if place is None:
        return {}
    return {str(place.way): ".".join(map(str, place.position)) or "end"}


def _place(query: Mapping[str, str]) -> Place:
    for way in Way:
        text = query.get(str(way), "")
        if way is Way.BEFORE and text == "end":
            return Place(way=way)
        parts = [row_number(part) for part in text.split(".")]
        if len(parts) <= len(("value", "id")) and None not in parts:
            return Place(way=way, position=tuple(part for part in parts if part is not None))
    return Place()


def row_number(text: str) -> int | None:
    """Return the number that `text` writes, None where it is none that a database keeps."""
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
        return None
    number = int(text)
    return number if number < LIMIT else None


def _day(given: Mapping[str, str], name: str, problems: dict[str, str]) -> date | None:
    text = given.get(name, "")
    day = read_day(text) if text else None
    if text and day is None:
        problems[name] = "日期无法识别，请写成 2026-09-24"
    return day


def _amount(given: Mapping[str, str], name: str, problems: dict[str, str]) -> int | None:
    text = given.get(name, "")
    if not text:
        return None
    try:
        amount = read_amount(text)
    except InvalidOperation:
        amount = None
    if amount is None or amount > MOST:
        problems[name] = "金额无法识别，请填写以万元为单位的数字，如 0.5"
        return None
    return int(amount * FEN)


def in_wan(fen: int) -> str:
    """Return an amount in 万元."""
    return plain(Decimal(fen) / FEN)
