"""Deliveries as files: one template and one action a file, exactly the official columns, and a manifest."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from sinks.ports import Delivery
from sinks.soap_messages import document_of, row_of
from sinks.templates import NAMES, public_columns
from streams.domain.stages import Action, Kind, SubjectClass

FORMATS = ("csv", "xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One delivery as a row."""

    delivery: Delivery
    kind: Kind
    natural: bool
    reason: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What goes into one file: rows of one template that ask for the same."""

    kind: Kind
    natural: bool
    action: Action
    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        """Return `<template>-<action>-<digest>-<rows>`, the same when the same deliveries are tried again."""
        ids = "\n".join(line.delivery.idempotency_key for line in self.lines)
        digest = hashlib.sha256(ids.encode()).hexdigest()[:20]
        return f"{NAMES[self.kind, self.natural]}-{self.action}-{digest}-{len(self.lines)}"

    def written(self, form: str) -> bytes:
        """Return the file in one of `FORMATS`.

        CSV is UTF-8 with a byte order mark and a header of official codes; XML is `<ROWDATA><ROW>…` with
        every column, empty where blank.
        """
        if form == "csv":
            return self._csv()
        return document_of([_element(line) for line in self.lines], declared=True)

    def manifest(self, file: str, content: bytes) -> bytes:
        """Return what tells that the file is whole, and which decision each row is."""
        return orjson.dumps(
            {
                "file": file,
                "template": NAMES[self.kind, self.natural],
                "action": self.action,
                "rows": len(self.lines),
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "decisions": [_about(row, line) for row, line in enumerate(self.lines, 1)],
            }
        )

    def _csv(self) -> bytes:
        codes = [column.code for column in public_columns(self.kind, natural=self.natural)]
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(codes)
        writer.writerows([line.columns.get(code, "") for code in codes] for line in self.lines)
        return text.getvalue().encode("utf-8-sig")


def line_of(delivery: Delivery, form: str) -> Line:
    """Return a delivery as a row. Raises `ValueError` for a character that no XML may hold."""
    content = orjson.loads(delivery.body)
    line = Line(
        delivery=delivery,
        kind=Kind(content["kind"]),
        natural=content["subject_class"] == SubjectClass.NATURAL,
        reason=content["reason"],
        columns=content["columns"],
    )
    if form == "xml":
        _element(line)
    return line


def sheets_of(lines: Sequence[Line]) -> tuple[Sheet, ...]:
    """Return the files that the rows make, each row in one of them and in their order."""
    apart: dict[tuple[Kind, bool, Action], list[Line]] = {}
    for line in lines:
        apart.setdefault((line.kind, line.natural, line.delivery.action), []).append(line)
    return tuple(
        Sheet(kind=kind, natural=natural, action=action, lines=tuple(some))
        for (kind, natural, action), some in apart.items()
    )


def _element(line: Line) -> Any:
    return row_of(line.kind, line.columns, natural=line.natural)


def _about(row: int, line: Line) -> dict[str, Any]:
    delivery = line.delivery
    return {
        "row": row,
        "id": delivery.idempotency_key,
        "decision_key": delivery.key,
        "revision": delivery.revision,
        "reason": line.reason,
    }
