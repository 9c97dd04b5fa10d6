"""Ids and revisions of events that are handed in without any."""

from datetime import datetime

from uuid_utils import uuid7

from streams.domain.stages import EventId


def new_event_id() -> EventId:
    """Return a UUIDv7: unique, and rising with time."""
    return EventId(str(uuid7()))


def new_revision(moment: datetime) -> int:
    """Return milliseconds since 1970: what is handed in later supersedes."""
    return int(moment.timestamp() * 1000)
