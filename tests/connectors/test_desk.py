"""The desk: every row that can be read is sent, and hears at once what the review will say."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

import pytest

from connectors.desk import Desk, Identity, Line
from connectors.row import Row
from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams.catalogue.file import load_catalogue
from streams.domain.calendar import Calendar
from streams.domain.errors import UnavailableError
from streams.domain.judging import Verdict, judge
from streams.domain.stages import EventId, Origin, Submitted
from streams.domain.validation import finding
from streams.records import Output

NOW = datetime(2026, 9, 25, 1, 0, tzinfo=UTC)
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
    "CF_CFJG": "济南市市场监督管理局",
    "CF_CFJGDM": "11370100MB9A000146",
    "CF_SJLY": "济南市市场监督管理局",
    "CF_SJLYDM": "11370100MB9A000146",
}


class Sends:
    """A broker that takes everything, or nothing."""

    def __init__(self, *, away: bool = False) -> None:
        self.batches: list[Sequence[Output]] = []
        self.away = away

    def send(self, outputs: Sequence[Output]) -> None:
        if self.away:
            raise UnavailableError("Kafka is away")
        self.batches.append(outputs)


@pytest.fixture
def sends() -> Sends:
    return Sends()


def _judge(submitted: Submitted) -> Verdict:
    return judge(submitted, today=date(2026, 9, 25), calendar=Calendar(), catalogue=load_catalogue())


def _origin(row: Row) -> Origin:
    return Origin(connector="file", department="", reference=f"a.csv:{row.number}")


def _identify(row: Row) -> Identity:
    return Identity(event_id=EventId(f"event-{row.number}"), revision=row.number)


@pytest.fixture
def desk(sends: Sends) -> Desk:
    return Desk(
        sender=sends,
        codec=Codec(RepositoryStore()),
        judge=_judge,
        now=lambda: NOW,
        identify=_identify,
    )


def _told(line: Line) -> list[tuple[str, str]]:
    return [(one.code, one.column) for one in line.findings]


def test_every_readable_row_is_sent(desk: Desk, sends: Sends) -> None:
    """Good and refused rows are sent with their own ids; a row that cannot be read is only told."""
    rows = [
        Row(number=2, values=GOOD),
        Row(number=3, values={**GOOD, "CF_NR_FK": ""}),
        Row(number=4, problem=finding("LINE_UNREADABLE")),
    ]
    lines = list(desk.hand_in(rows, _origin))
    assert [(line.row.number, line.sent, line.ok) for line in lines] == [
        (2, True, True), (3, True, False), (4, False, False),
    ]  # fmt: skip
    assert [_told(line) for line in lines[1:]] == [
        [("FINE_REQUIRED", "CF_NR_FK")],
        [("LINE_UNREADABLE", "")],
    ]
    sent = [desk.codec.decode_submitted(one.value) for one in sends.batches[0]]
    assert [(one.event_id, one.revision, one.origin.reference) for one in sent] == [
        ("event-2", 2, "a.csv:2"), ("event-3", 3, "a.csv:3"),
    ]  # fmt: skip
    assert [one.key for one in sent] == [line.key for line in lines if line.sent]


def test_rows_are_taken_as_lines_are_asked_for(desk: Desk, sends: Sends) -> None:
    """A source of any length is read a batch ahead at most, and each line comes after its batch was sent."""
    taken = 0

    def rows() -> Iterator[Row]:
        nonlocal taken
        while True:
            taken += 1
            yield Row(number=taken, values=GOOD)

    lines = desk.hand_in(rows(), _origin, batch_rows=3)
    assert next(lines).row.number == 1
    assert taken == 3
    assert len(sends.batches) == 1


def test_no_line_without_kafka(desk: Desk, sends: Sends) -> None:
    """While Kafka is away no row is told to be sent."""
    sends.away = True
    with pytest.raises(UnavailableError):
        next(desk.hand_in([Row(number=1, values=GOOD)], _origin))


def test_catalogue_is_told_too(desk: Desk) -> None:
    """A department that the catalogue does not know is told at the desk already."""
    values = {**GOOD, "CF_CFJGDM": "11370112MB9D00017K"}
    (line,) = desk.hand_in([Row(number=1, values=values)], _origin)
    assert line.ok
    assert _told(line) == [("DEPARTMENT_UNKNOWN", "CF_CFJGDM")]


def test_a_cell_is_told_once(desk: Desk) -> None:
    """Of a cell that could not be read, what reading says is told, and not what the rules say of its rest."""
    row = Row(
        number=1,
        values={**GOOD, "CF_WSH": "\ufffd", "CF_NR": ""},
        findings=(finding("GARBLED", "CF_WSH", name="行政处罚决定书文号"),),
    )
    (line,) = desk.hand_in([row], _origin)
    assert _told(line) == [("GARBLED", "CF_WSH"), ("KEY_UNREADABLE", ""), ("MISSING", "CF_NR")]


@pytest.mark.parametrize("column", ["CF_CFJGDM", "CF_WSH", "CF_XDR_MC"])
def test_what_names_no_decision_is_not_sent(desk: Desk, sends: Sends, column: str) -> None:
    """A row whose authority, number or subject is garbled is told and not sent; those beside it are."""
    garbled = {**GOOD, column: GOOD[column].replace("1", "\ufffd").replace("云", "\ufffd")}
    rows = [Row(number=2, values=garbled), Row(number=3, values={**GOOD, "CF_FRDB": "卢\ufffd舟"})]
    lines = list(desk.hand_in(rows, _origin))
    assert [(line.sent, line.ok, line.key, line.event_id) for line in lines] == [
        (False, False, "", ""), (True, False, lines[1].key, "event-3"),
    ]  # fmt: skip
    assert [_told(line) for line in lines] == [
        [("KEY_UNREADABLE", ""), ("GARBLED", column)], [("GARBLED", "CF_FRDB")],
    ]  # fmt: skip
    assert [desk.codec.decode_submitted(one.value).event_id for one in sends.batches[0]] == ["event-3"]
