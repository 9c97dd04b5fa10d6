"""The exchange database beyond what every adaptor must do: its tables, its status column, its refusals."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, column, create_engine, event, func, select, table, text

from sinks.adaptors import adaptor_for
from sinks.exchange import THREADS, ExchangeDatabase, Told
from sinks.ports import Verdict
from streams.domain.errors import ConfigurationError
from streams.domain.stages import Kind, SubjectClass
from tests.sinks import make
from tests.sinks.conftest import FakeRemoteIds
from tests.sinks.deliveries import delivery_of, now


@pytest.fixture(params=["postgres_url", "mariadb_url"])
def server_url(request: pytest.FixtureRequest) -> str:
    """Return the address of an empty database on each server."""
    return str(request.getfixturevalue(request.param))


@pytest.mark.parametrize("secret", ["no address", "nodialect://x/y"])
def test_an_exchange_database_needs_an_address(secret: str) -> None:
    """What is no SQLAlchemy URL is told at the start, and not shown."""
    with pytest.raises(ConfigurationError) as told:
        adaptor_for("exchange:", secret, now, FakeRemoteIds())
    assert secret not in str(told.value)


async def test_an_exchange_database_that_is_away_is_tried_again(tmp_path: Path) -> None:
    """Missing tables and a database that cannot be reached are no refusal."""
    for url in (f"sqlite:///{tmp_path / 'empty.db'}", "postgresql+psycopg://nobody@127.0.0.1:1/none"):
        adaptor = adaptor_for("exchange:", url, now, FakeRemoteIds())
        assert (await adaptor.deliver(delivery_of(make.public(1)))).verdict is Verdict.RETRY
        await adaptor.close()


async def test_a_row_that_the_exchange_database_refuses_is_a_refusal(postgres_url: str) -> None:
    """A value that is too long for the platform's column is refused for good, without quoting it."""
    adaptor = adaptor_for("exchange:create", postgres_url, now, FakeRemoteIds())
    await adaptor.deliver(delivery_of(make.public(1)))
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text('ALTER TABLE frxzcf ALTER COLUMN "CF_NR" TYPE varchar(10)'))
    engine.dispose()
    answer = await adaptor.deliver(delivery_of(make.public(2, content="张三" * 10)))
    await adaptor.close()
    assert (answer.verdict, answer.reason) == (Verdict.REFUSED, "DataError")


async def test_the_exchange_database_tells_its_status(tmp_path: Path) -> None:
    """The platform's own status and words are read back; a new revision is unread again."""
    url = f"sqlite:///{tmp_path / 'exchange.db'}"
    database = ExchangeDatabase(url, create=True)
    decision = make.public(1)
    await database.deliver(delivery_of(decision))
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE frxzcf SET SJZT = '2', SJZT_SM = '文书号重复'"))
    engine.dispose()
    assert database.status(Kind.PENALTY, decision.key) == ("2", "文书号重复")
    await database.deliver(delivery_of(make.public(1, 2)))
    assert database.status(Kind.PENALTY, decision.key) == ("0", "")
    assert database.status(Kind.LICENCE, decision.key) is None
    await database.close()


async def test_a_decision_that_changes_its_template_stands_in_one_table(tmp_path: Path) -> None:
    """A correction from a person's template to a company's cancels the row in the other table."""
    url = f"sqlite:///{tmp_path / 'exchange.db'}"
    database = ExchangeDatabase(url, create=True)
    await database.deliver(delivery_of(replace(make.public(1), subject_class=SubjectClass.NATURAL)))
    await database.deliver(delivery_of(make.public(1, 2)))
    await database.close()
    engine = create_engine(url)
    with engine.connect() as connection:
        person = connection.execute(text("SELECT SFCX, CF_NR FROM zrrxzcf")).one()
        company = connection.execute(text("SELECT SFCX, CF_NR FROM frxzcf")).one()
    engine.dispose()
    assert (bool(person[0]), person[1]) == (True, None)
    assert (bool(company[0]), company[1]) == (False, "罚款2000元")


