"""A static feed's documents: JSON, Atom and HTML, escaped by the serializer and without any script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from lxml import etree

from sinks.feed_entries import Entry
from streams.domain.columns import TEMPLATES
from streams.domain.stages import Kind

ATOM = "http://www.w3.org/2005/Atom"
KINDS: Mapping[str, str] = {Kind.LICENCE: "行政许可", Kind.PENALTY: "行政处罚"}
WITHDRAWN = "已撤下"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where the pages are seen."""

    title: str = "行政许可和行政处罚等信用信息公示"
    base: str = ""
    """Address of the folder, with a slash at its end; empty: links are relative to it."""
    latest: int = 50
    """Decisions in `latest.*`."""


def as_json(entry: Entry) -> Mapping[str, Any]:
    """Return what JSON shows of an entry."""
    shown: dict[str, Any] = {
        "id": entry.id,
        "number": entry.number,
        "decided_on": entry.decided_on,
        "updated": entry.updated,
        "withdrawn": entry.withdrawn,
        "reason": entry.reason,
    }
    if not entry.withdrawn:
        shown |= {
            "kind": entry.kind,
            "natural_person": entry.natural,
            "department": entry.department,
            "public_until": entry.public_until,
            "objection": entry.objection,
            "columns": entry.columns,
        }
    return shown


def json_list(site: Site, entries: Sequence[Entry], pages: int) -> bytes:
    """Return a list with the number of archive pages (`pages/1.json` is the oldest)."""
    return orjson.dumps(
        {"title": site.title, "pages": pages, "decisions": [as_json(entry) for entry in entries]},
        option=orjson.OPT_INDENT_2,
    )


def atom(site: Site, feed_id: str, entries: Sequence[Entry]) -> bytes:
    """Return an Atom feed (RFC 4287). Names of natural persons are not in it."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _atom(feed, "id", f"urn:uuid:{feed_id}")
    _atom(feed, "title", site.title)
    _atom(feed, "updated", max(entry.updated for entry in entries))
    _atom(_atom(feed, "author", ""), "name", site.title)
    if site.base:
        _atom(feed, "link", "", rel="self", href=f"{site.base}latest.atom")
    for one in entries:
        entry = _atom(feed, "entry", "")
        _atom(entry, "id", f"urn:uuid:{one.id}")
        _atom(entry, "title", f"{one.number}（{WITHDRAWN}）" if one.withdrawn else one.number)
        _atom(entry, "updated", one.updated)
        _atom(entry, "link", "", rel="alternate", type="text/html", href=_link(site, one))
        _atom(entry, "summary", _summary(one))
    written: bytes = etree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def fragment(site: Site, entries: Sequence[Entry]) -> bytes:
    """Return a `<section>` for a page of any site; names of natural persons are not in it."""
    section = etree.Element("section", {"class": "gongshi", "lang": "zh-CN"})
    _add(section, "h2", site.title)
    items = _add(section, "ul")
    for one in entries:
        item = _add(items, "li")
        _add(item, "time", one.decided_on, datetime=one.decided_on).tail = " "
        rel = {"rel": "nofollow"} if one.natural else {}
        _add(item, "a", one.number, href=_link(site, one), **rel).tail = " "
        _add(item, "span", _summary(one))
    return _html(section)


def page(site: Site, entry: Entry) -> bytes:
    """Return a decision's own page; those of natural persons are marked `noindex`.

    Raises `ValueError` for a character that no XML may hold.
    """
    root = etree.Element("html", lang="zh-CN")
    head = _add(root, "head")
    _add(head, "meta", charset="utf-8")
    _add(head, "meta", name="viewport", content="width=device-width")
    if entry.natural or entry.withdrawn:
        _add(head, "meta", name="robots", content="noindex, noarchive")
    _add(head, "title", f"{entry.number} {site.title}")
    article = _add(_add(root, "body"), "article", **{"class": "gongshi"})
    _add(article, "h1", entry.number)
    table = _add(article, "table")
    for name, text in _rows(entry):
        row = _add(table, "tr")
        _add(row, "th", name, scope="row")
        _add(row, "td", text)
    return b"<!DOCTYPE html>\n" + _html(root)


def _rows(entry: Entry) -> list[tuple[str, str]]:
    if entry.withdrawn:
        return [("决定日期", entry.decided_on), ("状态", WITHDRAWN), ("原因", entry.reason)]
    names = TEMPLATES[Kind(entry.kind)]
    rows = [(names[code].name, text) for code, text in entry.columns.items() if text]
    rows += [("公示截止", entry.public_until)] if entry.public_until else []
    rows += [("异议", "异议处理中")] if entry.objection else []
    return rows


def _summary(entry: Entry) -> str:
    if entry.withdrawn:
        return f"{WITHDRAWN} {entry.reason}".strip()
    name = "" if entry.natural else entry.columns.get(_NAMES[entry.kind], "")
    return " ".join(text for text in (KINDS[entry.kind], name, entry.department) if text)


_NAMES: Mapping[str, str] = {Kind.LICENCE: "XK_XDR_MC", Kind.PENALTY: "CF_XDR_MC"}


def _link(site: Site, entry: Entry) -> str:
    return f"{site.base}decisions/{entry.id}.html"


def _atom(parent: Any, name: str, text: str, /, **attributes: str) -> Any:
    return _add(parent, f"{{{ATOM}}}{name}", text, **attributes)


def _add(parent: Any, name: str, text: str = "", /, **attributes: str) -> Any:
    element = etree.SubElement(parent, name, attributes)
    if text:
        element.text = text
    return element


def _html(element: Any) -> bytes:
    written: bytes = etree.tostring(element, method="html", encoding="utf-8")
    return written
