"""How long the rules take for one decision: `python -m benchmarks.validation [COUNT]`.

Prints the median and the 99th percentile of `check` in µs, over the sample decisions and over COUNT (default
20,000) generated ones, whose numbers, names, days, amounts and texts are all different, so that no cache helps;
and the share of one decision's time that reading the row, the rules and the catalogue take.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

from connectors.rows import to_submitted
from streams.catalogue.file import load_calendar, load_catalogue
from streams.domain.enriching import enrich
from streams.domain.identifiers import uscc_check_digit
from streams.domain.stages import Checked, EventId, Origin, Submitted
from streams.domain.validation import check
from streams.samples.loader import samples

TODAY = date(2026, 9, 25)
NOW = datetime(2026, 9, 25, 2, tzinfo=UTC)
CALENDAR = load_calendar()
CATALOGUE = load_catalogue()
ORIGIN = Origin(connector="samples", department="", reference="")
SIGNS = "济南市历下区云麓食品有限公司经营者当事人未按规定公示许可证件在店堂海报中使用用语核实无依据"
WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def generated(count: int) -> Iterator[dict[str, str]]:
    """Yield good rows, a penalty and a licence in turn."""
    chance = random.Random(7)
    good = [
        row for row in samples(TODAY, CALENDAR.is_working_day) if isinstance(checked(submitted(row)), Checked)
    ]
    for _ in range(count):
        row = dict(chance.choice(good))
        prefix = "CF" if "CF_WSH" in row else "XK"
        row[f"{prefix}_XDR_MC"] = text(chance, 12)
        if row.get(f"{prefix}_XDR_SHXYM", "").startswith("91"):
            row[f"{prefix}_XDR_SHXYM"] = credit_code(chance)
        row[f"{prefix}_WSH"] = f"{row[f'{prefix}_WSH'][:4]}〔2026〕{chance.randint(1, 999_999)}号"
        day = TODAY - timedelta(days=chance.randint(0, 2000))
        row[f"{prefix}_JDRQ"] = day.isoformat()
        if prefix == "CF":
            row["CF_SY"] = text(chance, chance.randint(50, 1500))
            if "CF_NR_FK" in row:
                yuan = chance.randint(100, 9_000_000)
                row["CF_NR_FK"] = f"{yuan / 10_000:.4f}"
                row["CF_NR"] = f"责令改正，罚款人民币{yuan}元。"
        else:
            row["XK_YXQZ"] = day.isoformat()
            row["XK_NR"] = text(chance, chance.randint(20, 400))
        yield row


def text(chance: random.Random, length: int) -> str:
    """Return that many Chinese characters."""
    return "".join(chance.choices(SIGNS, k=length))


def credit_code(chance: random.Random) -> str:
    """Return a valid 统一社会信用代码 of a company."""
    body = f"MA{chance.randint(0, 999_999):06}"
    total = sum(int(sign, 36) * weight for sign, weight in zip(body, WEIGHTS, strict=True))
    code = f"91370102{body}{'0X987654321'[total % 11]}"
    return code + uscc_check_digit(code)


def submitted(row: dict[str, str]) -> Submitted:
    """Hand in a row."""
    return to_submitted(row, kind=None, origin=ORIGIN, now=NOW, event_id=EventId(""), revision=1)


def checked(event: Submitted) -> object:
    """Apply the rules."""
    return check(event, today=TODAY, calendar=CALENDAR)


def timed(work: Callable[[], object]) -> float:
    """Return how many µs `work` takes."""
    start = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - start) / 1000


def tell(name: str, rows: list[dict[str, str]]) -> None:
    """Print a line on some rows, and how the time is shared."""
    events = [submitted(row) for row in rows]
    times = [timed(lambda event=event: checked(event)) for event in events]
    passed = [one for one in map(checked, events) if isinstance(one, Checked)]
    reading = sum(timed(lambda row=row: submitted(row)) for row in rows) / len(rows)
    enriching = statistics.fmean(
        timed(lambda one=one: enrich(one, catalogue=CATALOGUE, calendar=CALENDAR)) for one in passed
    )
    rules = statistics.fmean(times)
    total = reading + rules + enriching
    print(
        f"{name:10} {len(rows):7,} rows  {len(passed) / len(rows):4.0%} pass  "
        f"check: median {statistics.median(times):6.1f} µs, 99 % {statistics.quantiles(times, n=100)[98]:6.1f} µs  "
        f"time: reading {reading / total:3.0%}, rules {rules / total:3.0%}, catalogue {enriching / total:3.0%}"
    )


if __name__ == "__main__":
    known = samples(TODAY, CALENDAR.is_working_day)
    tell("samples", list(known) * 20)
    tell("generated", list(generated(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)))
