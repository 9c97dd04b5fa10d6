"""Rejections of records that no rule can take, told without a word of their content."""

import traceback
from uuid import NAMESPACE_OID, uuid5

from streams.domain.stages import DecisionKey, EventId, Finding, Origin, Rejected, Severity
from streams.records import Record


def position_id(record: Record) -> EventId:
    """Return an event id for a record that has none: the same whenever it is read again."""
    return EventId(str(uuid5(NAMESPACE_OID, f"{record.topic}/{record.partition}/{record.offset}")))


def unreadable(record: Record, code: str, message: str) -> Rejected:
    """Return the rejection of a record that is no decision event; its content stays out of it."""
    try:
        key = (record.key or b"").decode()
    except UnicodeDecodeError:
        key = ""
    return Rejected(
        event_id=position_id(record),
        key=DecisionKey(key),
        revision=0,
        kind=None,
        department_code="",
        decided_on=None,
        due_on=None,
        findings=(Finding(code=code, column="", severity=Severity.ERROR, message=message),),
        origin=Origin(
            connector="producer",
            department="",
            reference=f"{record.topic}/{record.partition}/{record.offset}",
        ),
    )


def poisonous(record: Record, stage: str, error: Exception) -> Rejected:
    """Return the rejection of a record on which `stage` failed.

    Of the error only its type and the place in the program are told: its text may quote the record.
    """
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].name}:{frames[-1].lineno}" if frames else ""
    message = (
        f"系统在“{stage}”环节无法处理本条记录({type(error).__name__} {place})。"
        "请把本条记录的位置告知平台运维人员，修复后重新报送。"
    )
    return unreadable(record, "PROCESSING_FAILED", message)
