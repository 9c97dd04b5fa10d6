"""Each channel against a real server of its kind: Alertmanager, a signed webhook, SMTP."""

import asyncio
import email
import email.policy
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest
from aiohttp import web
from aiosmtpd.controller import Controller
from standardwebhooks import Webhook

from sinks.notices.alertmanager import AlertmanagerChannel
from sinks.notices.mail import Addresses, MailChannel, Server
from sinks.notices.webhook import WebhookChannel
from sinks.ports import Verdict
from sinks.signing import Signer
from streams.domain.events import Addressee, Alert, AlertKind
from streams.embedded.ports import free_port
from tests.sinks.notices.alerts import BUREAU, SUBJECT, alert

SECRET = "whsec_" + "c2VjcmV0LWZvci10ZXN0cy1vbmx5LTAxMjM0NTY3ODk="
POLICE = "11370100004188858X"


@dataclass
class Post:
    """A mail server's post, and whom it refuses."""

    letters: list[email.message.EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, ...]] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    busy: bool = False

    async def handle_RCPT(  # noqa: N802 -- the server's name for it
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take or refuse an address."""
        if address in self.unknown:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- likewise
        """Take a letter."""
        if self.busy:
            return "451 try again later"
        self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))  # type: ignore[arg-type]
        self.envelopes.append(tuple(envelope.rcpt_tos))
        return "250 OK"


@pytest.fixture
def post() -> Iterator[tuple[Post, Server]]:
    """Give a mail server that listens, and how it is reached."""
    handler = Post()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield (
        handler,
        Server(host="127.0.0.1", port=controller.port, sender="gongshi@example.org", tls="none"),
    )
    controller.stop()


ADDRESSES = Addresses(
    supervisor=("credit@example.org",),
    responsible={BUREAU: ("clerk@example.org", "second@example.org")},
    head={BUREAU: ("head@example.org",)},
)


async def test_a_letter_for_each_addressee(post: tuple[Post, Server]) -> None:
    """One look at the clock makes one letter for each reader, which names documents and no party."""
    handler, server = post
    alerts = [
        alert(1),
        alert(2),
        alert(3, days_past=3, addressee=Addressee.HEAD),
        alert(4, days_past=7, addressee=Addressee.SUPERVISOR),
        alert(5, department=POLICE),
    ]
    answers = await MailChannel(server, ADDRESSES).send(alerts)

    assert {answer.verdict for answer in answers} == {Verdict.ACCEPTED}
    assert sorted(handler.envelopes) == [
        ("clerk@example.org", "second@example.org"),
        ("credit@example.org",),
        ("credit@example.org",),
        ("head@example.org",),
    ]
    text = handler.letters[0].get_content()
    assert "济市监罚〔2026〕1号" in text
    assert "济市监罚〔2026〕2号" in text
    assert "信用中国" in text
    assert "超过公示期限2件" in str(handler.letters[0]["Subject"])
    assert not any(SUBJECT in letter.get_content() for letter in handler.letters)


async def test_the_same_alerts_make_the_same_letter(post: tuple[Post, Server]) -> None:
    """A letter that is sent again has the same Message-ID, by which mail programs know it."""
    handler, server = post
    for _ in range(2):
        await MailChannel(server, ADDRESSES).send([alert(1), alert(2)])
    first, second = handler.letters
    assert first["Message-ID"] == second["Message-ID"]


async def test_a_wrong_address_is_refused_and_the_others_written_to(post: tuple[Post, Server]) -> None:
    """What the server refuses for good is not tried again; a letter to others goes."""
    handler, server = post
    handler.unknown = {"head@example.org"}
    answers = await MailChannel(server, ADDRESSES).send([alert(1, addressee=Addressee.HEAD), alert(2)])
    assert [answer.verdict for answer in answers] == [Verdict.REFUSED, Verdict.ACCEPTED]
    assert handler.envelopes == [("clerk@example.org", "second@example.org")]


async def test_a_busy_or_absent_mail_server_is_asked_again(post: tuple[Post, Server]) -> None:
    """451 and no answer at all both mean later."""
    handler, server = post
    handler.busy = True
    nobody = Server(host="127.0.0.1", port=free_port(), sender="gongshi@example.org", tls="none")
    for one in (server, nobody):
        answers = await MailChannel(one, ADDRESSES).send([alert(1), alert(2)])
        assert [answer.verdict for answer in answers] == [Verdict.RETRY] * 2


@pytest.fixture
async def office() -> AsyncIterator[tuple[str, list[dict[str, Any]], list[int]]]:
    """Give a webhook's address, the alerts whose signatures it verified, and the answers it is to give."""
    taken: list[dict[str, Any]] = []
    statuses: list[int] = []

    async def take(request: web.Request) -> web.Response:
        body = await request.read()
        Webhook(SECRET).verify(body.decode(), dict(request.headers))
        status = statuses.pop(0) if statuses else 204
        if status == 204:
            taken.append({"id": request.headers["webhook-id"], **orjson.loads(body)})
        return web.Response(status=status)

    app = web.Application()
    app.router.add_post("/alerts", take)
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield f"http://127.0.0.1:{port}/alerts", taken, statuses
    await runner.cleanup()


async def test_the_webhook_is_signed(office: tuple[str, list[dict[str, Any]], list[int]]) -> None:
    """The receiver verifies the signature, and finds the alert's id, words and addressee, and no party."""
    url, taken, statuses = office
    statuses += [503, 400]
    channel = WebhookChannel(url, Signer(SECRET), lambda: datetime.now(UTC))
    verdicts = [(await channel.send([alert(1, days_past=3, addressee=Addressee.HEAD)]))[0].verdict]
    verdicts += [(await channel.send([alert(1)]))[0].verdict]
    verdicts += [(await channel.send([alert(1, days_past=3, addressee=Addressee.HEAD)]))[0].verdict]
    await channel.close()

    assert verdicts == [Verdict.RETRY, Verdict.REFUSED, Verdict.ACCEPTED]
    (told,) = taken
    assert told["id"] == told["data"]["event_id"]
    assert told["type"] == "deadline.overdue"
    assert (told["data"]["addressee"], told["data"]["days_past"]) == ("head", 3)
    assert "超过公示期限满3个工作日" in told["data"]["message"]
    assert SUBJECT not in orjson.dumps(told).decode()


@pytest.fixture
async def alertmanager(tmp_path: Path) -> AsyncIterator[str]:
    """Address of a real Alertmanager."""
    port = free_port()
    config = tmp_path / "alertmanager.yml"
    config.write_text("route: {receiver: nobody}\nreceivers: [{name: nobody}]\n", encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        "prometheus-alertmanager",
        f"--config.file={config}",
        f"--storage.path={tmp_path}/data",
        f"--web.listen-address=127.0.0.1:{port}",
        "--cluster.listen-address=",
        "--log.level=error",
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        await process.wait()


async def active(url: str) -> set[tuple[str, str]]:
    """Return step and severity of the alerts that Alertmanager shows as active."""
    async with aiohttp.ClientSession(url) as session, session.get("/api/v2/alerts?active=true") as answer:
        return {(one["labels"]["step"], one["labels"]["severity"]) for one in await answer.json()}


async def test_alertmanager_shows_the_step_that_holds(alertmanager: str) -> None:
    """Each step ends the one before it, and publication ends them all."""
    channel = AlertmanagerChannel(alertmanager)
    now = datetime.now(UTC)
    steps: list[tuple[Alert, set[tuple[str, str]]]] = [
        (alert(1, AlertKind.DUE_SOON, at=now), {("due_soon", "info")}),
        (alert(1, at=now), {("overdue", "critical")}),
        (alert(1, days_past=7, at=now), {("overdue+7", "critical")}),
        (alert(1, AlertKind.RESOLVED, days_past=7, at=now), set()),
    ]
    async with asyncio.timeout(60):
        while (await channel.send([steps[0][0]]))[0].verdict is Verdict.RETRY:  # noqa: ASYNC110 -- a program
            await asyncio.sleep(0.1)
    for step, shown in steps:
        answers = await channel.send([step])
        assert answers[0].verdict is Verdict.ACCEPTED
        async with asyncio.timeout(60):
            while await active(alertmanager) != shown:  # noqa: ASYNC110 -- another program shows it
                await asyncio.sleep(0.1)
    await channel.close()
