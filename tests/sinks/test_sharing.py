"""The restricted sharing: full decisions reach 市公共信用信息平台 once each, and stand sealed on the way."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, select

from sinks.deliver import Deliverer
from sinks.http import HttpAdaptor
from sinks.ledger.database import migrate, open_ledger, reading
from sinks.ledger.tables import delivery
from sinks.ledger.unreadables import unreadable
from sinks.ports import Verdict
from sinks.queue import claim
from sinks.reference.portal import ReferencePortal
from sinks.sharing.adaptor import OTHER_KEY, ShareAdaptor
from sinks.sharing.counting import count_shared
from sinks.sharing.outbox import ShareOutbox
from sinks.sharing.sealing import Seal, SealedError
from sinks.summary import PortalCount
from streams.cli import gongshi
from streams.domain.errors import ConfigurationError
from streams.domain.stages import Action, Kind, Shared, SubjectClass
from streams.portal_file import load_portals
from streams.records import Record, spans_of
from streams.roles.share import own_settings
from streams.settings import Settings
from streams.share_file import load_platform
from streams.topics import PLATFORM, SHARE
from tests.sinks import make
from tests.sinks.conftest import SECRET, Portal
from tests.sinks.delivering import FakeObserver, pace, settled, until
from tests.sinks.make import CODEC, DECIDED, DUE, NOON

KEY = "a long random text of this test"
NUMBER, NAME = "370102198803071234", "李样例"
"""An identity number and a name that may reach the platform and nobody else."""


def now() -> datetime:
    """Return the real time, as the platform checks the signature's age."""
    return datetime.now(UTC)


def shared(number: int, revision: int = 1, action: Action = Action.PUBLISH) -> Shared:
    """Return a full decision on a natural person."""
    return Shared(
        event_id=make.event_of(number, revision),
        key=make.key_of(number),
        revision=revision,
        action=action,
        kind=Kind.PENALTY,
        subject_class=SubjectClass.NATURAL,
        department="济南市市场监督管理局",
        department_code=make.AUTHORITY,
        region="370100",
        item="CF-001",
        decided_on=DECIDED,
        due_on=DUE,
        reason="",
        values={"CF_XDR_MC": NAME, "CF_XDR_ZJHM": NUMBER, "CF_NR": f"罚款{revision}元", "CF_JDRQ": DECIDED},
    )


def take(ledger: Engine, *events: Shared | bytes | None, start: int = 0) -> None:
    """Put records of the shared topic into the outbox."""
    values = [CODEC.encode_shared(one) if isinstance(one, Shared) else one for one in events]
    records = [Record(SHARE.name, 0, start + place, NOON, b"", value) for place, value in enumerate(values)]
    ShareOutbox(ledger, CODEC, Seal(KEY)).apply(records, spans_of(records))


@dataclass(frozen=True, slots=True)
class Platform:
    """A listening platform that takes what is restricted."""

    base: str
    file: Path

    def kept(self) -> dict[str, Any]:
        """Return the decisions that it has, from its own file."""
        with closing(sqlite3.connect(self.file)) as db:
            rows = db.execute("SELECT decision_key, body FROM decision WHERE action <> 'withdraw'").fetchall()
        return {key: orjson.loads(body) for key, body in rows}


@pytest.fixture
async def platform(tmp_path: Path) -> AsyncIterator[Platform]:
    """Give a platform on a free port."""
    file = tmp_path / "platform.db"
    reference = ReferencePortal(PLATFORM, SECRET, file, now, restricted=True)
    port = await reference.start("127.0.0.1", 0)
    yield Platform(f"http://127.0.0.1:{port}", file)
    await reference.close()


async def deliver(ledger: Engine, platform: Platform) -> None:
    """Deliver all that waits."""
    adaptor = ShareAdaptor(f"{platform.base}/decisions", SECRET, Seal(KEY), now)
    deliverer = Deliverer(ledger, {PLATFORM: adaptor}, FakeObserver(), CODEC, now, pace=pace())
    task = asyncio.create_task(deliverer.run())
    try:
        await until(lambda: settled(ledger))
    finally:
        deliverer.stop()
        await task
        await adaptor.close()


async def test_full_decisions_arrive_in_order_and_once(ledger: Engine, platform: Platform) -> None:
    """The platform has every identifier of what is in force, the correction and not what was withdrawn."""
    take(ledger, *map(shared, range(5)), shared(1, 2), shared(2, 2, Action.WITHDRAW))
    take(ledger, shared(3), start=7)
    await deliver(ledger, platform)

    kept = platform.kept()
    assert kept.keys() == {make.key_of(number) for number in (0, 1, 3, 4)}
    assert {body["columns"]["CF_XDR_ZJHM"] for body in kept.values()} == {NUMBER}
    assert kept[make.key_of(1)]["columns"]["CF_NR"] == "罚款2元"
    assert count_shared(ledger) == PortalCount(expected=7, accepted=7)
    async with aiohttp.ClientSession() as session, session.get(f"{platform.base}/statistics") as told:
        assert (await told.json())["applied"] == 7


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


