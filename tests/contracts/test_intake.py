"""The same row by every way in: the same key, verdict and event, on a fake and on a real broker."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from confluent_kafka.admin import AdminClient

from connectors.rows import to_submitted
from connectors.sender import Sender
from streams.domain import envelope
from streams.domain.keys import is_readable
from streams.domain.stages import EventId, Kind, Origin, Submitted
from streams.embedded.broker import Broker
from streams.engine import topic_admin
from streams.topics import SUBMITTED
from tests.connectors.folder.office import FakeSends
from tests.connectors.submitted import submitted
from tests.contracts.hall import NOW, Hall, bare, judged, place_of
from tests.contracts.ways import LIMITS, WAYS

EXAMPLES = tomllib.loads((Path(__file__).parents[1] / "domain" / "examples.toml").read_text(encoding="utf-8"))
ABOUT = {"action": envelope.ACTION, "reason": envelope.REASON, "ground": envelope.GROUND}
ODD = (
    "=1+1", "+A1", "@SUM(1)", "'2026", "00123", "2e3", "TRUE", "NULL", "#REF!", "１２３",
    "𠮷野家", "😀", "a,b;c\td|e", "“引”\"号'", "一\n二", "一\r\n二", "\\n", "\u200b零宽", "\u202e反",
    "\u00a0不断\u00a0行", "e\u0301", "&amp;<b>", "_x000D_", "(全角)（括号）", " 前后有空格 ",
)  # fmt: skip
"""Texts that some format or program is known to change."""


def _row(example: Mapping[str, Any]) -> tuple[Kind, dict[str, str]]:
    kind = Kind.LICENCE if example["base"].startswith("licence") else Kind.PENALTY
    base = dict(example.get("only") or EXAMPLES["base"][example["base"]])
    columns = {**base, **example.get("set", {})}
    for code in example.get("drop", ()):
        columns.pop(code, None)
    return kind, columns | {name: example[key] for key, name in ABOUT.items() if key in example}


def _rows() -> Mapping[Kind, Sequence[dict[str, str]]]:
    rows: dict[Kind, list[dict[str, str]]] = defaultdict(list)
    for example in EXAMPLES["example"]:
        kind, row = _row(example)
        rows[kind].append(row)
    base = EXAMPLES["base"]["penalty-legal"]
    rows[Kind.PENALTY] += [{**base, "CF_SY": text} for text in ODD]
    rows[Kind.PENALTY] += [{**base, "CF_XDR_MC": text, "CF_WSH": text} for text in ODD]
    return rows


ROWS = _rows()


def _expected(kind: Kind, row: Mapping[str, str]) -> Submitted:
    return bare(
        to_submitted(
            row,
            kind=kind,
            origin=Origin(connector="", department="", reference=""),
            now=NOW,
            event_id=EventId(""),
            revision=0,
        )
    )


UNREAD = "database"


def test_there_is_enough_to_compare() -> None:
    """The rows are hundreds: accepted, refused and warned of, withheld, withdrawn, and natural persons'."""
    events = [_expected(kind, row) for kind, rows in ROWS.items() for row in rows]
    verdicts = [judged(event) for event in events]
    assert len(events) > 530
    assert min(len(_possible(way, kind)) / len(ROWS[kind]) for way in LIMITS for kind in Kind) > 0.95
    assert sum(not verdict.ok for verdict in verdicts) > 200
    assert any(not is_readable(event.key) for event in events)
    assert sum(verdict.ok and bool(verdict.findings) for verdict in verdicts) > 50
    assert sum(event.ground is not None for event in events) > 3
    assert sum(event.columns.get("CF_XDR_LB") == "自然人" for event in events) > 20
    assert {event.action for event in events} == {"publish", "correct", "withdraw"}


def _possible(way: str, kind: Kind) -> list[dict[str, str]]:
    return [row for row in ROWS[kind] if way not in LIMITS or LIMITS[way](kind, row)]


def _same(
    hall: Hall, rows: Sequence[dict[str, str]], events: Sequence[Submitted], told: Any, *, unread: bool
) -> None:
    expected = [_expected(hall.kind, row) for row in rows]
    found = sorted(events, key=place_of)
    sent = [one for one in expected if unread or is_readable(one.key)]
    assert len(found) == len(sent)
    for event, wanted in zip(found, sent, strict=True):
        assert bare(event) == wanted
    verdicts = [judged(event) for event in expected]
    if told is not None:
        findings = [tuple((f.code, f.column, f.message) for f in one.findings) for one in verdicts]
        assert told == [(one.ok, them) for one, them in zip(verdicts, findings, strict=True)]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("way", WAYS)
def test_one_row_one_verdict(way: str, kind: Kind, tmp_path: Path) -> None:
    """By this way every row has the key, the event and the findings that it has by every other.

    None sends a row whose key is garbled, but a database, where nobody reads what was not sent.
    """
    sends = FakeSends()
    hall = Hall(sends=sends, kind=kind, folder=tmp_path, database_url=f"sqlite:///{tmp_path}/a.db")
    rows = _possible(way, kind)
    told = WAYS[way](hall, rows)
    _same(hall, rows, sends.events, told, unread=way == UNREAD)


def test_on_a_real_broker(broker: Broker, tmp_path: Path, postgres_url: str) -> None:
    """The same holds for what a real broker has of each way, the database being a real PostgreSQL."""
    topic_admin.apply(AdminClient({"bootstrap.servers": broker.bootstrap_servers}), (SUBMITTED,))
    sender = Sender({"bootstrap.servers": broker.bootstrap_servers})
    handed: list[tuple[str, Hall, list[dict[str, str]], Any]] = []
    for name, way in WAYS.items():
        for kind in Kind:
            hall = Hall(sends=sender, kind=kind, folder=tmp_path, database_url=postgres_url)
            rows = _possible(name, kind)
            handed.append((name, hall, rows, way(hall, rows)))
    events = submitted(broker, "w")
    for name, hall, rows, told in handed:
        mine = [one for one in events if one.origin.reference.startswith(hall.token)]
        _same(hall, rows, mine, told, unread=name == UNREAD)
