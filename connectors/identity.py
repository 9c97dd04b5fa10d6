"""Event ids that follow from what is handed in: the same row has the same id on every try."""

import json
from collections import Counter
from collections.abc import Mapping
from uuid import UUID, uuid5

from connectors.headers import plan
from streams.domain.keys import document_number
from streams.domain.roles import ROLES
from streams.domain.stages import EventId, Kind

_SPACE = UUID("6f1d2c1e-8a5b-5e0a-9c59-0b3f2f6c7a41")
"""Drawn once; another one would give every row that was handed in before a second id."""


def derived_event_id(*parts: str) -> EventId:
    """Return the id, a UUIDv5, that `parts` always have, and no other parts do."""
    return EventId(str(uuid5(_SPACE, json.dumps(parts, ensure_ascii=True))))


class Revisions:
    """Gives revisions to rows that come together, so that of one decision's rows the last supersedes.

    Rows of other decisions share a revision: none runs ahead of the clock, where it would overtake what
    is handed in a moment later by another way.
    """

    def __init__(self, first: int) -> None:
        """Take the lowest revision to give."""
        self.first = first
        self._documents: Counter[str] = Counter()
        self.last = first
        """The highest that was given."""

    def next(self, values: Mapping[str, str]) -> int:
        """Return the revision of a row, header → text."""
        document = _document(values)
        revision = self.first + self._documents[document]
        self._documents[document] += 1
        self.last = max(self.last, revision)
        return revision


def _document(values: Mapping[str, str]) -> str:
    """Return the document number in a row, "" where there is none."""
    found = plan(tuple(values), None)
    wanted = ROLES[found.kind or Kind.PENALTY].document
    return next(
        (
            document_number(text)
            for text, code in zip(values.values(), found.columns, strict=True)
            if code == wanted
        ),
        "",
    )
