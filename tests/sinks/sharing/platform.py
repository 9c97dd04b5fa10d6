"""市公共信用信息平台 and the full decisions that are for it alone."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Engine

from sinks.sharing.outbox import ShareOutbox
from sinks.sharing.sealing import Seal
from streams.domain.stages import Action, Kind, Shared, SubjectClass
from streams.records import Record, spans_of
from streams.topics import SHARE
from tests.sinks import make
from tests.sinks.make import CODEC, DECIDED, DUE, NOON

KEY = "a long random text of this test"
NUMBER, NAME = "370102198803071234", "李样例"
"""An identity number and a name that may reach the platform and nobody else."""


def shared(number: int, revision: int = 1, action: Action = Action.PUBLISH) -> Shared:
    """Return a full decision on a natural person."""
    return Shared(
        event_id=make.event_of(number, revision),
        key=make.key_of(number),
        revision=revision,
        action=action,
        kind=Kind.PENALTY,
        subject_class=SubjectClass.NATURAL,
        department="济南市市场监督管理局",
        department_code=make.AUTHORITY,
        region="370100",
        item="CF-001",
        decided_on=DECIDED,
        due_on=DUE,
        reason="",
        values={"CF_XDR_MC": NAME, "CF_XDR_ZJHM": NUMBER, "CF_NR": f"罚款{revision}元", "CF_JDRQ": DECIDED},
    )


def take(ledger: Engine, *events: Shared | bytes | None, start: int = 0) -> None:
    """Put records of the shared topic into the outbox."""
    values = [CODEC.encode_shared(one) if isinstance(one, Shared) else one for one in events]
    records = [Record(SHARE.name, 0, start + place, NOON, b"", value) for place, value in enumerate(values)]
    ShareOutbox(ledger, CODEC, Seal(KEY)).apply(records, spans_of(records))


@dataclass(frozen=True, slots=True)
class Platform:
    """A listening platform that takes what is restricted."""

    base: str
    file: Path

    def kept(self) -> dict[str, Any]:
        """Return the decisions that it has, from its own file."""
        with closing(sqlite3.connect(self.file)) as db:
            rows = db.execute("SELECT decision_key, body FROM decision WHERE action <> 'withdraw'").fetchall()
        return {key: orjson.loads(body) for key, body in rows}
