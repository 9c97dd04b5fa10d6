"""The composition root: each role of the system, put together so that it reads as the data flow."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from schemas.codec import Codec
from streams.agents import deadline as deadline_agent
from streams.agents import expire
from streams.agents.desensitize import add_desensitize
from streams.agents.enrich import add_enrich
from streams.agents.outputs import outputs_of
from streams.agents.poison import poisonous
from streams.agents.validate import add_validate
from streams.domain.calendar import Calendar
from streams.domain.catalogue import Catalogue
from streams.domain.privacy import Redactor
from streams.engine import counting
from streams.engine.channels import ChannelApp
from streams.engine.counting import Counting
from streams.engine.pump import Pump
from streams.engine.register import Register
from streams.engine.register_keeper import Keeper
from streams.engine.transactor import Transactor
from streams.topics import REGISTER, SUBMITTED


def review(
    *,
    kafka: Any,
    slot: str,
    codec: Codec,
    calendar: Calendar,
    catalogue: Callable[[], Catalogue],
    redactor: Redactor,
    masked: Callable[[str, int], None],
    today: Callable[[], date],
    observer: Any,
    departments: counting.Observer,
    state: Path,
    secret: bytes = b"",
) -> tuple[ChannelApp, Pump]:
    """decision.submitted → validate → enrich → desensitize → register → portal.<id>, or an end before.

    `state` is a folder of this slot's own; `secret` keys the register's digests.
    """
    app = ChannelApp("gongshi-review")
    submitted, checked, enriched = (app.channel(value_type=None) for _ in range(3))

    add_validate(app, submitted, checked, codec=codec, calendar=calendar, today=today)
    add_enrich(app, checked, enriched, catalogue=catalogue, calendar=calendar)
    add_desensitize(app, enriched, redactor=redactor, masked=masked)

    keeper = Keeper(kafka=kafka, topic=REGISTER.name, source=SUBMITTED.name, folder=state, observer=observer)
    register = Register(
        topic=REGISTER.name,
        entries=keeper,
        codec=codec,
        secret=secret,
        reject=poisonous,
        observer=observer,
    )
    transactor = Transactor(
        kafka=kafka,
        topic=SUBMITTED.name,
        group="review",
        transactional_id=f"review-{slot}",
        observer=observer,
        gate=keeper,
    )
    pump = Pump(
        transactor=transactor,
        channel=submitted,
        encode=partial(outputs_of, codec=codec),
        reject=poisonous,
        observer=observer,
        judge=Counting(register, departments),
        listening=app.listening,
    )
    return app, pump


def deadline(
    *,
    ledger: deadline_agent.Ledger,
    calendar: Calendar,
    now: Callable[[], datetime],
    every_s: float,
    warn_working_days: int,
    observer: deadline_agent.Observer,
    periods: expire.Ledger,
) -> ChannelApp:
    """Ledger → deadline agent → deadline.alert, by way of the ledger's outgoing events.

    Beside it `periods` → expire agent → decision.submitted: what has been public long enough is withdrawn.
    """
    app = ChannelApp("gongshi-deadline")
    deadline_agent.add_deadline(
        app,
        ledger=ledger,
        calendar=calendar,
        now=now,
        every_s=every_s,
        warn_working_days=warn_working_days,
        observer=observer,
    )
    expire.add_expire(app, ledger=periods, now=now, every_s=every_s)
    return app
