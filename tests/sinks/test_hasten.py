"""A portal that comes back gets at once what has been waiting for it."""

from datetime import timedelta

from sqlalchemy import Engine

from sinks.ports import Answer, Verdict
from sinks.retrying import Retries
from tests.sinks import make
from tests.sinks.delivering import FakeAdaptor, delivering, settled, states, take_public, until
from tests.sinks.make import CITY

NO_ANSWER = Answer(verdict=Verdict.RETRY, reason="ClientConnectorError")
ASKED_TO_WAIT = Answer(verdict=Verdict.RETRY, status=503, retry_after=timedelta(hours=1))
LONG = Retries(base=timedelta(hours=1), longest=timedelta(hours=1))


async def test_what_waits_for_an_answer_goes_when_the_portal_is_back(ledger: Engine) -> None:
    """After an outage the first acceptance sends off all that waits, however long its pause was."""
    take_public(ledger, *(make.public(number, portals=(CITY,)) for number in range(10)))
    city = FakeAdaptor({make.key_of(number): [NO_ANSWER] for number in range(10)})
    async with delivering(ledger, {CITY: city}, retries=LONG):
        await until(lambda: len(city.seen) == 10)
        take_public(ledger, make.public(10, portals=(CITY,)))
        await until(lambda: settled(ledger))


async def test_a_wait_that_the_portal_asked_for_stays(ledger: Engine) -> None:
    """What was told to come later does not come sooner because another delivery was accepted."""
    take_public(ledger, make.public(0, portals=(CITY,)), make.public(1, portals=(CITY,)))
    city = FakeAdaptor({make.key_of(0): [ASKED_TO_WAIT], make.key_of(1): [NO_ANSWER]})
    async with delivering(ledger, {CITY: city}, retries=LONG):
        await until(lambda: len(city.seen) == 2)
        take_public(ledger, make.public(2, portals=(CITY,)))
        await until(lambda: states(ledger)[CITY, make.key_of(1), 1] == "accepted")

    assert states(ledger)[CITY, make.key_of(0), 1] == "waiting"
