"""Finds the records of one decision in what a portal's query answers."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from sinks.probing.comparing import official
from sinks.probing.ports import Sent
from streams.domain.keys import document_number, subject_name
from streams.domain.roles import ROLES

LISTS = ("decisions", "records", "data", "items", "rows", "list", "result")
"""Names under which answers carry their records."""
GONE = ("withdrawn", "removed", "deleted")
"""Fields that are true in what is no longer shown."""
DEEPEST = 4


def records_in(answer: Any, sent: Sent) -> tuple[Mapping[str, str], ...]:
    """Return the columns of the records that `answer`, which was JSON, shows of `sent`.

    An answer is a record, a list of them, or an object that has one of these under a name of `LISTS`. A
    record has its columns by official code or name, by themselves or as `columns`. Records are told apart by
    document number and subject, as portals do (`domain.md` 1.4), where they show these.
    """
    return tuple(
        columns
        for record in _records(answer, DEEPEST)
        if _is_about(sent, record, columns := _columns(record))
    )


def _records(told: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if isinstance(told, list):
        for one in told:
            yield from _records(one, depth - 1) if depth else ()
    elif isinstance(told, dict):
        inside = [told[name] for name in LISTS if isinstance(told.get(name), list | dict)]
        if isinstance(told.get("columns"), dict) or not inside:
            yield told
        else:
            yield from _records(inside[0], depth - 1) if depth else ()


def _columns(record: Mapping[str, Any]) -> dict[str, str]:
    columns = record.get("columns")
    return {name: _text(value) for name, value in (columns if isinstance(columns, dict) else record).items()}


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _is_about(sent: Sent, record: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
    if any(record.get(name) is True for name in GONE):
        return False
    shown = official(sent.kind, columns)
    roles = ROLES[sent.kind]
    number, subject = shown.get(roles.document, ""), shown.get(roles.subject, "")
    return (
        any(shown.values())
        and record.get("decision_key", sent.key) == sent.key
        and document_number(number or sent.columns.get(roles.document, ""))
        == document_number(sent.columns.get(roles.document, ""))
        and subject_name(subject or sent.columns.get(roles.subject, ""))
        == subject_name(sent.columns.get(roles.subject, ""))
    )