async def test_a_public_portal_gets_nothing_of_it(ledger: Engine, portal: Portal) -> None:
    """Even what is handed to a public portal's adaptor by mistake is refused there, and tells nothing."""
    take(ledger, shared(1))
    with ledger.begin() as connection:
        (mine,) = claim(connection, {PLATFORM: 1}, lease="l", now=now(), until=now())
    adaptor = HttpAdaptor(portal.url, SECRET, now)
    answer = await adaptor.deliver(mine.delivery)
    await adaptor.close()
    assert answer.verdict is Verdict.REFUSED
    assert NUMBER.encode() not in mine.delivery.body


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


def test_what_comes_late_or_is_no_decision_is_not_sent(ledger: Engine) -> None:
    """An older revision after a newer one, other records and tombstones are no deliveries."""
    take(ledger, shared(1, 2), shared(1, 1), CODEC.encode_public(make.public(3)), b"", None)
    with reading(ledger) as connection:
        rows = connection.execute(select(delivery.c.revision, delivery.c.state)).all()
        noted = connection.execute(select(unreadable)).all()
    assert {tuple(row) for row in rows} == {(2, "waiting"), (1, "superseded")}
    assert len(noted) == 2
    assert ShareOutbox(ledger, CODEC, Seal(KEY)).positions([(SHARE.name, 0)]) == {(SHARE.name, 0): 5}


async def test_the_platform_shows_nobody_anything(ledger: Engine, platform: Platform) -> None:
    """It has no public page, neither of one decision nor of all."""
    take(ledger, shared(1))
    await deliver(ledger, platform)
    async with aiohttp.ClientSession() as session:
        for page in ("decisions", f"decisions/{make.key_of(1)}"):
            async with session.get(f"{platform.base}/{page}") as answer:
                assert answer.status in (404, 405)
                assert NUMBER not in await answer.text()


GOOD: Mapping[str, str] = {"share_database_url": "sqlite:///share.db", "database_url": "sqlite:///other.db"}


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"share_database_url": ""}, "own ledger"), ({"share_database_url": "sqlite:///other.db"}, "another")],
)
def test_the_share_has_a_ledger_of_its_own(changed: Mapping[str, str], told: str) -> None:
    """Without one, or with the portals' own, it does not start."""
    assert own_settings(Settings(**GOOD)).database_url.get_secret_value() == "sqlite:///share.db"
    with pytest.raises(ConfigurationError, match=told):
        own_settings(Settings(**{**GOOD, **changed}))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[city-portal]\nurl = "https://x/"\nsecret = "s"\n', "is no portal"),
        ("", "has no .credit-platform."),
        ('[credit-platform]\nurl = "file:///srv/x"\n', "https:// only"),
        ('[credit-platform]\nsecret = "s"\n', "lacks url"),
    ],
)
def test_the_platforms_file_has_the_platform_only(tmp_path: Path, text: str, told: str) -> None:
    """Portals, other protocols and gaps are told at the start; and no portals' file may name the platform."""
    file = tmp_path / "share.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError, match=told):
        load_platform(file)
    file.write_text(f'[{PLATFORM}]\nurl = "https://x/"\nsecret = "s"\n', "utf-8")
    assert load_platform(file).id == PLATFORM
    with pytest.raises(ConfigurationError, match="is no portal"):
        load_portals(file)


def test_a_short_key_is_refused() -> None:
    """A key that could be guessed is told at the start, and stays unquoted."""
    with pytest.raises(ConfigurationError) as told:
        Seal("kurz")
    assert "kurz" not in str(told.value)


def test_the_commands_look_into_its_own_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dead letters, replays and switching of the platform are those of its ledger; all portals stay apart."""
    urls = {name: f"sqlite:///{tmp_path / name}.sqlite" for name in ("ledger", "share")}
    for url in urls.values():
        migrate(url)
    monkeypatch.setenv("GONGSHI_DATABASE_URL", urls["ledger"])
    monkeypatch.setenv("GONGSHI_SHARE_DATABASE_URL", urls["share"])
    share = open_ledger(urls["share"])
    take(share, shared(1))
    with share.begin() as connection:
        connection.execute(
            delivery.update().values(
                state="dead", settled_at=now(), status=422, reason="缺少类型", attempts=1
            )
        )
    share.dispose()

    def call(*words: str) -> str:
        ran = CliRunner().invoke(gongshi, words)
        assert ran.exit_code == 0, ran.output
        return ran.stdout

    assert "共 0 件" in call("deadletters")
    assert "缺少类型" in call("deadletters", "--portal", PLATFORM)
    assert PLATFORM in call("portals")
    assert "已停止推送" in call("portals", "off", PLATFORM, "--by", "王工")
    assert "已安排重新投递 1 件" in call("replay", "--portal", PLATFORM, "--by", "王工")
