"""How much is masked where nobody is named: `python -m benchmarks laws FOLDER [--words N]`.

FOLDER holds texts in UTF-8 (.md, .txt), such as a checkout of github.com/LawRefBook/Laws: laws name nobody, so that
all that is masked in them is masked in error. Printed is how many of their characters are, by kind, and with
`--words` what is masked most often, with what stands around it.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from streams.domain.privacy import PersonalKind, Redactor
from streams.privacy_data import load_lexicon

ENDINGS = frozenset((".md", ".txt"))
SHORTEST = 15
"""Characters of a line; shorter ones are headings."""
AROUND = 12


def lines(folder: Path) -> Iterator[str]:
    """Yield the lines of all texts."""
    for file in sorted(folder.rglob("*")):
        if file.suffix in ENDINGS and file.is_file():
            for line in file.read_text("utf-8", errors="replace").splitlines():
                if len(line.strip()) >= SHORTEST:
                    yield line.strip()


def main() -> None:
    """Count, and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument(
        "--words", type=int, default=0, metavar="N", help="how many words of each kind are shown"
    )
    given = asked.parse_args()
    redactor = Redactor(load_lexicon())
    read = 0
    masked: Counter[PersonalKind] = Counter()
    words: defaultdict[PersonalKind, Counter[str]] = defaultdict(Counter)
    seen: dict[tuple[PersonalKind, str], str] = {}
    for line in lines(given.folder):
        read += len(line)
        for start, end, kind, _ in redactor.spans(line):
            word = line[start:end]
            masked[kind] += end - start
            words[kind][word] += 1
            around = f"{line[max(0, start - AROUND) : start]}{{{word}}}{line[end : end + AROUND]}"
            seen.setdefault((kind, word), around)
    print(f"{read:,} characters, {100 * masked.total() / max(read, 1):.4f} % masked")
    for kind, characters in masked.most_common():
        print(f"{kind:14s}{characters:8d}{100 * characters / read:10.4f} %")
        for word, often in words[kind].most_common(given.words):
            print(f"{often:8d}  {seen[kind, word]}")


if __name__ == "__main__":
    main()
