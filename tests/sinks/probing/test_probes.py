"""Every probe against a real server of its kind sees what was delivered, corrected and withdrawn."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from decimal import Decimal
from pathlib import Path

import pytest

from sinks.probing.choosing import probe_for
from sinks.probing.comparing import Compared, compared
from sinks.probing.ports import Sent, Sight
from streams.domain.errors import ConfigurationError
from tests.sinks.probing import stands
from tests.sinks.probing.stands import Stand, penalty, sent_of, withdrawal

KINDS: dict[str, Callable[[Path, str], AbstractAsyncContextManager[Stand]]] = {
    "json": lambda folder, _: stands.json_stand(folder),
    "national": lambda folder, _: stands.national_stand(folder),
    "site": lambda folder, _: stands.site_stand(folder),
    "csv": lambda folder, _: stands.adapted(f"file://{folder}/drop?format=csv", "file:", ""),
    "xml": lambda folder, _: stands.adapted(f"file://{folder}/drop?format=xml", "file:", ""),
    "feed": lambda folder, _: stands.adapted(f"feed://{folder}/www", "feed:", ""),
    "feed over http": lambda folder, _: stands.served_feed(folder, "feed"),
    "page": lambda folder, _: stands.served_feed(folder, "page"),
    "exchange sqlite": lambda folder, _: stands.adapted(
        "exchange:create", "exchange:", f"sqlite:///{folder}/exchange.db"
    ),
    "exchange postgresql": lambda _, url: stands.adapted("exchange:create", "exchange:", url),
}


@pytest.fixture(params=KINDS)
async def stand(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stand]:
    """Give each kind of portal in turn."""
    url = request.getfixturevalue("postgres_url") if "postgresql" in request.param else ""
    async with KINDS[request.param](tmp_path, url) as made:
        yield made


async def seen(stand: Stand, sent: Sent) -> Compared:
    """Return what a look says."""
    return compared(sent, await stand.probe.look(sent))


async def test_a_decision_is_followed_to_its_end(stand: Stand) -> None:
    """Not there it is missing, delivered it is seen, corrected and withdrawn too, and nothing else then."""
    event = penalty(7)
    first = await stand.deliver(event)
    assert (await seen(stand, first)) == Compared(sight=Sight.SEEN)
    missing = sent_of(penalty(8), "decisions/none.html")
    assert (await seen(stand, missing)).sight is Sight.MISSING

    corrected = await stand.deliver(penalty(7, 2, CF_NR="罚款3000元", CF_NR_FK=Decimal("0.3")))
    assert (await seen(stand, corrected)) == Compared(sight=Sight.SEEN)

    gone = await stand.deliver(withdrawal(event, 3))
    assert (await seen(stand, gone)).sight is Sight.SEEN


async def test_another_content_is_found(stand: Stand) -> None:
    """Where another amount and text were taken than were sent, just those two columns differ."""
    there = await stand.deliver(
        penalty(7, CF_NR="罚款肆仟柒佰元整", CF_NR_FK=Decimal("0.4700"), CF_YJ="另一依据")
    )
    meant = sent_of(
        penalty(7, CF_NR="罚款伍仟玖佰元整", CF_NR_FK=Decimal("0.59"), CF_YJ="另一依据"), there.remote_id
    )
    assert await seen(stand, meant) == Compared(sight=Sight.DIFFERENT, differs=("CF_NR", "CF_NR_FK"))


async def test_a_natural_person_is_seen(stand: Stand) -> None:
    """A natural person's decision is compared by that template, with the name as it was masked."""
    assert await seen(stand, await stand.deliver(penalty(9, natural=True))) == Compared(sight=Sight.SEEN)


@pytest.mark.parametrize(
    ("probe", "url", "secret"),
    [
        ("http://127.0.0.1:1/{key}", "", ""),
        ("page+http://127.0.0.1:1/{key}", "", ""),
        ("site+http://127.0.0.1:1/", "", ""),
        ("feed+http://127.0.0.1:1/", "", ""),
        ("feed:", "feed:///nowhere/www", ""),
        ("file:", "file:///nowhere/drop", ""),
        ("exchange:", "exchange:", "sqlite:////nowhere/exchange.db"),
        ("exchange:", "exchange:", "postgresql+psycopg://nobody@127.0.0.1:1/none"),
    ],
)
async def test_a_portal_that_is_away_says_nothing(probe: str, url: str, secret: str) -> None:
    """No answer is no finding, and its reason holds neither address nor content."""
    looking = probe_for(probe, url, secret)
    sent = sent_of(penalty(1), "decisions/1.html")
    told = compared(sent, await looking.look(sent))
    await looking.close()
    assert told.sight is Sight.UNANSWERED
    assert told.reason
    assert not any(word in told.reason for word in ("127", "nowhere", "济南", "〔2026〕"))


@pytest.mark.parametrize(
    ("probe", "url"),
    [
        ("https://portal.example/query", "https://portal.example/"),
        ("https://portal.example/{subject}", "https://portal.example/"),
        ("page+https://portal.example/", "https://portal.example/"),
        ("exchange:", "https://portal.example/"),
        ("feed:", "file:///srv/drop"),
        ("ftp://portal.example/{key}", "https://portal.example/"),
        ("site+ftp://portal.example/", "https://portal.example/"),
        ("", "https://portal.example/"),
    ],
)
def test_a_probe_that_cannot_be_is_refused_at_the_start(probe: str, url: str) -> None:
    """An address that names no decision, or that nothing can look at, is a mistake in the file."""
    with pytest.raises(ConfigurationError, match="probe"):
        probe_for(probe, url, "")
