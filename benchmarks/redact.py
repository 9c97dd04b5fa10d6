"""How well and how fast personal data is found: `python -m benchmarks.redact [--compare] [--texts N] [--file F]`.

Prints character recall, over-masking and broken keep strings on generated texts, on the splits that the rules
were mended on and on those with templates and values of their own, or on a labelled file; with `--compare`
beside plain patterns, jionlp and Presidio, which are installed by uv into passing environments. Then the texts
a second of processor time, none seen before, of those texts, which are full of personal data, and of the samples' own,
in which it is rarer; and how much slower the slowest of texts made to be slow is.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE / "contenders"), str(HERE / "texts")]

from finders import REQUIREMENTS, cut, plain  # noqa: E402 -- found beside this script
from generate import texts  # noqa: E402 -- likewise

from streams.domain.privacy import Redactor  # noqa: E402 -- found above this script
from streams.privacy_data import load_lexicon  # noqa: E402 -- likewise

SAMPLES = HERE.parent / "streams" / "samples" / "decisions.jsonl"
FREE_TEXTS = ("CF_WFXW", "CF_SY", "CF_YJ", "CF_NR", "XK_NR")
Places = list[list[tuple[int, int]]]
SLOW = (
    *("1", "1 ", "1-", "1.", "138", "一", "①", "住", "患", "王", "王小", "王·", "艾·", "在", "经", "的", "，", "。"),
    *("糖尿病、", "张伟、", "证人王", "“", "（", "（男，", "（（", "《", "\u200b", "１", "1号楼", "省", "济南市", "济南市1号"),
    *("QQ", "QQ：a", "微信", "0551-", "(0531)", "、左", "a@", "a.", "@", "鲁A", "电话 ", "电话138", "身份证1", "住住市", "信仰"),
    *("级", "伤残", "顾客王伟糖尿病，", "13900000000；糖尿病；", "阳性", "孕1", "妊娠1", "接受化疗", "扣：1", "骨折，", "左侧", "信佛", "信", "王.王", "谭 洋", "@", "（王", "致", "东区", "微博用户“", "患有慢性", "公司", "地址", "地址，", "（地址：", "名下在", "王某", "某某", "　", "\n", "x", "62"),
)  # fmt: skip
SLOW_LENGTH = 100_000
SLOWEST, TRIES = 8, 4
"""How many are told, and how often each of these is measured again: other work on the machine must not count."""


def rival(name: str, records: Sequence[dict[str, Any]]) -> tuple[Places, float]:
    """Return the places that another way finds, and its texts a second; the environment is made by uv."""
    uv = Path(sys.executable).with_name("uv")
    packages = [part for one in REQUIREMENTS[name] for part in ("--with", one)]
    command = [uv, "run", "--no-project", "--isolated", "--quiet", "--python", sys.executable, *packages]
    script = ["python", str(HERE / "contenders" / "finders.py"), name]
    lines = "".join(json.dumps({"text": record["text"]}) + "\n" for record in records)
    run = subprocess.run([*command, *script], input=lines, capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(f"{name} could not be run: {run.stderr.strip().splitlines()[-1]}")
    *places, rate = [line for line in run.stdout.splitlines() if line[:1] in "[0123456789"]
    return [json.loads(line) for line in places], float(rate)


def quality(places: Places, records: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Return character recall by kind and in all, over-masking, and keep strings broken."""
    hit: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    over = free = broken = 0
    for record, found in zip(records, places, strict=True):
        text = record["text"]
        marked, busy = bytearray(len(text)), bytearray(len(text))
        for start, end in found:
            marked[start:end] = b"\1" * (end - start)
        for span in record["spans"]:
            labelled = [at for at in range(span["start"], span["end"]) if not text[at].isspace()]
            all_[span["kind"]] += len(labelled)
            hit[span["kind"]] += sum(marked[at] for at in labelled)
        for span in (*record["spans"], *record["ignore"]):
            busy[span["start"] : span["end"]] = b"\1" * (span["end"] - span["start"])
        free += busy.count(0)
        over += sum(1 for mark, used in zip(marked, busy, strict=True) if mark and not used)
        masked = "".join("*" if mark else sign for sign, mark in zip(text, marked, strict=True))
        broken += sum(part not in masked for part in record["keep"])
    figures = {kind: 100 * hit[kind] / all_[kind] for kind in sorted(all_)}
    shares = {"over-masked %": 100 * over / free, "keep broken": broken}
    return {"ALL": 100 * hit.total() / all_.total(), **figures, **shares}


