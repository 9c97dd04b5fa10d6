"""Several new rows in one import: a bad row is found, set aside, and the rest sent again."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from sinks.ports import Answer, Verdict
from sinks.soap_messages import SUCCESS, Told

Ask = Callable[[Sequence[Any]], Awaitable[Told]]
"""Import these `<ROW>` elements in one call, and return what the platform says, whatever that is."""


async def import_rows(
    ask: Ask, judged: Callable[[Told], Answer], rows: Mapping[str, Any]
) -> dict[str, Answer | None]:
    """Import rows by name; None stands for a row that must be sent alone, as the answer tells nothing of it.

    The platform takes a row that it has already as the same again, so that what stood before a bad row may
    be sent twice.
    """
    answers: dict[str, Answer | None] = {}
    waiting = dict(rows)
    while waiting:
        told = await ask(list(waiting.values()))
        names = list(waiting)
        if told.code == SUCCESS and len(told.ids) == len(names):
            return answers | {
                name: Answer(verdict=Verdict.ACCEPTED, status=HTTPStatus.OK, remote_id=remote_id)
                for name, remote_id in zip(names, told.ids, strict=True)
            }
        answer = judged(told)
        if told.line is not None and 1 <= told.line <= len(names) and answer.verdict is Verdict.REFUSED:
            bad = names[told.line - 1]
            answers[bad] = answer
            del waiting[bad]
            continue
        alone = told.code == SUCCESS or answer.verdict is Verdict.REFUSED
        return answers | dict.fromkeys(names, None if alone else answer)
    return answers
