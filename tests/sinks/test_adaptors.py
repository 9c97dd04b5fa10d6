"""What every adaptor must do, on a real platform of its kind: once each, in order, whatever is typed."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import asyncssh
import pytest

from sinks.adaptors import adaptor_for
from sinks.ports import Adaptor, Answer, BatchAdaptor, Delivery, Verdict
from streams.domain.errors import ConfigurationError
from tests.sinks import make
from tests.sinks.conftest import SECRET, FakeRemoteIds, National, Portal
from tests.sinks.deliveries import delivery_of, now, withdrawal
from tests.sinks.looks import Shown
from tests.sinks.ways import SILENT, WAYS, Surroundings, Way, silent, way_of

ODD = "<b>&\"'=1+1 ,;\n\t𠮷济南😀 \u202eabc" + "长" * 2_000


@pytest.fixture(params=WAYS)
async def way(
    request: pytest.FixtureRequest, tmp_path: Path, portal: Portal, national: National
) -> AsyncIterator[Way]:
    """Give each adaptor with a platform that has nothing yet."""
    name = str(request.param)
    server = {"exchange-postgresql": "postgres_url", "exchange-mariadb": "mariadb_url"}.get(name)
    database = str(request.getfixturevalue(server)) if server else ""
    async with way_of(name, Surroundings(tmp_path, portal, national, database)) as made:
        yield made


async def together(adaptor: Adaptor, deliveries: Sequence[Delivery]) -> Sequence[Answer]:
    """Deliver as a batch, or at once where the adaptor puts together itself what comes at once."""
    if isinstance(adaptor, BatchAdaptor):
        return await adaptor.deliver_batch(deliveries)
    return await asyncio.gather(*(adaptor.deliver(delivery) for delivery in deliveries))


async def test_new_corrected_and_withdrawn(way: Way) -> None:
    """The platform has each revision's content after it was accepted, and none after the withdrawal."""
    for event, content in (
        (make.public(1), "罚款2000元"),
        (make.public(1, 2, content="罚款3000元"), "罚款3000元"),
    ):
        answer = await way.adaptor.deliver(delivery_of(event))
        assert (answer.verdict, bool(answer.remote_id)) == (Verdict.ACCEPTED, True)
        assert await way.shown(event) == Shown(event.revision, withdrawn=False, content=content)
    gone = withdrawal(1, 3)
    assert (await way.adaptor.deliver(delivery_of(gone))).verdict is Verdict.ACCEPTED
    assert await way.shown(gone) == Shown(3, withdrawn=True, content="")


async def test_the_same_again_is_accepted_and_changes_nothing(way: Way) -> None:
    """A try whose answer was lost may be made again: accepted, with the same id and the same content."""
    event = make.public(1)
    answers = [await way.adaptor.deliver(delivery_of(event)) for _ in range(3)]
    assert {(answer.verdict, answer.remote_id) for answer in answers} == {
        (Verdict.ACCEPTED, answers[0].remote_id)
    }
    assert await way.shown(event) == Shown(1, withdrawn=False, content="罚款2000元")


async def test_whatever_is_typed_arrives(way: Way) -> None:
    """Markup, quotes, line ends, rare characters and long texts arrive to the letter."""
    event = make.public(1, content=ODD)
    assert (await way.adaptor.deliver(delivery_of(event))).verdict is Verdict.ACCEPTED
    shown = await way.shown(event)
    assert shown.content == ODD


async def test_a_refusal_has_the_platforms_words_and_is_that_decisions_only(way: Way) -> None:
    """What a platform refuses is refused for good, with its words; others before and after it arrive."""
    await way.adaptor.deliver(delivery_of(make.public(1)))
    if way.bad is not None:
        answer = await way.adaptor.deliver(delivery_of(way.bad))
        assert answer.verdict is Verdict.REFUSED
        assert way.words in answer.reason
    assert (await way.adaptor.deliver(delivery_of(make.public(3)))).verdict is Verdict.ACCEPTED
    assert await way.shown(make.public(1)) == Shown(1, withdrawn=False, content="罚款2000元")


