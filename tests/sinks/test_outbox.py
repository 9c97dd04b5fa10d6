"""The outbox takes each event once, and an older revision never after a newer one."""

from sqlalchemy import Engine, select

from sinks.ledger.database import reading
from sinks.ledger.unreadables import unreadable
from tests.sinks import make
from tests.sinks.delivering import FakeAdaptor, delivering, settled, states, take, take_public, until
from tests.sinks.make import CITY, Log


async def test_a_revision_that_comes_too_late_is_superseded(ledger: Engine) -> None:
    """An older revision that is read after a newer one is never sent."""
    take_public(ledger, make.public(1, 2, portals=(CITY,)))
    take_public(ledger, make.public(1, 1, portals=(CITY,)))
    city = FakeAdaptor()
    async with delivering(ledger, {CITY: city}):
        await until(lambda: settled(ledger))
    assert [one.revision for one in city.seen] == [2]
    assert states(ledger)[CITY, make.key_of(1), 1] == "superseded"


def test_the_outbox_takes_an_event_once(ledger: Engine) -> None:
    """The same event in two records is one delivery; what is no event is noted; a tombstone is nothing."""
    log, event = Log(), make.public(1, portals=(CITY,))
    twice = [log.record((CITY, event)), log.record((CITY, event))]
    take(ledger, [*twice, log.raw("portal.city-portal", b"nonsense"), log.raw("portal.city-portal", None)])

    assert list(states(ledger).values()) == ["waiting"]
    with reading(ledger) as connection:
        noted = connection.execute(select(unreadable)).one()
    assert (noted.topic, noted.record_offset, noted.code) == ("portal.city-portal", 2, "NOT_AVRO")
