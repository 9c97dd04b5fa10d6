"""What becomes of a year's decisions: chosen by chance, without any of the program's rules."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from streams.domain.stages import DecisionKey, PortalId
from tests.sinks.supervision.town import CITY, DAY, OWN, PORTALS, Affair, affairs
from tests.sinks.test_simulated_year import after

FIRST, DAYS = date(2026, 1, 5), 340
TODAY = date(2026, 12, 18)
NOW = datetime.combine(TODAY, time(10), UTC) - timedelta(hours=8)
HOUR = timedelta(hours=1)
OUTAGES = (
    (CITY, datetime(2026, 2, 25, 3, tzinfo=UTC), datetime(2026, 3, 6, 9, tzinfo=UTC)),
    (OWN, datetime(2026, 6, 16, 1, tzinfo=UTC), datetime(2026, 6, 30, 2, tzinfo=UTC)),
    (CITY, datetime(2026, 10, 8, 0, tzinfo=UTC), datetime(2026, 10, 21, 23, tzinfo=UTC)),
)
"""When a portal failed for everybody: nothing was tried then."""
WRONG = (("MISSING", "CF_SY"), ("DATE_IN_FUTURE", "CF_JDRQ"), ("USCC_CHECKSUM", "CF_XDR_SHXYM"))


@dataclass(slots=True)
class HandIn:
    """One hand-in, and what the review made of it."""

    at: datetime
    outcome: str
    """released, rejected, held, withheld, pending or withdrawn."""
    reviewed: datetime | None
    ruling: bool = False
    findings: tuple[tuple[str, str], ...] = ()
    tried: dict[PortalId, datetime] = field(default_factory=dict)
    accepted: dict[PortalId, datetime] = field(default_factory=dict)


@dataclass(slots=True)
class Fate:
    """One decision."""

    affair: Affair
    number: int
    """Of its series."""
    decided: date
    dated: bool
    hand_ins: list[HandIn]

    @property
    def document(self) -> str:
        """Its document number."""
        return f"{self.affair.head}〔2026〕{self.number}号"

    @property
    def key(self) -> DecisionKey:
        """Its key."""
        return DecisionKey(f"{self.affair.department}|{self.document}|某公司")

    @property
    def due(self) -> date:
        """The seventh working day."""
        return after(self.counted_on, 7)

    @property
    def counted_on(self) -> date:
        """The day that it counts to."""
        return self.decided if self.dated else china(self.hand_ins[0].at)


def china(moment: datetime) -> date:
    """Return the day in China."""
    return (moment.astimezone(UTC) + timedelta(hours=8)).date()


def fates(chance: random.Random, count: int) -> list[Fate]:
    """Choose what becomes of so many decisions, numbered in the order of their days, with gaps."""
    known = affairs()
    days = sorted(FIRST + chance.randrange(DAYS) * DAY for _ in range(count))
    numbers: dict[str, int] = {}
    made = []
    for day in days:
        affair = known[min(int(chance.expovariate(1 / 50)), len(known) - 1)]
        number = numbers.get(affair.head, 0) + 1 + (chance.random() < 0.02) * chance.choice((1, 1, 3, 150))
        numbers[affair.head] = number
        fate = Fate(affair, number, day, dated=True, hand_ins=[])
        _live(chance, fate)
        if fate.hand_ins[0].at < NOW:
            fate.hand_ins = [one for one in fate.hand_ins if one.at < NOW]
            made.append(fate)
    return made


def _live(chance: random.Random, fate: Fate) -> None:
    late = chance.choices((chance.uniform(0, 72), chance.uniform(72, 30 * 24)), (9, 1))[0]
    at = datetime.combine(fate.decided, time(1), UTC) + late * HOUR
    way = chance.choices(("plain", "mended", "refused", "held", "withheld", "stuck", "withdrawn"),
                         (80, 6, 3, 4, 3, 1, 3))[0]  # fmt: skip
    match way:
        case "plain":
            fate.hand_ins = [_released(chance, at)]
        case "mended":
            fate.hand_ins = [_refused(chance, at), _released(chance, at + chance.uniform(2, 400) * HOUR)]
        case "refused":
            fate.dated = chance.random() < 0.5
            fate.hand_ins = [_refused(chance, at)]
        case "held":
            held = HandIn(at, "held", at + HOUR)
            ruled = _released(chance, at + chance.uniform(2, 300) * HOUR)
            ruled.ruling = True
            fate.hand_ins = [held, ruled]
        case "withheld":
            fate.hand_ins = [HandIn(at, "withheld", at + HOUR)]
        case "stuck":
            fate.hand_ins = [HandIn(at, "pending", None)]
        case "withdrawn":
            gone = at + chance.uniform(2, 200) * HOUR
            fate.hand_ins = [_refused(chance, at), HandIn(gone, "withdrawn", gone + HOUR)]


def _refused(chance: random.Random, at: datetime) -> HandIn:
    wrong = tuple(chance.sample(WRONG, chance.choice((1, 1, 2))))
    return HandIn(at, "rejected", at + chance.choice((0.01, 0.01, 60)) * HOUR, findings=wrong)


def _released(chance: random.Random, at: datetime) -> HandIn:
    reviewed = at + chance.choices((0.01, chance.uniform(1, 300)), (97, 3))[0] * HOUR
    made = HandIn(at, "released", reviewed)
    for portal in PORTALS:
        tried = reviewed + chance.choices((0.02, chance.uniform(1, 200)), (97, 3))[0] * HOUR
        for failing, began, ended in OUTAGES:
            if failing == portal and began <= tried < ended:
                tried = ended + HOUR
        accepted = tried + chance.choices((0.01, chance.uniform(1, 300)), (95, 5))[0] * HOUR
        if tried < NOW:
            made.tried[portal] = tried
        if accepted < NOW and chance.random() < 0.99:
            made.accepted[portal] = accepted
    return made
