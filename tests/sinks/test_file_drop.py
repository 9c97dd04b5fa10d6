"""The file drop: official columns to the letter, manifests that tell all, and SFTP to the right host only."""

import csv
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree as ET

import asyncssh
import pytest

from sinks.adaptors import adaptor_for
from sinks.files import FileDrop, LocalFolder
from sinks.ports import Answer, Verdict
from sinks.templates import public_columns
from streams.domain.columns import TEMPLATES
from streams.domain.errors import ConfigurationError
from streams.domain.stages import Kind, Public, SubjectClass
from tests.sinks import make
from tests.sinks.conftest import FakeRemoteIds
from tests.sinks.deliveries import delivery_of, now, withdrawal
from tests.sinks.looks import all_dropped
from tests.sinks.sshd import Sshd, sshd

WORD = "进-门-词"


def event_of(kind: Kind, number: int, *, natural: bool) -> Public:
    """Return an event with a text in every column of its kind, also those that may not be public."""
    event = make.public(number)
    subject = SubjectClass.NATURAL if natural else SubjectClass.LEGAL
    values = {**dict.fromkeys(TEMPLATES[kind], "x"), "INNER_ID": "7"}
    return replace(event, kind=kind, subject_class=subject, values=values)


def texts(folder: Path) -> dict[str, str]:
    """Return the files of a folder by their names."""
    return {file.name: file.read_text("utf-8") for file in folder.iterdir()}


@pytest.mark.parametrize("form", ["csv", "xml"])
@pytest.mark.parametrize("natural", [False, True])
@pytest.mark.parametrize("kind", list(Kind))
async def test_a_file_has_exactly_the_official_columns(
    tmp_path: Path, kind: Kind, form: str, *, natural: bool
) -> None:
    """No column but the template's public ones, in its order, whatever is in the event; none is missing."""
    drop = FileDrop(LocalFolder(tmp_path), form)
    answer = await drop.deliver(delivery_of(event_of(kind, 1, natural=natural)))
    await drop.close()
    content = (tmp_path / answer.remote_id).read_bytes()
    if form == "csv":
        columns = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    else:
        columns = [one.tag for one in ET.fromstring(content)[0]]  # noqa: S314 -- our own
    assert columns == [column.code for column in public_columns(kind, natural=natural)]


async def test_a_batch_is_a_file_for_each_template_and_action(tmp_path: Path) -> None:
    """Rows that belong together are in one file, whose manifest counts them and names each decision."""
    drop = FileDrop(LocalFolder(tmp_path))
    events = [make.public(number) for number in range(5)]
    events += [event_of(Kind.LICENCE, number, natural=False) for number in (5, 6)]
    events += [event_of(Kind.PENALTY, 7, natural=True), make.public(8, 2), withdrawal(9, 2)]
    answers = await drop.deliver_batch([delivery_of(event) for event in events])
    await drop.close()

    manifests = [json.loads(text) for name, text in texts(tmp_path).items() if name.endswith("manifest.json")]
    assert sorted((one["template"], one["action"], one["rows"]) for one in manifests) == [
        ("frxzcf", "correct", 1),
        ("frxzcf", "publish", 5),
        ("frxzcf", "withdraw", 1),
        ("frxzxk", "publish", 2),
        ("zrrxzcf", "publish", 1),
    ]
    told = {(row["decision_key"], row["revision"], row["action"]) for row in all_dropped(tmp_path)}
    assert told == {(event.key, event.revision, event.action) for event in events}
    assert [answer.remote_id for answer in answers[:5]] == [answers[0].remote_id] * 5
    assert all(answer.verdict is Verdict.ACCEPTED for answer in answers)


async def test_the_same_batch_again_is_the_same_file(tmp_path: Path) -> None:
    """A try made again writes what is there already, to the byte."""
    drop = FileDrop(LocalFolder(tmp_path), "xml")
    deliveries = [delivery_of(make.public(number)) for number in range(5)]
    await drop.deliver_batch(deliveries)
    before = texts(tmp_path)
    await drop.deliver_batch(deliveries)
    await drop.close()
    assert texts(tmp_path) == before
    assert len(before) == 2


async def sent(url: str, secret: str) -> Answer:
    """Return what becomes of one delivery."""
    adaptor = adaptor_for(url, secret, now, FakeRemoteIds())
    answer = await adaptor.deliver(delivery_of(make.public(1)))
    await adaptor.close()
    return answer


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Sshd]:
    """Give a real OpenSSH server."""
    async with sshd(tmp_path / "sshd") as running:
        yield running