def own(redactor: Redactor, records: Sequence[dict[str, Any]]) -> Places:
    """Return the places that gongshi finds."""
    return [[(span.start, span.end) for span in redactor.spans(record["text"])] for record in records]


def speed(redactor: Redactor, whole: str) -> float:
    """Return texts of 300 characters a second, found and masked; the best of five runs over new texts."""
    best = 0.0
    for run in range(5):
        # other texts in every run: the redactor remembers what it has seen
        parts = cut(whole[37 * run :])
        started = time.process_time()
        for part in parts:
            redactor.mask(part)
        best = max(best, len(parts) / (time.process_time() - started))
    return best


def decisions() -> str:
    """Return the free texts of the sample decisions in one."""
    rows = (json.loads(line) for line in SAMPLES.read_text("utf-8").splitlines())
    return "".join(text for row in rows for code, text in row.items() if code in FREE_TEXTS)


def sparse(redactor: Redactor) -> None:
    """Print the speed on the samples' texts, with the plain patterns beside, and how much is personal."""
    whole = decisions()
    # cut at other places in every round: the redactor remembers what it has seen
    parts = [part for first in range(0, 300, 11) for part in cut(whole[first:] + whole[:first])]
    rates = {}
    for name, find in (("plain patterns", plain()), ("gongshi", redactor.mask)):
        started = time.process_time()
        for part in parts:
            find(part)
        rates[name] = len(parts) / (time.process_time() - started)
    places = sum(len(redactor.spans(part)) for part in parts) / len(parts)
    print(f"\nthe samples' texts, {places:.1f} places of personal data in 300 characters, texts/s:")
    print("".join(f"{name}: {rate:.0f}   " for name, rate in rates.items()))


def seconds_of(redactor: Redactor, text: str) -> float:
    """Return how long one text takes."""
    started = time.process_time()
    redactor.mask(text)
    return time.process_time() - started


def slowest(redactor: Redactor, usual: float) -> None:
    """Print the slowest texts of 100,000 characters, and what twice the length takes of each."""
    once = sorted(((seconds_of(redactor, _long(part)), part) for part in SLOW), reverse=True)
    rows = []
    for seconds, part in once[:SLOWEST]:
        text = _long(part)
        best = min(seconds, *(seconds_of(redactor, text) for _ in range(TRIES)))
        twice = min(seconds_of(redactor, text + text) for _ in range(TRIES))
        rows.append((best / len(text) / usual, part, twice / best))
    print(
        f"\ntime a character in {SLOW_LENGTH} characters of one kind, in times of the usual; twice the length"
    )
    for times, part, longer in sorted(rows, reverse=True):
        print(f"{part!r:12s}{times:8.1f}{longer:8.1f}")


def _long(part: str) -> str:
    return part * (SLOW_LENGTH // len(part))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--compare", action="store_true", help="beside plain patterns, jionlp and Presidio")
    parser.add_argument("--texts", type=int, default=5000, help="generated texts of each split")
    parser.add_argument("--file", type=Path, help="labelled texts, JSON lines, instead of generated ones")
    asked = parser.parse_args()
    sets = {split: list(texts(split, asked.texts)) for split in ("seen", "unseen", "clerks", "kept")}
    if asked.file:
        sets = {asked.file.name: [json.loads(line) for line in asked.file.read_text("utf-8").splitlines()]}
    redactor = Redactor(load_lexicon())
    rates: dict[str, float] = {}
    for name, records in sets.items():
        rows = {"gongshi": quality(own(redactor, records), records)}
        rates["gongshi"] = speed(redactor, "".join(record["text"] for record in records))
        for other in REQUIREMENTS if asked.compare else ():
            places, rates[other] = rival(other, records)
            rows[other] = quality(places, records)
        print(f"\n{name}: {len(records)} texts, character recall in percent")
        print(f"{'':16s}" + "".join(f"{way:>16s}" for way in rows))
        for key in rows["gongshi"]:
            print(f"{key:16s}" + "".join(f"{row[key]:16.2f}" for row in rows.values()))
        print(f"{'texts/s':16s}" + "".join(f"{rates[way]:16.0f}" for way in rows))
    sparse(redactor)
    slowest(redactor, 1 / rates["gongshi"] / 300)


if __name__ == "__main__":
    main()
