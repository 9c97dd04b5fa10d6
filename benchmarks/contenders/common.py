"""What every way shares: the task, the rules as one pure function, and how progress is told."""

import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams.agents.outputs import outputs_of
from streams.catalogue.file import load_calendar, load_catalogue
from streams.domain.desensitizing import desensitize
from streams.domain.enriching import enrich
from streams.domain.privacy import Redactor
from streams.domain.stages import Checked, Enriched, Outcome
from streams.domain.validation import check
from streams.privacy_data import load_lexicon
from streams.records import Output

BATCH = 1_000
TODAY = date(2026, 11, 20)
PRODUCER = {"linger.ms": 5, "compression.type": "lz4", "queue.buffering.max.messages": 1_000_000}
"""The engine's own settings, for all that librdkafka carries."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a contender is told."""

    bootstrap: str
    group: str
    source: str
    """Topic with the submitted decisions."""
    progress: Path
    """File to which every contender adds a line a batch."""
    outputs: Path
    """File with the outputs of every key, for the one that has no rules."""


def task() -> Task:
    """Return the task that the environment describes."""
    told = json.loads(os.environ["CONTEST"])
    return Task(
        told["bootstrap"], told["group"], told["source"], Path(told["progress"]), Path(told["outputs"])
    )


def rules() -> Callable[[bytes], Sequence[Output]]:
    """Return the whole review as one function: a submitted record's bytes → its outputs."""
    codec = Codec(RepositoryStore())
    calendar, catalogue = load_calendar(None), load_catalogue(None)
    redactor = Redactor(load_lexicon())
    judged = partial(check, today=TODAY, calendar=calendar)

    def outputs(value: bytes) -> Sequence[Output]:
        outcome: Checked | Enriched | Outcome = judged(codec.decode_submitted(value))
        if isinstance(outcome, Checked):
            outcome = enrich(outcome, catalogue=catalogue, calendar=calendar)
        if isinstance(outcome, Enriched):
            outcome = desensitize(outcome, redactor=redactor)
        return outputs_of(outcome, codec=codec)

    return outputs


class Progress:
    """Tells the benchmark what is committed: a line a batch with its begin, its end and its records."""

    def __init__(self, told: Task) -> None:
        self._file = told.progress.open("a", buffering=1, encoding="utf-8")

    def batch(self, records: int, seconds: float) -> None:
        """Tell of a batch that is committed now and was read `seconds` ago."""
        now = time.time()
        self._file.write(f"{now - seconds} {now} {records}\n")
