"""Reads what departments handed in and checks it against the rules."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from schemas.codec import Codec
from schemas.framing import UndecodableError
from streams.agents.poison import unreadable
from streams.domain.calendar import Calendar
from streams.domain.holding import examine
from streams.domain.stages import Rejected, Submitted
from streams.records import Record

LARGEST_BYTES = 512 * 1024
"""Far above the longest decision (25,000 characters); what is larger is a mistake."""

UNREADABLE = {
    "EMPTY_RECORD": "本条记录为空，没有决定内容。请重新报送该决定。",
    "NOT_AVRO": "本条记录不是平台约定的格式(Avro)，无法读取。请按接口说明编码后重新报送。",
    "UNKNOWN_SCHEMA": "本条记录的数据结构编号未登记，无法读取。请使用平台登记的数据结构重新报送。",
    "BROKEN_RECORD": "本条记录与其声明的数据结构不符，无法读取。请检查报送程序后重新报送。",
}
TOO_LARGE = "本条记录超过 512 KiB，不是一条正常的决定。请检查是否误附了文件，去除后重新报送。"


def read(record: Record, *, codec: Codec) -> Submitted | Rejected:
    """Return the decision in a record of `decision.submitted`, or why it is none."""
    if record.value is not None and len(record.value) > LARGEST_BYTES:
        return unreadable(record, "TOO_LARGE", TOO_LARGE)
    try:
        return codec.decode_submitted(record.value)
    except UndecodableError as error:
        return unreadable(record, error.code, UNREADABLE[error.code])


def add_validate(
    app: Any, source: Any, target: Any, *, codec: Codec, calendar: Calendar, today: Callable[[], date]
) -> None:
    """Add the agent that takes `Batch[Record]` from `source` and puts `Batch[Checked]` on `target`."""

    @app.agent(source, name="validate")  # type: ignore[untyped-decorator]  # Faust has no types
    async def validate(batches: Any) -> None:
        async for batch in batches:
            with batch.guarded():
                submitted = batch.through("read", partial(read, codec=codec))
                rule = partial(examine, today=today(), calendar=calendar)
                await target.put(submitted.through("validate", rule))
