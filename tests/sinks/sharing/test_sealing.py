"""What is restricted stands sealed on its way: nobody without the key reads it."""

from pathlib import Path

import orjson
import pytest
from sqlalchemy import Engine, select

from sinks.ledger.database import migrate, open_ledger, reading
from sinks.ledger.tables import delivery
from sinks.ports import Verdict
from sinks.queue import claim
from sinks.sharing.adaptor import OTHER_KEY, ShareAdaptor
from sinks.sharing.sealing import Seal, SealedError
from streams.domain.errors import ConfigurationError
from streams.topics import PLATFORM
from tests.sinks.conftest import SECRET
from tests.sinks.deliveries import now
from tests.sinks.sharing.platform import KEY, NAME, NUMBER, Platform, shared, take


def test_nobody_can_read_what_waits(tmp_path: Path) -> None:
    """The ledger's file holds neither number nor name, and no table of it does."""
    url = f"sqlite:///{tmp_path / 'share.db'}"
    migrate(url)
    ledger = open_ledger(url)
    take(ledger, *map(shared, range(20)))
    with reading(ledger) as connection:
        rows = connection.execute(select(delivery)).all()
    ledger.dispose()
    whole = b"".join(file.read_bytes() for file in tmp_path.glob("share.db*")) + str(rows).encode()
    for secret in (NUMBER, NAME):
        assert secret.encode() not in whole
        assert orjson.dumps(secret)[1:-1] not in whole
        assert secret.encode().hex().encode() not in whole


async def test_what_another_key_sealed_waits(ledger: Engine, platform: Platform) -> None:
    """Without the key nothing is sent and nothing is given up; what is not sealed is not sent either."""
    take(ledger, shared(1))
    with ledger.begin() as connection:
        (mine,) = claim(connection, {PLATFORM: 1}, lease="l", now=now(), until=now())
    adaptor = ShareAdaptor(f"{platform.base}/decisions", SECRET, Seal("another long random text"), now)
    answer = await adaptor.deliver(mine.delivery)
    await adaptor.close()
    assert (answer.verdict, answer.reason) == (Verdict.RETRY, OTHER_KEY)
    assert platform.kept() == {}


def test_a_seal_is_bound_to_its_delivery() -> None:
    """What was sealed for one delivery does not open for another, nor changed, nor from another text."""
    seal = Seal(KEY)
    sealed = seal.close(b"content", "one")
    assert seal.open(sealed, "one") == b"content"
    assert seal.close(b"content", "one") != sealed
    changed = sealed.replace(sealed[-4:-2], b"00" if sealed[-4:-2] != b"00" else b"11")
    for other, bound_to in ((sealed, "two"), (changed, "one"), (b'{"columns": {}}', "one"), (b"", "one")):
        with pytest.raises(SealedError):
            seal.open(other, bound_to)


def test_a_short_key_is_refused() -> None:
    """A key that could be guessed is told at the start, and stays unquoted."""
    with pytest.raises(ConfigurationError) as told:
        Seal("kurz")
    assert "kurz" not in str(told.value)
