"""An outbox table is written back to, once the broker has its rows."""

from collections.abc import Sequence

import pytest

from streams.domain.errors import ConfigurationError
from streams.records import Output
from tests.connectors.database.exchange import OUTBOX, Exchange, numbers, row
from tests.connectors.folder.office import FakeSends


def test_outbox_is_written_back(exchange: Exchange) -> None:
    """Each row of an outbox learns whether the review will take it, and if not, why and what to do."""
    exchange.add(row(1), row(2, cf_nr_fk=None), row(3, zt=1))
    exchange.puller(**OUTBOX).run_once()
    assert exchange.numbers == numbers([1, 2])
    assert exchange.column("zt") == [1, 2, 1]
    told = exchange.column("thyy")
    assert told[0] is told[2] is None
    assert "罚款金额" in told[1]
    exchange.change(2, cf_nr_fk=2, zt=0)
    exchange.puller(**OUTBOX).run_once()
    assert exchange.column("zt") == [1, 1, 1]
    assert exchange.column("thyy") == [None] * 3
    assert len(set(exchange.sends.ids)) == 3


def test_a_row_that_changes_while_it_is_sent_waits_again(exchange: Exchange) -> None:
    """What a department corrects between reading and marking is not taken for sent."""

    class Corrects(FakeSends):
        def send(self, outputs: Sequence[Output]) -> None:
            if not self.events:
                exchange.change(2, cf_nr_fk=7)
            super().send(outputs)

    exchange.add(*map(row, range(1, 4)))
    exchange.sends = Corrects()
    exchange.puller(**OUTBOX).run_once()
    assert exchange.numbers == numbers([1, 2, 3, 2])
    assert [one.columns["CF_NR_FK"] for one in exchange.sends.events] == ["2", "2", "2", "7"]
    assert len(set(exchange.sends.ids)) == 4
    assert exchange.column("zt") == [1, 1, 2] or exchange.column("zt") == [1, 2, 1]


def test_null_as_waiting(exchange: Exchange) -> None:
    """A status that is NULL can be what waits."""
    outbox = {"status": "thyy", "accepted": "已报"}
    exchange.add(row(1), row(2, thyy="已报"), row(3))
    exchange.puller(mode="outbox", outbox=outbox).run_once()
    assert exchange.numbers == numbers([1, 3])
    assert exchange.column("thyy") == ["已报"] * 3


def test_a_key_that_is_none(exchange: Exchange) -> None:
    """A key that several rows share is told before anything is marked."""
    exchange.add(*map(row, range(3)))
    with pytest.raises(ConfigurationError, match="several rows have one key"):
        exchange.puller(**{**OUTBOX, "key": "cf_xdr_mc", "incrementing": ""}).run_once()
    assert exchange.column("zt") == [0] * 3
