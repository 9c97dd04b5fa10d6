"""Decisions as data for programs: JSON, CSV and Atom show the same and never a natural person in a list."""

from collections.abc import Mapping
from typing import Any

from sinks.site.store.entries import Decision, Revision, utc
from sinks.site.web.asking import in_wan
from sinks.site.web.rendering import PERSON
from streams.domain.columns import TEMPLATES, Publicity
from streams.domain.roles import ROLES

COLUMNS: Mapping[str, str] = {
    "number": "文书号",
    "kind": "决定种类",
    "subject": "行政相对人名称",
    "subject_code": "统一社会信用代码",
    "authority": "决定机关",
    "authority_code": "决定机关统一社会信用代码",
    "item": "事项编码",
    "classes": "类别",
    "amount": "罚没金额(万元)",
    "decided_on": "决定日期",
    "published_at": "公示时间",
    "public_until": "公示截止",
    "summary": "内容",
    "url": "网址",
}
"""Field of a CSV file → its header."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SUMMARY = {"licence": "XK_NR", "penalty": "CF_WFXW"}


def as_json(one: Decision, base: str, history: tuple[Revision, ...] | None = None) -> dict[str, Any]:
    """Return what JSON shows; with a history it is about one decision alone and has all of its columns."""
    shown: dict[str, Any] = {
        "id": one.public_id,
        "url": address(one, base),
        "number": one.number,
        "withdrawn": one.withdrawn,
        "updated_at": utc(one.last_seen),
    }
    if one.withdrawn:
        return {**shown, "reason": one.reason}
    alone = history is not None
    shown |= {
        "kind": str(one.kind),
        "natural_person": one.natural,
        "subject": one.subject if alone or not one.natural else PERSON,
        "subject_code": one.subject_code,
        "authority": one.authority,
        "authority_code": one.authority_code,
        "item": one.item,
        "classes": list(one.classes),
        "amount": None if one.amount is None else in_wan(one.amount),
        "decided_on": one.decided_on.isoformat(),
        "published_at": utc(one.first_seen),
        "public_until": one.public_until and one.public_until.isoformat(),
        "objection": one.objection,
        "columns": _columns(one, alone=alone),
    }
    if history:
        shown["history"] = [
            {
                "action": str(step.action),
                "at": utc(step.seen_at),
                "reason": step.reason,
                "changed": list(step.changed),
            }
            for step in history
        ]
    return shown


def as_row(one: Decision, base: str) -> list[str]:
    """Return a row of a CSV file; nothing in it is a formula to a spreadsheet."""
    told = as_json(one, base)
    told |= {"summary": told["columns"].get(_SUMMARY[one.kind], ""), "classes": "、".join(one.classes)}
    return [_plain(str(told[field] or "")) for field in COLUMNS]


def address(one: Decision, base: str) -> str:
    """Return the address of a decision's page."""
    return f"{base}/decisions/{one.public_id}"


def _columns(one: Decision, *, alone: bool) -> dict[str, str]:
    public = {
        code: text
        for code, text in one.columns.items()
        if text and (column := TEMPLATES[one.kind].get(code)) and column.publicity is not Publicity.RESTRICTED
    }
    if one.natural and not alone:
        roles = ROLES[one.kind]
        kept = (roles.document, roles.decided, roles.authority, roles.authority_code)
        return {code: text for code, text in public.items() if code in kept}
    return public


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
