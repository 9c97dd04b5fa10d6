"""The notifier on both databases: in order, again while a channel is away, and never lost."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from schemas.codec import Codec
from schemas.store import RepositoryStore
from sinks.ledger.database import writing
from sinks.ledger.notices import notice
from sinks.notices import queue
from sinks.notices.notifier import LEASE, Notifier
from sinks.ports import Answer, Verdict
from streams.domain.events import Alert, AlertKind
from tests.sinks.notices.alerts import NOON, alert

CODEC = Codec(RepositoryStore())
TAKEN = Answer(verdict=Verdict.ACCEPTED)
AWAY = Answer(verdict=Verdict.RETRY, reason="ClientConnectorError")
NO = Answer(verdict=Verdict.REFUSED, status=550, reason="recipient refused")


class Hands:
    """A channel that answers as it is told, and keeps what it took."""

    def __init__(self, most: int = 2) -> None:
        self.most = most
        self.away = False
        self.refuses: set[str] = set()
        self.taken: list[str] = []
        self.tried = 0
        self.dies = False

    async def send(self, alerts: Sequence[Alert]) -> Sequence[Answer]:
        self.tried += 1
        if self.away:
            return [AWAY] * len(alerts)
        self.taken += [one.event_id for one in alerts if one.event_id not in self.refuses]
        if self.dies:
            raise KeyboardInterrupt  # the process ends after it has sent, before it has noted that
        return [NO if one.event_id in self.refuses else TAKEN for one in alerts]

    async def close(self) -> None:
        """Nothing is open."""


class Seen:
    """Counts what the notifier tells of itself."""

    def __init__(self) -> None:
        self.verdicts: list[tuple[str, str, int]] = []

    def told(self, *, channel: str, verdict: str, count: int) -> None:
        self.verdicts.append((channel, verdict, count))

    def waiting(self, *, channel: str, count: int, oldest: timedelta) -> None:
        """Shown elsewhere."""


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def put(ledger: Engine, channels: Sequence[str], *alerts: Alert) -> None:
    """Put alerts up for channels, as the deadline agent does."""
    with writing(ledger) as connection:
        queue.put(connection, channels, [(one, CODEC.encode_alert(one)) for one in alerts])


def states(ledger: Engine) -> dict[str, str]:
    """Return alert → state, of the one channel."""
    with writing(ledger) as connection:
        return {row.event_id: row.state for row in connection.execute(select(notice))}


async def exhaust(notifier: Notifier, name: str) -> None:
    """Send all that can be sent now."""
    while await notifier.once(name):
        pass


async def test_every_channel_gets_every_alert_once_in_order(ledger: Engine) -> None:
    """Each alert is told once on each channel, in the order in which they were raised."""
    channels = {"mail": Hands(most=2), "webhook": Hands(most=1)}
    notifier = Notifier(ledger, CODEC, channels, Clock(), Seen())
    alerts = [alert(number) for number in range(5)]
    put(ledger, list(channels), *alerts)
    put(ledger, list(channels), *alerts[:2])  # an agent that raises again what is there

    for name in channels:
        await exhaust(notifier, name)
        assert not await notifier.once(name)

    for channel in channels.values():
        assert channel.taken == [one.event_id for one in alerts]


async def test_a_channel_that_is_away_holds_back_what_comes_after(ledger: Engine) -> None:
    """Nothing overtakes: that it is public is told after that it was overdue, once the channel is back."""
    hands, clock = Hands(most=1), Clock()
    notifier = Notifier(ledger, CODEC, {"mail": hands}, clock, Seen())
    overdue, resolved = alert(1), alert(1, AlertKind.RESOLVED)
    put(ledger, ["mail"], overdue, resolved)
    hands.away = True
    await exhaust(notifier, "mail")
    hands.away = False

    await exhaust(notifier, "mail")
    assert hands.taken == []  # its pause is not over
    clock.now += timedelta(minutes=10)
    await exhaust(notifier, "mail")

    assert hands.taken == [overdue.event_id, resolved.event_id]
    assert set(states(ledger).values()) == {"sent"}


async def test_what_is_refused_stops_nobody(ledger: Engine) -> None:
    """An address that the server refuses is given up, with its reason; the others are told."""
    hands, seen = Hands(), Seen()
    alerts = [alert(number) for number in range(3)]
    hands.refuses = {alerts[0].event_id}
    put(ledger, ["mail"], *alerts)
    notifier = Notifier(ledger, CODEC, {"mail": hands}, Clock(), seen)

    await exhaust(notifier, "mail")
    await exhaust(notifier, "mail")

    assert states(ledger) == {
        alerts[0].event_id: "dead",
        alerts[1].event_id: "sent",
        alerts[2].event_id: "sent",
    }
    assert sum(count for _, verdict, count in seen.verdicts if verdict == "refused") == 1


async def test_after_three_days_an_alert_is_given_up(ledger: Engine) -> None:
    """A channel that never answers does not hold alerts for ever."""
    hands, clock = Hands(), Clock()
    hands.away = True
    put(ledger, ["mail"], alert(1))
    notifier = Notifier(ledger, CODEC, {"mail": hands}, clock, Seen())
    while set(states(ledger).values()) == {"waiting"}:
        await notifier.once("mail")
        clock.now += timedelta(minutes=30)

    assert timedelta(hours=71) < clock.now - NOON < timedelta(hours=74)
    assert set(states(ledger).values()) == {"dead"}


async def test_two_notifiers_never_send_side_by_side(ledger: Engine) -> None:
    """While one has the first alerts of a channel in hand, another leaves the whole channel alone."""
    first, second, clock = Hands(), Hands(), Clock()
    put(ledger, ["mail"], *(alert(number) for number in range(5)))
    one = Notifier(ledger, CODEC, {"mail": first}, clock, Seen())
    other = Notifier(ledger, CODEC, {"mail": second}, clock, Seen())
    first.dies = True
    with pytest.raises(KeyboardInterrupt):
        await one.once("mail")

    assert not await other.once("mail")
    assert second.tried == 0

    clock.now += LEASE
    await exhaust(other, "mail")
    # sent by the first, which could not note it, and again under the same ids
    assert second.taken == [alert(number).event_id for number in range(5)]
    assert first.taken == second.taken[:2]