async def test_all_that_the_platform_says_is_read_back(tmp_path: Path) -> None:
    """Rows with the platform's words are told with their decision, and every status is counted."""
    url = f"sqlite:///{tmp_path / 'exchange.db'}"
    database = ExchangeDatabase(url, create=True)
    person = replace(make.public(4), subject_class=SubjectClass.NATURAL)
    await database.deliver_batch([delivery_of(one) for one in (*map(make.public, (1, 2, 3)), person)])
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE frxzcf SET SJZT = '1' WHERE CF_WSH LIKE '%2号'"))
        connection.execute(text("UPDATE zrrxzcf SET SJZT = '2', SJZT_SM = '证件号码有误'"))
    engine.dispose()
    assert database.told() == (Told(key=make.key_of(4), revision=1, status="2", words="证件号码有误"),)
    assert database.counts() == {"0": 2, "1": 1, "2": 1}
    await database.close()


@pytest.fixture
def platform(server_url: str) -> Iterator[Engine]:
    """Give a look into the database as the platform has it."""
    engine = create_engine(server_url)
    yield engine
    engine.dispose()


async def test_a_batch_is_one_transaction_and_a_bad_row_is_found_by_halves(
    server_url: str, platform: Engine
) -> None:
    """Of 64 rows one is refused; the other 63 are there, and it took no more tries than halving needs."""
    database = ExchangeDatabase(server_url, create=True)
    begun: list[object] = []
    event.listen(database._engine, "begin", begun.append)  # noqa: SLF001 -- counts transactions
    good = await database.deliver_batch([delivery_of(make.public(number)) for number in range(64)])
    assert len(begun) <= 3  # two of them look for the tables, at the start only
    assert {answer.verdict for answer in good} == {Verdict.ACCEPTED}

    begun.clear()
    events = [make.public(number, 2, content="长" * (5_000 if number == 37 else 9)) for number in range(64)]
    answers = await database.deliver_batch([delivery_of(one) for one in events])
    await database.close()
    assert [place for place, one in enumerate(answers) if one.verdict is Verdict.REFUSED] == [37]
    assert len(begun) == 13  # the whole, and two halves of each of 64, 32, … 2
    revision = column("XDH")
    counting = select(revision, func.count()).select_from(table("frxzcf")).group_by(revision)
    with platform.connect() as connection:
        counted = connection.execute(counting.order_by(revision)).all()
    assert [tuple(row) for row in counted] == [(1, 1), (2, 63)]


async def test_two_that_write_the_same_row_at_once_are_both_accepted(server_url: str) -> None:
    """Two processes with the same new decision: neither is told that the platform refuses it."""
    databases = [ExchangeDatabase(server_url, create=number == 0) for number in range(3)]
    await databases[0].deliver(delivery_of(make.public(0)))
    for number in range(1, 9):
        answers = await asyncio.gather(*(one.deliver(delivery_of(make.public(number))) for one in databases))
        assert {answer.verdict for answer in answers} == {Verdict.ACCEPTED}
    for one in databases:
        await one.close()


async def test_its_tables_hold_every_sign_and_tell_keys_apart(mariadb_url: str) -> None:
    """Also where the database's own characters are few, and keys that differ in case are two decisions."""
    engine = create_engine(mariadb_url)
    with engine.begin() as connection:
        connection.execute(text("ALTER DATABASE CHARACTER SET latin1"))
    database = ExchangeDatabase(mariadb_url, create=True)
    said = "𠮷〔2026〕① é"
    events = [replace(make.public(1, content=said), key=f"11370100004188888X|{end}") for end in "Aaａ"]
    answers = await database.deliver_batch([delivery_of(one) for one in events])
    assert {answer.verdict for answer in answers} == {Verdict.ACCEPTED}
    with engine.connect() as connection:
        assert connection.execute(text("SELECT CF_NR FROM frxzcf")).scalars().all() == [said] * 3
    await database.close()
    engine.dispose()


async def test_a_database_that_hangs_holds_up_nobody_else() -> None:
    """While more tries than it has threads wait for a silent database, other work of the process goes on."""
    held: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(lambda _reader, writer: held.append(writer), "127.0.0.1", 0)
    address = f"u@127.0.0.1:{server.sockets[0].getsockname()[1]}"
    database = ExchangeDatabase(f"postgresql+psycopg://{address}/x?connect_timeout=20")
    tries = [asyncio.create_task(database.deliver(delivery_of(make.public(n)))) for n in range(THREADS * 2)]
    while not held:  # noqa: ASYNC110 -- what is waited for is on the other side
        await asyncio.sleep(0.01)
    assert await asyncio.wait_for(asyncio.to_thread(lambda: "done"), 10) == "done"
    assert not any(one.done() for one in tries)
    for one in tries:
        one.cancel()
    await asyncio.gather(*tries, return_exceptions=True)
    await database.close()
    server.close()
    for writer in held:
        writer.close()
