"""The Python API for departments that speak Kafka: typed decisions in, each confirmed by the broker."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from threading import Lock
from typing import Any

from connectors.decisions import Decision, InvalidDecisionError, licence, penalty
from connectors.desk import BATCH_ROWS, Desk, Identity
from connectors.identity import derived_event_id
from connectors.row import Row
from connectors.sender import PATIENCE_S, Sender
from streams.domain.errors import ConfigurationError, RefusedError, UnavailableError
from streams.domain.identifiers import is_uscc
from streams.domain.judging import accepted
from streams.domain.stages import Action, Finding, Ground, Kind, Origin, Severity

__all__ = [
    "Action",
    "ConfigurationError",
    "Decision",
    "DecisionProducer",
    "Finding",
    "Ground",
    "HandIn",
    "InvalidDecisionError",
    "Kind",
    "Receipt",
    "RefusedError",
    "Severity",
    "UnavailableError",
    "licence",
    "open_producer",
    "penalty",
]

AHEAD = timedelta(hours=1)
"""By how much another system's clock may be fast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """One decision on its way. Raises `InvalidDecisionError`."""

    decision: Decision
    reference: str
    """What the department's system calls it, such as a row's id: the same on every try; no personal data,
    as it stands in the audit trail."""
    changed_at: datetime
    """When the system changed it last, aware: a later change supersedes, in whatever order they come."""
    action: Action = Action.PUBLISH
    reason: str = ""
    """Why it is corrected or withdrawn; a withdrawal needs one."""

    def __post_init__(self) -> None:
        if not self.reference.strip():
            raise InvalidDecisionError("reference is empty; give the id that your system has for it")
        if self.changed_at.utcoffset() is None:
            raise InvalidDecisionError("changed_at has no zone; give an aware datetime")

    @property
    def row(self) -> dict[str, str]:
        """Header → text, as a spreadsheet would have it."""
        return self.decision.as_row(self.action, self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Kafka has the decision, and this is what the review will say of it.

    One that does not tell which decision it is, as U+FFFD stands in its key, was not sent: it has no key.
    """

    reference: str
    event_id: str
    """The same for the same hand-in on every try; "" for one that was not sent."""
    key: str = field(repr=False)
    """What `gongshi status` finds it by: authority|document number|subject's name."""
    findings: tuple[Finding, ...]
    """Everything that is wrong; the messages are in Chinese, for the clerk who mends it."""

    @property
    def ok(self) -> bool:
        """Whether the review will take it; if not, its seven working days run until it is mended."""
        return accepted(self.findings)


class DecisionProducer:
    """Hands decisions in; `open_producer` makes one. Any thread may call it, one at a time is served.

    A program that ended before it saw a receipt hands the same decision in again: reference, time of
    change and content give the same event, and an event counts once.
    """

    def __init__(self, desk: Desk, *, department: str, system: str) -> None:
        """Take the desk, the department's 统一社会信用代码 and the name of its system (part of all ids)."""
        if not is_uscc(department):
            raise ConfigurationError("department is no 统一社会信用代码; give the 18 characters of yours")
        if not system.strip():
            raise ConfigurationError("system is empty; name the system that hands in, and never rename it")
        self._desk = desk
        self._department = department
        self._system = system
        self._lock = Lock()

    def publish(self, decision: Decision, *, reference: str, changed_at: datetime) -> Receipt:
        """Hand in a decision, or its new state; return once Kafka has it. Raises as `hand_in` does."""
        return self._one(HandIn(decision=decision, reference=reference, changed_at=changed_at))

    def correct(
        self, decision: Decision, *, reference: str, changed_at: datetime, reason: str = ""
    ) -> Receipt:
        """Hand in what takes the place of what was published. Raises as `hand_in` does."""
        return self._one(
            HandIn(
                decision=decision,
                reference=reference,
                changed_at=changed_at,
                action=Action.CORRECT,
                reason=reason,
            )
        )

    def withdraw(self, decision: Decision, *, reference: str, changed_at: datetime, reason: str) -> Receipt:
        """Have every portal take it down (撤销, 变更, 信用修复, 异议成立). Raises as `hand_in` does."""
        return self._one(
            HandIn(
                decision=decision,
                reference=reference,
                changed_at=changed_at,
                action=Action.WITHDRAW,
                reason=reason,
            )
        )

    def hand_in(self, decisions: Iterable[HandIn]) -> Iterator[Receipt]:
        """Yield a receipt a decision, in order, each after Kafka has it; taken as receipts are asked for.

        Decisions that the rules refuse are sent too, as their days are running. Raises `UnavailableError`
        while Kafka is away (hand in again what has no receipt: nothing doubles), `RefusedError` when it
        never will take one of the batch, which is too large or not allowed, and `InvalidDecisionError`
        before one of the batch is sent that was changed in the future.
        """
        waiting = iter(decisions)
        while batch := tuple(islice(waiting, BATCH_ROWS)):
            with self._lock:
                receipts = self._send(batch)
            yield from receipts

    def _one(self, hand_in: HandIn) -> Receipt:
        return next(self.hand_in([hand_in]))

    def _send(self, batch: tuple[HandIn, ...]) -> tuple[Receipt, ...]:
        rows = tuple(Row(number=number, values=one.row) for number, one in enumerate(batch))
        if any(one.changed_at > self._desk.now() + AHEAD for one in batch):
            raise InvalidDecisionError(
                "changed_at lies in the future and would overtake every later change; set the clock right"
            )

        def origin(row: Row) -> Origin:
            reference = f"{self._system}:{batch[row.number].reference}"
            return Origin(connector="producer", department=self._department, reference=reference)

        desk = replace(self._desk, identify=lambda row: self._identity(batch[row.number], row))
        return tuple(
            Receipt(
                reference=batch[line.row.number].reference,
                event_id=line.event_id,
                key=line.key,
                findings=line.findings,
            )
            for line in desk.hand_in(rows, origin)
        )

    def _identity(self, one: HandIn, row: Row) -> Identity:
        revision = int(one.changed_at.timestamp() * 1000)
        content = json.dumps(dict(row.values), sort_keys=True)
        parts = (self._department, self._system, one.reference, str(revision), content)
        return Identity(event_id=derived_event_id("producer", *parts), revision=revision)


@contextmanager
def open_producer(
    *,
    department: str,
    system: str,
    bootstrap_servers: str = "",
    kafka: Mapping[str, Any] | None = None,
    patience_s: float = PATIENCE_S,
) -> Iterator[DecisionProducer]:
    """Give a producer; at the end everything that was handed in is with Kafka, as each call waited for it.

    `bootstrap_servers` and further librdkafka properties in `kafka` go before GONGSHI_* variables. Raises
    `ConfigurationError`, and `UnavailableError` when Kafka does not tell the catalogue within `patience_s`,
    which each call waits for the broker as well.
    """
    # A way in for other programs is a composition root, as a command is; those who only make decisions do
    # without what it needs.
    from streams import intake  # noqa: PLC0415 -- as said above
    from streams.settings import load  # noqa: PLC0415 -- likewise
    from streams.world import codec_of  # noqa: PLC0415 -- likewise

    settings = load()
    if bootstrap_servers:
        settings = settings.model_copy(update={"bootstrap_servers": bootstrap_servers})
    properties = {**settings.kafka(), **(kafka or {})}
    with intake.following_catalogue(settings, properties, patience_s=patience_s) as catalogue:
        sender = Sender(properties, patience_s=patience_s)
        desk = intake.make_desk(settings, sender=sender, codec=codec_of(settings), catalogue=catalogue)
        yield DecisionProducer(desk, department=department, system=system)
