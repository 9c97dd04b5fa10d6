"""One request to a portal, with one delivery or several, and what became of each; never an exception."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sinks.leaving import personal, veiled
from sinks.ports import Adaptor, Answer, BatchAdaptor, Delivery, Verdict
from sinks.queue import Claim

log = logging.getLogger(__name__)

FAILURES = frozenset({Verdict.RETRY, Verdict.INDETERMINATE})
"""What speaks of the portal as a whole; a refusal speaks of one decision, and shows that the portal works."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What became of one delivery of the request."""

    claim: Claim
    answer: Answer
    of_portal: bool = True
    """Whether the answer says something of the portal; a request that failed as a whole says it once."""


async def try_together(adaptor: Adaptor, claims: Sequence[Claim], within: timedelta) -> list[Tried]:
    """Bring the claims, at least one, to a portal; what holds personal data stays here."""
    tried, clean = [], []
    for claim in claims:
        if found := personal(claim.delivery.body):
            reason = f"not sent, personal data: {'; '.join(found)}"
            tried.append(Tried(claim=claim, answer=Answer(verdict=Verdict.PERSONAL, reason=reason)))
        else:
            clean.append(claim)
    if clean:
        tried += await _sent(adaptor, clean, within)
    return [_veiled(one) if one.answer.reason else one for one in tried]


def _veiled(tried: Tried) -> Tried:
    return replace(tried, answer=replace(tried.answer, reason=veiled(tried.answer.reason)))


async def _sent(adaptor: Adaptor, claims: Sequence[Claim], within: timedelta) -> list[Tried]:
    try:
        async with asyncio.timeout(within.total_seconds()):
            answers = await _answers(adaptor, [claim.delivery for claim in claims])
            return _told(claims, answers)
    except TimeoutError:
        lost, of_portal = "no answer within the lease", True
    except asyncio.CancelledError:
        # an answer may be on its way, but this process is ending
        lost, of_portal = "stopped while waiting for the answer", False
    except Exception as error:  # an adaptor's fault must not hold back the other deliveries
        log.exception("an adaptor broke")
        lost, of_portal = type(error).__name__, False
    answer = Answer(verdict=Verdict.INDETERMINATE, reason=lost)
    tried = _told(claims, [answer] * len(claims))
    return tried if of_portal else [replace(one, of_portal=False) for one in tried]


async def _answers(adaptor: Adaptor, deliveries: Sequence[Delivery]) -> Sequence[Answer]:
    if len(deliveries) > 1 and isinstance(adaptor, BatchAdaptor):
        return await adaptor.deliver_batch(deliveries)
    return [await adaptor.deliver(delivery) for delivery in deliveries]


def _told(claims: Sequence[Claim], answers: Sequence[Answer]) -> list[Tried]:
    failed = all(answer.verdict in FAILURES for answer in answers)
    return [
        Tried(claim=claim, answer=answer, of_portal=not failed or place == 0)
        for place, (claim, answer) in enumerate(zip(claims, answers, strict=True))
    ]
