"""Reckons a month's figures from the fates themselves: nothing of the program's supervision is used."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise

from streams.domain.stages import Kind
from tests.sinks.supervision.fates import NOW, OUTAGES, TODAY, Fate, HandIn, china
from tests.sinks.supervision.town import DAY, PORTALS
from tests.sinks.test_simulated_year import works

JUMP = 100


@dataclass
class Reckoned:
    """What must come out of one month."""

    figures: dict[tuple[str, str, str], Counter[str]] = field(default_factory=dict)
    """Department, item, kind → name → count."""
    days: dict[tuple[str, str, str], Counter[int]] = field(default_factory=dict)
    findings: Counter[tuple[str, str]] = field(default_factory=Counter)
    gaps: set[tuple[str, str]] = field(default_factory=set)
    jumps: int = 0
    shares: dict[str, Fraction] = field(default_factory=dict)
    """Department → timeliness."""


def reckon(year: Iterable[Fate], number: int) -> Reckoned:
    """Reckon the month of 2026 with that number."""
    found = Reckoned()
    series: dict[str, list[Fate]] = {}
    in_time: Counter[str] = Counter()
    due: Counter[str] = Counter()
    for fate in year:
        series.setdefault(fate.affair.head, []).append(fate)
        place = (fate.affair.department, _item(fate), str(fate.affair.kind))
        live = fate.counted_on >= fate.affair.live
        if fate.counted_on.month == number:
            names = list(_decision(fate)) if live else ["before_go_live"]
            found.figures.setdefault(place, Counter()).update(names)
            public = published(fate)
            if live and public and "exempt" not in names:
                found.days.setdefault(place, Counter())[_working_days(fate.counted_on, public)] += 1
            in_time[fate.affair.department] += "in_time" in names
            due[fate.affair.department] += bool({"in_time", "published_late", "overdue"} & set(names))
        for one in fate.hand_ins:
            if live and not one.ruling and one.outcome != "withdrawn" and china(one.at).month == number:
                _row(found, found.figures.setdefault(place, Counter()), one)
    found.shares = {code: Fraction(in_time[code], count) for code, count in due.items() if count}
    for known in series.values():
        _numbers(found, known, number)
    return found


def published(fate: Fate) -> date | None:
    """Return the day on which the last portal had it."""
    for one in fate.hand_ins:
        if known(one) == "released" and len(one.accepted) == len(PORTALS):
            return china(max(one.accepted.values()))
    return None


def known(one: HandIn) -> str:
    """Return what the review has made of a hand-in by now."""
    return "pending" if one.reviewed is None or one.reviewed >= NOW else one.outcome


def _item(fate: Fate) -> str:
    return fate.affair.code


def _decision(fate: Fate) -> Iterable[str]:
    outcomes = [known(one) for one in fate.hand_ins]
    yield "reported"
    if outcomes[-1] in ("released", "held", "withheld", "withdrawn"):
        yield "valid"
    if any(PORTALS[0] in one.accepted for one in fate.hand_ins):
        yield "own_site"
    if china(fate.hand_ins[0].at) > fate.due:
        yield "received_late"
    public = published(fate)
    # a withdrawal ends the clock when it is asked for
    if outcomes[-1] == "withheld" or fate.hand_ins[-1].outcome == "withdrawn":
        yield "exempt"
    elif public:
        if public <= fate.due:
            yield "in_time"
        else:
            yield from ("published_late", blame(fate))
    elif fate.due < TODAY:
        yield from ("overdue", blame(fate))
    else:
        yield "pending"


def blame(fate: Fate) -> str:
    """Tell who had a late decision when its due day ended."""
    midnight = datetime.combine(fate.due + DAY, time(), UTC) - timedelta(hours=8)
    here = [one for one in fate.hand_ins if one.at < midnight]
    if not here:
        return "late_by_department"
    last = here[-1]
    if last.reviewed is None or last.reviewed >= min(midnight, NOW) or last.outcome == "held":
        return "late_by_platform"
    if last.outcome == "rejected":
        return "late_by_department"
    for portal in PORTALS:
        if portal in last.accepted and last.accepted[portal] < midnight:
            continue
        asked = portal in last.tried and last.tried[portal] < midnight
        down = any(name == portal and began < midnight <= ended for name, began, ended in OUTAGES)
        if not asked and not down:
            return "late_by_platform"
    return "late_by_portal"


def _working_days(decided: date, public: date) -> int:
    """Count the working days after the decision up to the one that the publication counts to."""
    if public <= decided:
        return 0
    counted, day = 0, decided
    while day < public:
        day += DAY
        counted += works(day)
    return counted if works(public) else counted + 1


def _row(found: Reckoned, counts: Counter[str], one: HandIn) -> None:
    counts["rows"] += 1
    match known(one):
        case "rejected":
            counts["rows_refused"] += 1
            found.findings.update(one.findings)
        case "pending":
            pass
        case _:
            counts["rows_valid"] += 1


def _numbers(found: Reckoned, decisions: list[Fate], number: int) -> None:
    decisions = sorted(decisions, key=lambda fate: fate.number)
    seen = {fate.number for fate in decisions}
    for low, high in pairwise(decisions):
        missing = [n for n in range(low.number + 1, high.number) if n not in seen]
        if not missing or high.counted_on.month != number or not _counted(high, number):
            continue
        if len(missing) > JUMP:
            found.jumps += 1
        else:
            found.gaps |= {(high.affair.department, f"{high.affair.head}〔2026〕{n}号") for n in missing}


def _counted(fate: Fate, number: int) -> bool:
    last = date(2026, number + 1, 1) - DAY if number < 12 else date(2026, 12, 31)
    return last >= fate.affair.live


KINDS = tuple(map(str, Kind))
