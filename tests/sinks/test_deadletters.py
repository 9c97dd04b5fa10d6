"""Dead letters are shown with the portal's words and sent again on demand, never out of order or twice."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, select, update

from sinks.deadletters import DeadLetter, Replayed, Selection, dead_letters, heaps, replay
from sinks.ledger.audit import verify
from sinks.ledger.database import migrate, open_ledger, reading, writing
from sinks.ledger.tables import audit, delivery
from sinks.ports import Answer, Verdict
from streams.commands import deadletters as shown
from streams.commands import replay as replaying
from tests.sinks import make
from tests.sinks.delivering import FakeAdaptor, delivering, settled, states, take_public, until
from tests.sinks.make import CITY, CREDIT

REFUSED = Answer(
    verdict=Verdict.REFUSED, status=422, reason="证件号码370102199003078515重复，请电联13812345678"
)
VEILED = "证件号码370***重复，请电联138***"


async def with_dead_letters(ledger: Engine) -> FakeAdaptor:
    """Deliver three decisions to two portals; the city's refuses the first two."""
    city = FakeAdaptor({make.key_of(1): [REFUSED], make.key_of(2): [REFUSED]})
    take_public(ledger, *(make.public(number) for number in (1, 2, 3)))
    async with delivering(ledger, {CITY: city, CREDIT: FakeAdaptor()}):
        await until(lambda: settled(ledger))
    return city


def entries(ledger: Engine) -> list[tuple[str, str, str]]:
    """Return what the audit trail has of people's deeds, and check its chain."""
    assert verify(ledger).broken_at is None
    with reading(ledger) as connection:
        rows = connection.execute(select(audit).where(audit.c.by != "").order_by(audit.c.seq)).all()
    return [(row.entry, row.portal, row.by) for row in rows]


async def test_shows_the_portals_words_without_what_they_quote(ledger: Engine) -> None:
    """A dead letter has the portal's own words, in which no identity or phone number is left."""
    await with_dead_letters(ledger)
    letters = dead_letters(ledger, Selection())
    assert [(one.portal, one.key, one.status, one.reason) for one in letters] == [
        (CITY, make.key_of(1), 422, VEILED),
        (CITY, make.key_of(2), 422, VEILED),
    ]


async def test_selects_by_every_side(ledger: Engine) -> None:
    """Decision, event, portal, words and time narrow, each by itself."""
    await with_dead_letters(ledger)

    def found(**narrowing: object) -> list[str]:
        return [one.key for one in dead_letters(ledger, Selection(**narrowing))]  # type: ignore[arg-type]

    first, both = [make.key_of(1)], [make.key_of(1), make.key_of(2)]
    now = datetime.now(UTC)
    assert found(name=make.key_of(1)) == found(name=make.event_of(1)) == first
    assert found(portal=CITY) == found(reason="重复") == found(until=now + timedelta(1)) == both
    assert found(portal=CREDIT) == found(reason="100%") == found(since=now + timedelta(1)) == []


async def test_many_of_a_kind_are_told_as_one_heap(ledger: Engine) -> None:
    """By portal and words: how many, and when the first and the last became one."""
    await with_dead_letters(ledger)
    letters = dead_letters(ledger, Selection())
    other = replace(letters[0], reason="缺少许可编号")
    large, small = heaps([*letters, other])
    assert (large.portal, large.status, large.reason, large.count) == (CITY, 422, VEILED, 2)
    assert (large.oldest, large.newest) == (letters[0].died_at, letters[1].died_at)
    assert (small.reason, small.count) == ("缺少许可编号", 1)


async def test_sends_again_with_the_same_key(ledger: Engine) -> None:
    """A replayed dead letter reaches the portal with its idempotency key, and is accepted as any other."""
    city = await with_dead_letters(ledger)
    done = replay(ledger, Selection(name=make.key_of(1)), by="王工", now=datetime.now(UTC))
    assert done == Replayed(sent_again=1, overtaken=0)
    before = len(city.seen)
    async with delivering(ledger, {CITY: city}):
        await until(lambda: len(city.seen) > before and settled(ledger))
    again = city.seen[-1]
    assert {one.idempotency_key for one in city.seen if one.key == again.key} == {again.idempotency_key}
    assert states(ledger)[CITY, make.key_of(1), 1] == "accepted"
    assert states(ledger)[CITY, make.key_of(2), 1] == "dead"
    assert entries(ledger) == [("replayed", CITY, "王工")]


async def test_never_sends_behind_a_newer_revision(ledger: Engine) -> None:
    """What the portal has a newer revision of is settled without being sent."""
    city = await with_dead_letters(ledger)
    take_public(ledger, make.public(1, 2))
    async with delivering(ledger, {CITY: city, CREDIT: FakeAdaptor()}):
        await until(lambda: settled(ledger) and states(ledger).get((CITY, make.key_of(1), 2)) == "accepted")
    before = len(city.seen)
    assert [one.overtaken for one in dead_letters(ledger, Selection())] == [True, False]
    assert replay(ledger, Selection(), by="王工", now=datetime.now(UTC)) == Replayed(
        sent_again=1, overtaken=1
    )
    async with delivering(ledger, {CITY: city}):
        await until(lambda: settled(ledger))
    assert [one.key for one in city.seen[before:]] == [make.key_of(2)]
    assert states(ledger)[CITY, make.key_of(1), 1] == "superseded"


async def test_spreads_what_is_sent_by_the_rate(ledger: Engine) -> None:
    """At two a second the second one waits half a second after the first."""
    await with_dead_letters(ledger)
    now = datetime.now(UTC)
    replay(ledger, Selection(), by="王工", now=now, rate=2)
    with reading(ledger) as connection:
        rows = connection.execute(
            select(delivery).where(delivery.c.state == "waiting").order_by(delivery.c.id)
        )
        assert [row.next_try_at - now for row in rows] == [timedelta(), timedelta(seconds=0.5)]


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Return the address of a ledger with one dead letter."""
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    migrate(url)
    engine = open_ledger(url)
    take_public(engine, make.public(1))
    moment = datetime.now(UTC) - timedelta(hours=2)
    with writing(engine) as connection:
        connection.execute(
            update(delivery)
            .where(delivery.c.portal == CITY)
            .values(state="dead", settled_at=moment, status=422, reason="缺少许可编号", attempts=1)
        )
    engine.dispose()
    return url


def call(command: object, database: str, *words: str) -> Result:
    """Run a command on the ledger."""
    return CliRunner(env={"GONGSHI_DATABASE_URL": database}).invoke(command, words)  # type: ignore[arg-type]


def test_the_commands_show_and_send_again(database: str) -> None:
    """The list tells portal, decision and words; a dry run changes nothing; a replay needs a name."""
    listed = call(shown.command, database, "--portal", CITY, "--older-than", "1h").stdout
    assert "缺少许可编号" in listed
    assert "共 1 件" in listed
    assert "共 0 件" in call(shown.command, database, "--older-than", "3h").stdout
    grouped = call(shown.command, database, "--grouped").stdout
    assert ("缺少许可编号" in grouped, "共 1 件" in grouped) == (True, True)
    (letter,) = map(json.loads, call(shown.command, database, "--json").stdout.splitlines())
    assert set(letter) == set(DeadLetter.__slots__)

    assert call(replaying.command, database).exit_code == 2
    assert call(replaying.command, database, "--all").exit_code == 2
    assert "将重新投递 1 件" in call(replaying.command, database, "--all", "--dry-run").stdout
    assert "已安排重新投递 1 件" in call(replaying.command, database, "--all", "--by", "王工").stdout
    assert "共 0 件" in call(shown.command, database).stdout
