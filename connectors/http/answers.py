"""What is told of the rows of one request: to programs by codes, to people in Chinese."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import orjson

from connectors.desk import Line
from connectors.http.problems import MEDIA_TYPE, ROWS_FOREIGN, ROWS_REFUSED, UNREADABLE, Problem
from streams.domain.stages import Finding
from streams.replays import Answered

FOREIGN = "AUTHORITY_FOREIGN"
MOST_TOLD = 1_000
"""Rows that are told of one by one, refused ones first: an answer stays in memory and in the ledger."""
JSON = "application/json"


@dataclass(slots=True)
class Tally:
    """Takes the lines of a request in order."""

    accepted: int = 0
    refused: int = 0
    _told: list[dict[str, object]] = field(default_factory=list)
    _fine: list[dict[str, object]] = field(default_factory=list)
    _foreign: int = 0
    _unreadable: int = 0

    def take(self, lines: Iterable[Line]) -> None:
        """Take them all, as they come."""
        for line in lines:
            self.accepted += line.ok
            self.refused += not line.ok
            codes = [one.code for one in line.findings]
            self._foreign += FOREIGN in codes
            self._unreadable += "FILE_UNREADABLE" in codes
            rows = self._fine if line.ok else self._told
            if len(rows) < MOST_TOLD:
                rows.append(_row(line))

    def answer(self, instance: str) -> Answered:
        """Return the answer: 202 when a row was accepted, else why none was."""
        rows = [*self._told, *self._fine[: MOST_TOLD - len(self._told)]]
        rows.sort(key=lambda row: (str(row.get("sheet", "")), row["row"]))
        counts: dict[str, object] = {"accepted": self.accepted, "refused": self.refused}
        left_out = self.accepted + self.refused - len(rows)
        about = {**counts, **({"rows_left_out": left_out} if left_out else {}), "rows": rows}
        if self.accepted:
            return Answered(status=202, body=orjson.dumps(about))
        problem = self._problem()
        body = {**problem.body(instance), **about}
        return Answered(status=problem.status, body=orjson.dumps(body))

    def _problem(self) -> Problem:
        if self._foreign and self._foreign == self.refused:
            return ROWS_FOREIGN
        if self._unreadable:
            return UNREADABLE
        return ROWS_REFUSED


def media_type_of(answer: Answered) -> str:
    """Return the media type of an answer's body."""
    return JSON if answer.status < 400 else MEDIA_TYPE  # noqa: PLR2004 -- RFC 9110: errors begin there


def _row(line: Line) -> dict[str, object]:
    """Return what is told of a row; what names people is told of accepted rows only, to ask for them by."""
    return {
        "row": line.row.number,
        **({"sheet": line.row.sheet} if line.row.sheet else {}),
        "ok": line.ok,
        "sent": line.sent,
        "event_id": line.event_id,
        **({"key": line.key} if line.ok else {}),
        "findings": [_finding(one) for one in line.findings],
    }


def _finding(one: Finding) -> dict[str, str]:
    return {"code": one.code, "column": one.column, "severity": one.severity, "message": one.message}
