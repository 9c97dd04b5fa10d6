"""Finds what tells a person's belief; authorities, places, shops and goods keep their names."""

import re
from collections.abc import Iterator

from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_NO_BELIEF = re.compile(r"[无不](?:宗教信仰|信教|信仰宗教|信奉宗教|信仰任何宗教)")
_BEFORE = re.compile(
    r"(?:信仰|信奉|皈依|笃信|信|系|为|是|自称|自述|宗教信仰[：:为是]|宗教[：:])"
    r"[：:（( ]?(?:虔诚的?|一名|名)?$"
)
_AFTER = re.compile(r"(?:信徒|教徒|徒|信众|信教群众|教友|居士|信仰|信仰者|的?信奉者)|[）)，,；;。]")
_BELIEVER = ("穆斯林", "徒", "居士", "教友", "阿訇", "伊玛目")


def detect(reading: Reading) -> Iterator[Span]:
    """Yield terms of belief that describe a person, by what stands around them."""
    text = reading.text
    if "信" in text:
        for match in _NO_BELIEF.finditer(text):
            yield _span(match.start(), match.end(), "no belief")
    for start, end in reading.cues.get("religion.term", ()):
        believes = _BEFORE.search(text, max(0, start - 10), start)
        after = _AFTER.match(text, end)
        alone = text[start - 1 : start] in ("（", "(") and text[end : end + 1] in ("）", ")", "，", ",")
        believer = text[start:end].endswith(_BELIEVER)
        if (
            (believes and (after or believer))
            or (after and after[0] not in "）)，,；;。")
            or alone
            or (believer and alone)
        ):
            yield _span(start, end, "belief of a person")


def _span(start: int, end: int, reason: str) -> Span:
    return Span(start=start, end=end, kind=PersonalKind.RELIGION, reason=reason)