async def test_another_host_gets_nothing(server: Sshd, tmp_path: Path) -> None:
    """A host whose key is not the pinned one is not even logged in to; one of several pins is enough."""
    other = asyncssh.generate_private_key("ssh-ed25519").get_fingerprint()
    answer = await sent(server.url(tmp_path / "in", fingerprint=other), server.key)
    assert (answer.verdict, "host's key" in answer.reason) == (Verdict.RETRY, True)
    assert not (tmp_path / "in").exists()
    both = server.url(tmp_path / "in", fingerprint=f"{other},{server.fingerprint}")
    assert (await sent(both, server.key)).verdict is Verdict.ACCEPTED


async def test_a_key_that_is_not_let_in_loses_no_decision(server: Sshd, tmp_path: Path) -> None:
    """Wrong credentials are for operations to mend: tried again, not refused."""
    stranger = asyncssh.generate_private_key("ssh-ed25519").export_private_key().decode()
    assert (await sent(server.url(tmp_path / "in"), stranger)).verdict is Verdict.RETRY


async def test_a_connection_that_broke_is_made_again(tmp_path: Path) -> None:
    """A server that lets go of everybody costs one try at most; the same adaptor goes on."""
    async with password_server(tmp_path) as server:
        url = f"sftp://%E5%B9%B3%E5%8F%B0@127.0.0.1:{server.port}/in?host_key={server.fingerprint}"
        adaptor = adaptor_for(url, WORD, now, FakeRemoteIds())
        for number in (1, 2):
            verdict = Verdict.RETRY
            while verdict is not Verdict.ACCEPTED:
                verdict = (await adaptor.deliver(delivery_of(make.public(number)))).verdict
                assert verdict is not Verdict.REFUSED
            server.hang_up()
        await adaptor.close()
    assert {row["decision_key"] for row in all_dropped(tmp_path / "in")} == {make.key_of(1), make.key_of(2)}


@dataclass(frozen=True, slots=True)
class Server:
    """A listening server with a password."""

    port: int
    fingerprint: str
    connections: list[asyncssh.SSHServerConnection]

    def hang_up(self) -> None:
        """Let go of everybody, without a word."""
        while self.connections:
            self.connections.pop().abort()


@asynccontextmanager
async def password_server(folder: Path) -> AsyncIterator[Server]:
    """Run an SFTP server that asks for a password and knows no rename over what is there."""
    host = asyncssh.generate_private_key("ssh-ed25519")

    connections: list[asyncssh.SSHServerConnection] = []

    class Door(asyncssh.SSHServer):
        def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
            connections.append(conn)

        def begin_auth(self, username: str) -> bool:
            return True

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == ("平台", WORD)

    class Old(asyncssh.SFTPServer):
        def __init__(self, channel: asyncssh.SSHServerChannel) -> None:
            super().__init__(channel, chroot=bytes(folder))

        def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
            raise asyncssh.SFTPOpUnsupported("posix-rename")

    server = await asyncssh.listen(
        "127.0.0.1", 0, server_factory=Door, server_host_keys=[host], sftp_factory=Old
    )
    try:
        yield Server(server.get_port(), host.get_fingerprint(), connections)
    finally:
        server.close()
        await server.wait_closed()


async def test_a_password_opens_as_well_and_an_old_server_will_do(tmp_path: Path) -> None:
    """With a password, a folder from the user's home, and a server without OpenSSH's rename."""
    async with password_server(tmp_path) as server:
        host = f"%E5%B9%B3%E5%8F%B0@127.0.0.1:{server.port}"
        url = f"sftp://{host}/~/in/today?format=xml&host_key={server.fingerprint}"
        assert (await sent(url, "wrong")).verdict is Verdict.RETRY
        for _ in range(2):
            assert (await sent(url, WORD)).verdict is Verdict.ACCEPTED
    (row,) = all_dropped(tmp_path / "in" / "today")
    assert row["columns"]["CF_NR"] == "罚款2000元"
    assert len(list((tmp_path / "in" / "today").iterdir())) == 2


def test_a_broken_key_is_told_at_the_start() -> None:
    """What begins as a private key and is none is a mistake in the configuration, and stays unquoted."""
    broken = "-----BEGIN OPENSSH PRIVATE KEY-----\nbm90IGEga2V5\n-----END OPENSSH PRIVATE KEY-----"
    with pytest.raises(ConfigurationError) as told:
        adaptor_for("sftp://u@host/x?host_key=SHA256:x", broken, now, FakeRemoteIds())
    assert "bm90" not in str(told.value)
