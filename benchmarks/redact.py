"""How well and how fast personal data is found, side by side: `python benchmarks/redact.py [COUNT]`.

Prints character recall, over-masking and broken keep strings on generated texts, on the split that the rules
were mended on and on the one that they never see; then speed on one core, beside plain patterns and beside
jionlp and Presidio where those are installed; then the slowest of texts made to be slow.
"""

import importlib
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE / "texts")]

from generate import texts  # noqa: E402 -- found beside this script

from streams.domain.privacy import Redactor  # noqa: E402 -- found above this script
from streams.privacy_data import load_lexicon  # noqa: E402

Finder = Callable[[str], list[tuple[int, int]]]
PLAIN = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)\d{17}[\dXx](?!\d)",
        r"(?<!\d)1[3-9]\d{9}(?!\d)",
        r"(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)",
        r"[\w.+-]+@[\w-]+\.[\w.-]+",
        r"(?<!\d)[1-9]\d{15,18}(?!\d)",
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z]·?[A-Z0-9]{5,6}",
        r"(?<=微信号：)[A-Za-z0-9_-]{5,20}",
        r"(?<=住址：)[^，。；]{5,60}",
        r"(?<=患有)[^，。；]{2,20}",
        r"(?<=证人)[\u4e00-\u9fff]{2,3}",
    )
)
SLOW = (
    "1",
    "1 ",
    "1-",
    "138",
    "住",
    "患",
    "糖尿病、",
    "张伟、",
    "艾·",
    "“",
    "（男，",
    "\u200b",
    "1号楼",
    "QQ",
    "0551-",
    "《",
    "、左",
    "a@",
    "鲁A",
)
SLOW_LENGTH = 100_000


def plain(text: str) -> list[tuple[int, int]]:
    """Find with ten plain patterns."""
    return [match.span() for pattern in PLAIN for match in pattern.finditer(text)]


def finders() -> dict[str, Finder]:
    """Return what can be compared here, by name."""
    redactor = Redactor(load_lexicon())
    found: dict[str, Finder] = {
        "gongshi": lambda text: [(span.start, span.end) for span in redactor.spans(text)],
        "plain patterns": plain,
    }
    try:
        jionlp: Any = importlib.import_module("jionlp")
    except ImportError:
        print("jionlp: not installed, left out (pip install jionlp)")
    else:
        names = ("extract_id_card", "extract_cell_phone", "extract_phone_number", "extract_email")
        functions = [getattr(jionlp, name) for name in (*names, "extract_motor_vehicle_licence_plate")]
        found["jionlp"] = lambda text: [
            tuple(one["offset"]) for function in functions for one in function(text, detail=True)
        ]
    try:
        presidio: Any = importlib.import_module("presidio_analyzer")
    except ImportError:
        print("Presidio: not installed, left out (pip install presidio-analyzer)")
    else:
        recognizers = [
            presidio.PatternRecognizer(
                supported_entity=f"K{number}",
                supported_language="zh",
                patterns=[presidio.Pattern(str(number), pattern.pattern, 1.0)],
            )
            for number, pattern in enumerate(PLAIN)
        ]
        found["Presidio's patterns"] = lambda text: [
            (one.start, one.end) for r in recognizers for one in r.analyze(text, r.supported_entities)
        ]
    return found


def quality(finder: Finder, records: list[dict[str, Any]]) -> dict[str, float]:
    """Return character recall by kind and in all, over-masking, and keep strings broken."""
    hit: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    over = free = broken = 0
    for record in records:
        text = record["text"]
        marked, busy = bytearray(len(text)), bytearray(len(text))
        for start, end in finder(text):
            marked[start:end] = b"\1" * (end - start)
        for span in record["spans"]:
            places = [at for at in range(span["start"], span["end"]) if not text[at].isspace()]
            all_[span["kind"]] += len(places)
            hit[span["kind"]] += sum(marked[at] for at in places)
        for span in (*record["spans"], *record["ignore"]):
            busy[span["start"] : span["end"]] = b"\1" * (span["end"] - span["start"])
        free += busy.count(0)
        over += sum(1 for mark, used in zip(marked, busy, strict=True) if mark and not used)
        masked = "".join("*" if mark else sign for sign, mark in zip(text, marked, strict=True))
        broken += sum(part not in masked for part in record["keep"])
    figures = {kind: 100 * hit[kind] / all_[kind] for kind in sorted(all_)}
    return {
        "ALL": 100 * hit.total() / all_.total(),
        **figures,
        "over-masked %": 100 * over / free,
        "keep broken": broken,
    }


def speed(finder: Finder, records: list[dict[str, Any]]) -> float:
    """Return texts of 300 characters a second on one core, the best of five runs."""
    whole = "".join(record["text"] for record in records)
    best = 0.0
    for run in range(5):
        # other texts in every run: the redactor remembers what it has seen
        parts = [whole[at : at + 300] for at in range(37 * run, min(len(whole), 300_000) - 300, 300)]
        started = time.perf_counter()
        for part in parts:
            finder(part)
        best = max(best, len(parts) / (time.perf_counter() - started))
    return best


def main() -> None:
    """Print the tables."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    splits = {split: list(texts(split, count)) for split in ("seen", "unseen")}
    compared = finders()
    for split, records in splits.items():
        rows = {name: quality(finder, records) for name, finder in compared.items()}
        print(f"\n{split}: {len(records)} texts")
        print(f"{'':16s}" + "".join(f"{name:>22s}" for name in rows))
        for key in rows["gongshi"]:
            print(f"{key:16s}" + "".join(f"{row[key]:22.2f}" for row in rows.values()))
    print("\ntexts of 300 characters a second, one core")
    for name, finder in compared.items():
        print(f"{name:22s}{speed(finder, splits['seen']):10.0f}")
    per_text = 300 / speed(compared["gongshi"], splits["seen"]) / 300
    print(f"\nslowest of texts of {SLOW_LENGTH} characters, as multiples of the usual time a character")
    for part in SLOW:
        text = part * (SLOW_LENGTH // len(part))
        started = time.perf_counter()
        compared["gongshi"](text)
        print(f"{part!r:12s}{(time.perf_counter() - started) / len(text) / (per_text / 300):8.1f}")


if __name__ == "__main__":
    main()
