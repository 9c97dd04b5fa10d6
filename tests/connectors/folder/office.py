"""A department's drop folder with a desk behind it, as tests and their child processes use it."""

import csv
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from connectors.desk import Desk, Identity, Sends
from connectors.folder.watcher import Pace, Watcher
from connectors.row import Row
from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams.catalogue.file import load_catalogue
from streams.domain.calendar import Calendar
from streams.domain.errors import UnavailableError
from streams.domain.judging import Verdict, judge
from streams.domain.stages import EventId, Submitted
from streams.records import Output

NOW = datetime(2026, 9, 25, 1, 0, tzinfo=UTC)
CODE = "11370100MB9A000146"
NAME = "济南市市场监督管理局"
CODEC = Codec(RepositoryStore())
GOOD = {
    "CF_XDR_MC": "济南云麓食品有限公司",
    "CF_XDR_LB": "法人及非法人组织",
    "CF_XDR_SHXYM": "91370102MA0E7K2Q8A",
    "CF_FRDB": "卢明舟",
    "CF_WSH": "济市监罚[2026]118号",
    "CF_WFXW": "发布违法广告",
    "CF_SY": "当事人在店堂海报中使用“最佳”等用语。",
    "CF_YJ": "《中华人民共和国广告法》第五十七条第一项",
    "CF_CFLB": "罚款",
    "CF_NR": "罚款人民币贰万元整。",
    "CF_NR_FK": "2.0",
    "CF_JDRQ": "2026-09-22",
    "CF_YXQ": "2027-09-22",
    "CF_CFJG": NAME,
    "CF_CFJGDM": CODE,
    "CF_SJLY": NAME,
    "CF_SJLYDM": CODE,
}
BAD = {**GOOD, "CF_NR_FK": ""}


class FakeSends:
    """A broker that takes everything, or nothing."""

    def __init__(self, *, away: bool = False) -> None:
        self.events: list[Submitted] = []
        self.away = away

    def send(self, outputs: Sequence[Output]) -> None:
        if self.away:
            raise UnavailableError("Kafka is away")
        self.events += [CODEC.decode_submitted(one.value) for one in outputs]

    @property
    def ids(self) -> list[str]:
        return [one.event_id for one in self.events]


def _judge(submitted: Submitted) -> Verdict:
    return judge(submitted, today=date(2026, 9, 25), calendar=Calendar(), catalogue=load_catalogue())


def _unnamed(_row: Row) -> Identity:
    raise AssertionError("the folder names its rows itself")


def make_desk(sends: Sends, judged: Callable[[Submitted], Verdict] = _judge) -> Desk:
    """Return a desk that hands in to `sends`."""
    return Desk(sender=sends, codec=CODEC, judge=judged, now=lambda: NOW, identify=_unnamed)


def make_watcher(
    root: Path, sends: Sends, *, settle_s: float = 0, clock: Callable[[], float] = lambda: 0.0
) -> Watcher:
    """Return a watcher that knows one department, by code and by name."""
    return Watcher(
        root=root,
        department={CODE: CODE, NAME: CODE}.get,
        desk=make_desk(sends),
        now=lambda: NOW,
        clock=clock,
        pace=Pace(poll_s=0.01, settle_s=settle_s),
    )


def drop(root: Path, name: str, rows: Sequence[dict[str, str]], department: str = CODE) -> Path:
    """Put a .csv of `rows` into the department's inbox."""
    inbox = root / department / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    with (inbox / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(GOOD))
        writer.writeheader()
        writer.writerows(rows)
    return inbox / name


def numbered(count: int, first: int = 1) -> list[dict[str, str]]:
    """Return good rows with document numbers of their own."""
    return [{**GOOD, "CF_WSH": f"济市监罚〔2026〕{number}号"} for number in range(first, first + count)]


def names(root: Path, part: str) -> list[str]:
    """Return what stands in one part of the department's folder."""
    return sorted(entry.name for entry in (root / CODE / part).iterdir())


def receipt(root: Path, name: str, end: str = "done") -> dict[str, Any]:
    """Return the receipt for programs of a file."""
    told: dict[str, Any] = json.loads((root / CODE / end / f"{name}.receipt.json").read_text("utf-8"))
    return told


def event_id(value: bytes | None) -> EventId:
    """Return the event id in a record of decision.submitted."""
    return CODEC.decode_submitted(value).event_id
