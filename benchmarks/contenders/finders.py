"""Other ways to find personal data, each in an environment of its own: `finders.py NAME < texts > places`.

Reads JSON lines of `{"text"}`; writes a line of places `[[start, end], …]` for each, then the texts a second of
a second pass. Imports nothing of the project, as its packages' pins may contradict the project's.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from typing import Any

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
REQUIREMENTS = {
    "plain patterns": (),
    "jionlp": ("jionlp==1.5.31",),
    "Presidio": ("presidio-analyzer==2.2.366",),
}


def plain() -> Finder:
    """Return ten plain patterns."""
    return lambda text: [match.span() for pattern in PLAIN for match in pattern.finditer(text)]


def jionlp() -> Finder:
    """Return the extractors of jionlp, which need no model."""
    import jionlp as package  # noqa: PLC0415 -- only in this finder's environment

    names = ("id_card", "phone_number", "email", "qq", "wechat_id", "motor_vehicle_licence_plate")
    functions = [getattr(package, f"extract_{name}") for name in names]

    def find(text: str) -> list[tuple[int, int]]:
        return [tuple(one["offset"]) for function in functions for one in function(text, detail=True)]

    return find


def presidio() -> Finder:
    """Return Presidio's analyzer with the plain patterns as Chinese rules.

    Names would need a Chinese language model, which is not downloaded: the engine's model is a blank one.
    """
    import spacy  # noqa: PLC0415 -- likewise
    from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry  # noqa: PLC0415 -- likewise
    from presidio_analyzer.nlp_engine import SpacyNlpEngine  # noqa: PLC0415 -- likewise

    class Blank(SpacyNlpEngine):
        def __init__(self) -> None:
            super().__init__()
            self.nlp: dict[str, Any] = {"zh": spacy.blank("zh")}

    registry = RecognizerRegistry(supported_languages=["zh"])
    for number, pattern in enumerate(PLAIN):
        rule = Pattern(str(number), pattern.pattern, 1.0)
        kind = f"K{number}"
        registry.add_recognizer(
            PatternRecognizer(supported_entity=kind, supported_language="zh", patterns=[rule])
        )
    engine = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["zh"])
    return lambda text: [(one.start, one.end) for one in engine.analyze(text, "zh")]


FINDERS: dict[str, Callable[[], Finder]] = {"plain patterns": plain, "jionlp": jionlp, "Presidio": presidio}


def main() -> None:
    """Find in every text of stdin, once for the places and once against the clock."""
    find = FINDERS[sys.argv[1]]()
    texts = [json.loads(line)["text"] for line in sys.stdin]
    for text in texts:
        print(json.dumps(find(text)))
    parts = cut("".join(texts))
    started = time.process_time()
    for part in parts:
        find(part)
    print(len(parts) / (time.process_time() - started))


def cut(whole: str) -> list[str]:
    """Return pieces of 300 characters, a thousand at most."""
    return [whole[at : at + 300] for at in range(0, min(len(whole), 300_300) - 300, 300)]


if __name__ == "__main__":
    main()