async def test_a_batch_is_each_of_them_once(way: Way) -> None:
    """Of many at once the bad one is set aside, the others are public, and other company changes nothing."""
    await way.adaptor.deliver(delivery_of(make.public(1)))
    events = [make.public(number, content=f"罚款{number}元") for number in range(10, 17)]
    if way.bad is not None:
        events.insert(3, way.bad)
    answers = await together(way.adaptor, [delivery_of(event) for event in events])
    assert [answer.verdict is Verdict.ACCEPTED for answer in answers] == [one != way.bad for one in events]
    assert all(way.words in one.reason for one in answers if one.verdict is not Verdict.ACCEPTED)

    good = [event for event in events if event != way.bad]
    for part in (good[4:], good[:4]):
        again = await together(way.adaptor, [delivery_of(event) for event in part])
        assert {answer.verdict for answer in again} == {Verdict.ACCEPTED}
    for event in good:
        assert await way.shown(event) == Shown(1, withdrawn=False, content=str(event.values["CF_NR"]))


async def test_a_batch_may_hold_every_action(way: Way) -> None:
    """New, corrected and withdrawn decisions go together, and each ends as it was asked."""
    await together(way.adaptor, [delivery_of(make.public(number)) for number in (1, 2, 3)])
    mixed = [make.public(1, 2, content="罚款1元"), withdrawal(2, 2), make.public(4), make.public(3)]
    answers = await together(way.adaptor, [delivery_of(event) for event in mixed])
    assert {answer.verdict for answer in answers} == {Verdict.ACCEPTED}
    shown = [await way.shown(event) for event in mixed]
    assert [(one.revision, one.withdrawn, one.content) for one in shown] == [
        (2, False, "罚款1元"),
        (2, True, ""),
        (1, False, "罚款2000元"),
        (1, False, "罚款2000元"),
    ]


async def test_a_platform_that_is_away_is_tried_again(way: Way) -> None:
    """Nobody there is no refusal: neither of one, nor of several at once."""
    adaptor = way.away()
    answers = [await adaptor.deliver(delivery_of(make.public(1)))]
    answers += await together(adaptor, [delivery_of(make.public(number)) for number in (2, 3)])
    await adaptor.close()
    assert {answer.verdict for answer in answers} == {Verdict.RETRY}
    assert all(answer.reason for answer in answers)


@pytest.mark.parametrize("name", SILENT)
async def test_a_platform_that_falls_silent_is_given_up(name: str) -> None:
    """A server that takes the connection and never says a word holds a try up for seconds only."""
    held: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(lambda _reader, writer: held.append(writer), "127.0.0.1", 0)
    adaptor = silent(name, server.sockets[0].getsockname()[1], key())
    async with asyncio.timeout(30):
        answer = await adaptor.deliver(delivery_of(make.public(1)))
    await adaptor.close()
    server.close()
    for writer in held:
        writer.close()
    assert answer.verdict in (Verdict.RETRY, Verdict.INDETERMINATE)


def key() -> str:
    """Return a private key that nobody knows."""
    return asyncssh.generate_private_key("ssh-ed25519").export_private_key().decode()


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x",
        "exchange:drop",
        "file:relative",
        "file:///x?format=xlsx",
        "portal",
        "exchange://host",
        "soap+https://x",
        "sftp://user@host/folder",
        "sftp://user@host/folder?host_key=MD5:1",
        "sftp://host/folder?host_key=SHA256:x",
        "sftp://user:word@host/folder?host_key=SHA256:x",
        "sftp://user@host?host_key=SHA256:x",
        "sftp://user@host/folder?host_key=SHA256:x&format=xlsx",
        "sftp://user@host/folder?host_key=SHA256:x&colour=red",
        "sftp://user@host:port/folder?host_key=SHA256:x",
        "file:///x?colour=red",
        "feed:relative",
        "feed://host/x",
        "feed:///x?colour=red",
        "feed:///x?latest=0",
        "feed:///x?base=https://x",
        "feed:///x?title=a%0Ab",
        "soap+https://x?namespace=n&colour=red",
        "soap+https://x?namespace=n&arguments=one",
    ],
)
def test_an_address_that_nobody_speaks_is_refused(url: str) -> None:
    """A portal's address of an unknown kind is told at the start."""
    with pytest.raises(ConfigurationError):
        adaptor_for(url, SECRET, now, FakeRemoteIds())
