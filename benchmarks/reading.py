"""How fast spreadsheets are read and checked, and in how much memory: `python -m benchmarks.reading [ROWS]`.

Writes a workbook and a .csv of so many rows (100,000) and all 30 columns, then reads and checks each in a
process of its own, and runs `gongshi check` on it. Shares are of the time of reading and checking together;
seconds are of the processor, so that other work on the machine changes them little. `refused` hands every row
back with its reasons, as `gongshi submit --report` does.
"""

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter

from connectors.desk import Line
from connectors.files import read
from connectors.rows import to_submitted
from connectors.xlsx.returned import ReturnedRows
from streams.catalogue.file import load_calendar, load_catalogue
from streams.domain.columns import PENALTY
from streams.domain.judging import judge
from streams.domain.stages import EventId, Origin

ROWS = 100_000
TODAY = date(2026, 9, 25)
MIB = 1024


def rows(count: int) -> Iterator[dict[str, str]]:
    """Yield decisions; nine of their texts are their own, as in a year of one department."""
    for number in range(count):
        fine = number % 90 + 1
        yield {
            "CF_XDR_MC": f"济南云麓{number}食品有限公司",
            "CF_XDR_LB": "法人及非法人组织",
            "CF_XDR_SHXYM": "91370102MA0E7K2Q8A",
            "CF_XDR_SWDJ": f"{370100000000000 + number}",
            "CF_FRDB": f"卢明{number % 3000}",
            "CF_FR_ZJLX": "护照号",
            "CF_FR_ZJHM": f"E{10_000_000 + number}",
            "CF_WSH": f"济市监罚〔2026〕{number}号",
            "CF_WFXW": "发布违法广告",
            "CF_SY": f"当事人在第{number}号店堂海报中使用“最佳”等用语，经查属实，情节一般，依法应予处罚。",
            "CF_YJ": "《中华人民共和国广告法》第五十七条第一项",
            "CF_CFLB": "罚款",
            "CF_NR": f"罚款人民币{fine}万元。",
            "CF_NR_FK": f"{fine}",
            "CF_JDRQ": "2026-09-22",
            "CF_YXQ": "2027-09-22",
            "CF_GSJZQ": "2027-09-22",
            "CF_CFJG": "济南市市场监督管理局",
            "CF_CFJGDM": "11370100MB9A000146",
            "CF_SJLY": "济南市市场监督管理局",
            "CF_SJLYDM": "11370100MB9A000146",
            "BZ": f"第{number}行",
        }


def write_csv(file: Path, count: int) -> None:
    """Write the rows as Excel in China saves them."""
    with file.open("w", encoding="gb18030", newline="") as stream:
        writer = csv.DictWriter(stream, [column.code for column in PENALTY])
        writer.writerow({column.code: column.name for column in PENALTY})
        writer.writerows(rows(count))


def write_xlsx(file: Path, count: int) -> None:
    """Write the rows with shared strings, numbers and days, as Excel does; empty cells are formatted ones."""
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("处罚")
        days, texts = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "@"})
        sheet.write_row(0, 0, [column.name for column in PENALTY])
        for at, row in enumerate(rows(count), start=1):
            for place, column in enumerate(PENALTY):
                value = row.get(column.code, "")
                if column.code == "CF_NR_FK":
                    sheet.write_number(at, place, float(value))
                elif value and column.form.value == "day":
                    sheet.write_datetime(at, place, datetime.fromisoformat(value), days)
                elif value:
                    sheet.write_string(at, place, value, texts)
                else:
                    sheet.write_blank(at, place, None, texts)


def measure(file: Path, *, refused: bool) -> dict[str, float]:
    """Read and check a file in this process."""
    calendar, catalogue, now = load_calendar(), load_catalogue(), datetime(2026, 9, 25, tzinfo=UTC)
    origin = Origin(connector="file", department="", reference="")
    reading = rules = returning = 0
    count = accepted = 0
    with ReturnedRows() as returned:
        source = read(file)
        while True:
            begun = time.process_time_ns()
            row = next(source, None)
            had = time.process_time_ns()
            reading += had - begun
            if row is None:
                break
            one = to_submitted(
                row.values, kind=None, origin=origin, now=now, event_id=EventId("e"), revision=0
            )
            if refused:
                one.columns.pop("CF_NR_FK", None)  # type: ignore[attr-defined]  # a dict, as just made
            verdict = judge(one, today=TODAY, calendar=calendar, catalogue=catalogue)
            rules += (done := time.process_time_ns()) - had
            count, accepted = count + 1, accepted + verdict.ok
            if refused:
                returned.add(
                    file.name,
                    Line(row=row, kind=one.kind, key="", event_id="", sent=True, findings=verdict.findings),
                )
                returning += time.process_time_ns() - done
        if refused:
            begun = time.process_time_ns()
            returned.write(file.with_name("refused.xlsx"))
            returning += time.process_time_ns() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "rows": count,
        "accepted": accepted,
        "reading": reading / 1e9,
        "rules": rules / 1e9,
        "returning": returning / 1e9,
        "peak": peak / MIB,
    }


def command(file: Path) -> tuple[float, float]:
    """Run `gongshi check` on a file; return seconds on the clock and its peak of memory in MiB."""
    script = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    gongshi = Path(sys.executable).with_name("gongshi")
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script, gongshi, "check", "--today", TODAY.isoformat(), file],
        capture_output=True,
        text=True,
        check=True,
    )
    return time.monotonic() - begun, int(done.stdout) / MIB


def apart(mode: str, file: Path, count: int) -> str:
    """Run this module's `mode` in a process of its own; this one must stay small, as its peak counts there."""
    program = (sys.executable, "-m", "benchmarks.reading", mode, str(file), str(count))
    return subprocess.run(program, capture_output=True, text=True, check=True).stdout


def main(count: int) -> None:
    """Write the files, and print a line for each."""
    print(
        f"{'':14}{'rows/s read':>12}{'rows/s all':>12}{'reading':>9}{'rules':>7}{'back':>6}{'peak MiB':>10}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name in ("a.csv", "a.xlsx"):
            file = Path(folder) / name
            apart("write", file, count)
            for mode in ("accepted", "refused"):
                told = json.loads(apart(mode, file, count))
                total = told["reading"] + told["rules"] + told["returning"]
                print(
                    f"{file.suffix[1:]:5}{mode:9}{count / told['reading']:>12,.0f}{count / total:>12,.0f}"
                    f"{told['reading'] / total:>9.0%}{told['rules'] / total:>7.0%}"
                    f"{told['returning'] / total:>6.0%}{told['peak']:>10.0f}"
                )
            seconds, peak = command(file)
            print(f"gongshi check {name}: {count / seconds:,.0f} rows/s on the clock, {peak:.0f} MiB")


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "write":
        written = Path(sys.argv[2])
        (write_csv if written.suffix == ".csv" else write_xlsx)(written, int(sys.argv[3]))
    elif len(sys.argv) == 4:
        print(json.dumps(measure(Path(sys.argv[2]), refused=sys.argv[1] == "refused")))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
