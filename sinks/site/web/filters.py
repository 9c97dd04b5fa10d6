"""What the search form offers, and which of it somebody has chosen."""

from collections.abc import Mapping, Sequence
from typing import Any

from sinks.site.web.asking import Asked
from sinks.site.web.rendering import KINDS
from sinks.site.web.speech import Speech
from streams.domain.catalogue import Catalogue, Department, Item

CLASSES: Mapping[str, tuple[str, ...]] = {
    "行政处罚": (
        "警告",
        "通报批评",
        "罚款",
        "没收违法所得",
        "没收非法财物",
        "暂扣许可证件",
        "降低资质等级",
        "吊销许可证件",
        "限制开展生产经营活动",
        "责令停产停业",
        "责令关闭",
        "限制从业",
        "行政拘留",
    ),
    "行政许可": ("普通", "特许", "认可", "核准", "登记"),
}
MOST_ITEMS = 100
"""Items that are offered before an authority is chosen: thousands would make the first page a heavy one."""
RELATED = 5
LABELS: Mapping[str, str] = {
    "kind": "决定种类",
    "authority": "决定机关",
    "item": "事项",
    "class": "处罚或许可类别",
    "from": "决定日期自",
    "to": "决定日期至",
    "min": "罚没金额自（万元）",
    "max": "罚没金额至（万元）",
}
"""Part of an address → its label, those that can be taken away one by one."""


def choices(catalogue: Catalogue, asked: Asked) -> Mapping[str, Any]:
    """Return what the form offers."""
    bodies = departments(catalogue)
    return {"departments": bodies, "items": _items(bodies, asked.query), "classes": CLASSES}


def departments(catalogue: Catalogue) -> Sequence[Department]:
    """Return the departments in the order of their codes."""
    return [one for code in sorted(catalogue.codes()) if (one := catalogue.department(code))]


def conditions(catalogue: Catalogue, asked: Asked, speech: Speech) -> Sequence[tuple[str, str, str]]:
    """Return what was chosen: label, value, and the address of the same search without it."""
    chosen = []
    for name, label in LABELS.items():
        value = asked.query.get(name, "")
        if not value or name in asked.problems:
            continue
        less = {part: text for part, text in asked.query.items() if part != name}
        chosen.append((label, _said(catalogue, name, value, speech), speech.address("/decisions", less)))
    return chosen


def related(catalogue: Catalogue, asked: Asked) -> Sequence[Item]:
    """Return items whose name holds what was typed: a decision itself need not name its item."""
    text = asked.query.get("q", "")
    if len(text) < len("许可") or asked.query.get("item"):
        return ()
    found = [item for one in departments(catalogue) for item in one.items if text in item.name]
    return found[:RELATED]


def _items(bodies: Sequence[Department], query: Mapping[str, str]) -> Sequence[tuple[str, Sequence[Item]]]:
    authority, chosen = query.get("authority"), query.get("item")
    if authority or sum(len(one.items) for one in bodies) <= MOST_ITEMS:
        groups = [(one.name, one.items) for one in bodies if authority in (None, one.code)]
    else:
        groups = [(one.name, tuple(item for item in one.items if item.code == chosen)) for one in bodies]
    return [(name, items) for name, items in groups if items]


def _said(catalogue: Catalogue, name: str, value: str, speech: Speech) -> str:
    if name == "kind":
        return speech(KINDS.get(value, value))
    if name == "class":
        return speech(value)
    if name == "authority":
        found = catalogue.department(value)
        return found.name if found else value
    if name == "item":
        every = (item for one in departments(catalogue) for item in one.items)
        return next((item.name for item in every if item.code == value), value)
    return value
