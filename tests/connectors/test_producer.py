"""The producer, in front of a broker that takes everything: shapes, identities, what is told."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, get_type_hints

import pytest

from connectors.decisions import EXTRA, Amount, Day, LicenceColumns, PenaltyColumns, Text
from connectors.producer import (
    Action,
    ConfigurationError,
    Decision,
    DecisionProducer,
    Ground,
    HandIn,
    InvalidDecisionError,
    Kind,
    UnavailableError,
    penalty,
)
from streams.domain.columns import TEMPLATES, Form
from tests.connectors.folder.office import CODE, GOOD, NOW, FakeSends, make_desk

CHANGED = datetime(2026, 9, 22, 8, 30, tzinfo=UTC)
TYPED: dict[str, Any] = {
    **GOOD,
    "CF_NR_FK": Decimal("2.0"),
    "CF_JDRQ": date(2026, 9, 22),
    "CF_YXQ": date(2027, 9, 22),
}


@pytest.fixture
def producer(sends: FakeSends) -> DecisionProducer:
    return DecisionProducer(make_desk(sends), department=CODE, system="cases")


def test_a_decision_is_what_a_spreadsheet_row_is(producer: DecisionProducer, sends: FakeSends) -> None:
    """Typed values arrive as the text of a spreadsheet, with the key, the origin and the time of change."""
    receipt = producer.publish(penalty(**TYPED), reference="118", changed_at=CHANGED)
    (event,) = sends.events
    assert event.columns == {**GOOD, "CF_NR_FK": "2"}
    assert (event.kind, event.action, event.revision) == (Kind.PENALTY, Action.PUBLISH, 1790065800000)
    assert (event.origin.connector, event.origin.department) == ("producer", CODE)
    assert event.origin.reference == "cases:118"
    assert (receipt.ok, receipt.findings) == (True, ())
    assert (receipt.key, receipt.event_id) == (event.key, event.event_id)


def test_what_is_done_with_it(producer: DecisionProducer, sends: FakeSends) -> None:
    """Corrections, withdrawals, grounds and objections arrive as such."""
    about: dict[str, Any] = {"reference": "118", "changed_at": CHANGED}
    producer.correct(penalty(**TYPED), **about, reason="更正金额")
    producer.withdraw(penalty(**TYPED), **about, reason="撤销")
    producer.publish(penalty(ground=Ground.TRADE_SECRET, objection=True, **TYPED), **about)
    told = [(one.action, one.reason, one.ground) for one in sends.events]
    assert told == [
        (Action.CORRECT, "更正金额", None),
        (Action.WITHDRAW, "撤销", None),
        (Action.PUBLISH, "", Ground.TRADE_SECRET),
    ]
    assert sends.events[2].columns["异议"] == "是"
    assert len(set(sends.ids)) == 3


def test_again_is_the_same_event(producer: DecisionProducer, sends: FakeSends) -> None:
    """What is handed in again is the same event with the same revision, also by a new process."""
    again = DecisionProducer(make_desk(sends), department=CODE, system="cases")
    for one in (producer, again):
        one.publish(penalty(**TYPED), reference="118", changed_at=CHANGED)
    assert len(set(sends.ids)) == 1
    assert len({one.revision for one in sends.events}) == 1


def test_another_state_is_another_event(producer: DecisionProducer, sends: FakeSends) -> None:
    """Another reference, time of change, content or system is another event."""
    other = DecisionProducer(make_desk(sends), department=CODE, system="other")
    decision = penalty(**TYPED)
    producer.publish(decision, reference="118", changed_at=CHANGED)
    producer.publish(decision, reference="119", changed_at=CHANGED)
    producer.publish(decision, reference="118", changed_at=CHANGED + timedelta(seconds=1))
    producer.publish(penalty(**{**TYPED, "CF_NR_FK": 2}), reference="118", changed_at=CHANGED)
    producer.publish(penalty(**{**TYPED, "BZ": "一"}), reference="118", changed_at=CHANGED)
    other.publish(decision, reference="118", changed_at=CHANGED)
    assert len(sends.ids) == 6
    assert len(set(sends.ids)) == 5, "2 and 2.0 万元 are the same"


def test_refused_ones_are_sent_and_told(producer: DecisionProducer, sends: FakeSends) -> None:
    """What the rules refuse is sent, as its days run, and its findings say what is wrong."""
    many = [
        HandIn(decision=penalty(**{**TYPED, **bad}), reference=str(number), changed_at=CHANGED)
        for number, bad in enumerate(({}, {"CF_NR_FK": None}, {"CF_JDRQ": "2026-02-30"}))
    ]
    receipts = list(producer.hand_in(many))
    assert [(one.reference, one.ok) for one in receipts] == [("0", True), ("1", False), ("2", False)]
    assert [finding.code for finding in receipts[1].findings] == ["FINE_REQUIRED"]
    assert len(sends.events) == 3


def test_kafka_away(producer: DecisionProducer, sends: FakeSends) -> None:
    """While Kafka is away a call raises and gives no receipt; the next one works."""
    sends.away = True
    with pytest.raises(UnavailableError):
        producer.publish(penalty(**TYPED), reference="118", changed_at=CHANGED)
    sends.away = False
    assert producer.publish(penalty(**TYPED), reference="118", changed_at=CHANGED).ok


def test_every_mistake_of_shape_at_once() -> None:
    """Unknown columns and wrong types are told together, by column, and no value is quoted."""
    with pytest.raises(InvalidDecisionError) as raised:
        Decision(
            kind=Kind.PENALTY,
            columns={
                "CF_XDR_MC": 19870321,
                "CF_NR_FK": 0.1,
                "CF_NR_WFFF": Decimal("NaN"),
                "CF_JDRQ": datetime(2026, 9, 22, tzinfo=UTC),
                "CF_WSH": True,
                "XK_WSH": "济审批许〔2026〕1号",
                "卢明舟": "3701",
            },
        )
    assert str(raised.value).split("; ") == [
        "CF_XDR_MC is int, not str",
        "CF_NR_FK is float, not Decimal, int or str",
        "CF_NR_WFFF is no amount",
        "CF_JDRQ is datetime, not date or str",
        "CF_WSH is bool, not str",
        "XK_WSH is no official code of a penalty",
        "a column's name is no official code of a penalty",
    ]


def test_mistakes_around_a_decision(sends: FakeSends) -> None:
    """A reference, a time with its zone, a department's code and a system's name are asked for."""
    decision = penalty(**TYPED)
    with pytest.raises(InvalidDecisionError, match="reference"):
        HandIn(decision=decision, reference=" ", changed_at=CHANGED)
    with pytest.raises(InvalidDecisionError, match="zone"):
        HandIn(decision=decision, reference="118", changed_at=CHANGED.replace(tzinfo=None))
    with pytest.raises(ConfigurationError, match="department"):
        DecisionProducer(make_desk(sends), department="11370100MB9A000147", system="cases")
    with pytest.raises(ConfigurationError, match="system"):
        DecisionProducer(make_desk(sends), department=CODE, system="")


def test_no_change_in_the_future(producer: DecisionProducer, sends: FakeSends) -> None:
    """What was changed in the future, by a wrong clock, is refused before anything of its batch is sent."""
    decision = penalty(**TYPED)
    batch = [
        HandIn(decision=decision, reference=name, changed_at=at)
        for name, at in (("1", CHANGED), ("2", NOW + timedelta(hours=2)))
    ]
    with pytest.raises(InvalidDecisionError, match="future"):
        list(producer.hand_in(batch))
    assert sends.events == []
    assert producer.publish(decision, reference="3", changed_at=NOW + timedelta(minutes=59)).ok


def test_nothing_personal_is_shown(producer: DecisionProducer) -> None:
    """The repr of a decision, a hand-in and a receipt shows no value of a column."""
    hand_in = HandIn(decision=penalty(**TYPED), reference="118", changed_at=CHANGED)
    (receipt,) = producer.hand_in([hand_in])
    assert "云麓" not in f"{hand_in!r} {receipt!r}"


@pytest.mark.parametrize(
    ("kind", "columns"), [(Kind.LICENCE, LicenceColumns), (Kind.PENALTY, PenaltyColumns)]
)
def test_the_typed_columns_are_the_templates(kind: Kind, columns: type) -> None:
    """Type checkers know exactly the columns of the templates, each by its form."""
    types: dict[Form, Any] = {Form.TEXT: Text, Form.DAY: Day, Form.AMOUNT: Amount}
    wanted = {code: types[column.form] for code, column in TEMPLATES[kind].items()}
    assert get_type_hints(columns) == {**wanted, **dict.fromkeys(EXTRA[kind], Text)}
