"""Event ids that follow from what is handed in: the same row has the same id on every try."""

import json
from uuid import UUID, uuid5

from streams.domain.stages import EventId

_SPACE = UUID("6f1d2c1e-8a5b-5e0a-9c59-0b3f2f6c7a41")
"""Drawn once; another one would give every row that was handed in before a second id."""


def derived_event_id(*parts: str) -> EventId:
    """Return the id, a UUIDv5, that `parts` always have, and no other parts do."""
    return EventId(str(uuid5(_SPACE, json.dumps(parts, ensure_ascii=True))))
