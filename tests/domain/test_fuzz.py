"""A great many broken rows through all of the rules: no crash, nothing published that should not be."""

import json
import random
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from stdnum.iso7064 import mod_11_2

from connectors.rows import to_submitted
from streams.catalogue.file import load_catalogue
from streams.domain import enumerations
from streams.domain.calendar import Calendar
from streams.domain.columns import TEMPLATES, Publicity
from streams.domain.desensitizing import desensitize
from streams.domain.enriching import enrich
from streams.domain.folding import compact, halfwidth
from streams.domain.holding import hold
from streams.domain.privacy import Redactor
from streams.domain.stages import (
    Action,
    Enriched,
    EventId,
    Origin,
    Outcome,
    Public,
    Rejected,
    Released,
    Severity,
    Submitted,
    Withheld,
)
from streams.domain.validation import check
from streams.privacy_data import load_lexicon

ROWS = 20_000
TODAY = date(2026, 9, 25)
NOW = datetime(2026, 9, 25, 2, tzinfo=UTC)
BASES = tuple(
    tomllib.loads((Path(__file__).parent / "examples.toml").read_text(encoding="utf-8"))["base"].values()
)
COLUMNS = tuple({code: column for columns in TEMPLATES.values() for code, column in columns.items()})
JUNK = (
    "", " ", "无", "0", "-1", "1e9", "NaN", "\x00", "\ufffd", "\ud800", "=1+1", "'; DROP TABLE x; --",
    "<b>&amp;", "{name}", "{0}", "%s", "00000000000000000X", "长期", "9999-12-31", "贰万元整", "万元", "¥",
    "2026-09-31", "其他", "责令改正", "简易程序", "92", "🏛", "\u202e倒", "א", "〔〕", "|", "||", "\u200b",
    "Ａ", "½",
)  # fmt: skip
SECRET = tuple(enumerations.GROUNDS)
MARKINGS = ("机密★10年", "绝密★", "秘密☆5年", "（内部资料）", "国家秘密")
CALENDAR = Calendar()
CATALOGUE = load_catalogue()

Mutation = Callable[[random.Random, dict[str, str], str], None]


def citizen_number(chance: random.Random) -> str:
    """Return a valid 公民身份号码 of an adult."""
    region = chance.choice(("370102", "110101", "510104"))
    body = f"{region}{chance.randint(1940, 2005)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    body += f"{chance.randint(0, 999):03}"
    return body + mod_11_2.calc_check_digit(body)


def _drop(chance: random.Random, row: dict[str, str], number: str) -> None:
    row.pop(chance.choice(list(row)), None)


def _junk(chance: random.Random, row: dict[str, str], number: str) -> None:
    row[chance.choice(COLUMNS)] = chance.choice(JUNK) * chance.choice((1, 1, 1, 3, 400))


def _noise(chance: random.Random, row: dict[str, str], number: str) -> None:
    column = chance.choice(list(row))
    text = list(row[column])
    for _ in range(chance.randint(1, 4)):
        text.insert(chance.randint(0, len(text)), chance.choice(JUNK))
    row[column] = "".join(text)


def _cut(chance: random.Random, row: dict[str, str], number: str) -> None:
    column = chance.choice(list(row))
    row[column] = row[column][: chance.randint(0, len(row[column]))]


def _swap(chance: random.Random, row: dict[str, str], number: str) -> None:
    one, other = chance.choice(list(row)), chance.choice(list(row))
    row[one], row[other] = row[other], row[one]


def _wide(chance: random.Random, row: dict[str, str], number: str) -> None:
    column = chance.choice(list(row))
    row[column] = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in row[column])


def _header(chance: random.Random, row: dict[str, str], number: str) -> None:
    column = chance.choice(list(row))
    name = next((t[column].name for t in TEMPLATES.values() if column in t), column)
    row[chance.choice((column.lower(), f"*{column}", f"{name}（必填）", f" {column}\n"))] = row.pop(column)


def _number_in_text(chance: random.Random, row: dict[str, str], number: str) -> None:
    column = chance.choice(list(row))
    parts = (number[:6], number[6:14], number[14:])
    written = chance.choice(
        (number, " ".join(parts), "-".join(parts), number.lower(), "\u200b".join(parts), "".join(
            chr(ord(sign) + 0xFEE0) for sign in number
        ))
    )  # fmt: skip
    place = chance.randint(0, len(row[column]))
    alone = chance.random() < 0.5 or not column.endswith(("_WSH", "_MC"))
    text = f"（公民身份号码：{written}）" if alone else written
    row[column] = row[column][:place] + text + row[column][place:]


def _withheld(chance: random.Random, row: dict[str, str], number: str) -> None:
    row["不予公开理由"] = chance.choice(SECRET)


def _marked(chance: random.Random, row: dict[str, str], number: str) -> None:
    column = chance.choice(list(row))
    place = chance.randint(0, len(row[column]))
    row[column] = row[column][:place] + chance.choice(MARKINGS) + row[column][place:]


def _about(chance: random.Random, row: dict[str, str], number: str) -> None:
    header = chance.choice(("动作", "原因", "公开范围", "event_id", "revision", "SXBM", "kind"))
    row[header] = chance.choice(("撤销", "更正", "2", "9", f"{number}要求", "x" * 600, "处罚", *JUNK))


MUTATIONS: tuple[Mutation, ...] = (
    _drop, _junk, _junk, _noise, _cut, _swap, _wide, _header, _number_in_text, _number_in_text, _withheld,
    _marked, _about,
)  # fmt: skip


def mutated(chance: random.Random) -> tuple[dict[str, str], str]:
    """Return a row that was good once, and the identity number of its person."""
    row = dict(chance.choice(BASES))
    number = citizen_number(chance)
    prefix = "CF" if "CF_WSH" in row else "XK"
    row[f"{prefix}_XDR_ZJHM" if f"{prefix}_XDR_ZJHM" in row else f"{prefix}_FR_ZJHM"] = number
    for _ in range(chance.choice((0, 1, 1, 2, 3, 6))):
        if row:
            chance.choice(MUTATIONS)(chance, row, number)
    return row, number


def outcome(row: Mapping[str, str], redactor: Redactor) -> tuple[Submitted, Outcome]:
    """Take one row all the way."""
    submitted = to_submitted(
        row,
        kind=None,
        origin=Origin(connector="file", department="", reference="x.csv:1"),
        now=NOW,
        event_id=EventId("01890a5d-ac96-774b-bcce-b302099a8057"),
        revision=1,
    )
    checked = check(submitted, today=TODAY, calendar=CALENDAR)
    if isinstance(checked, Rejected):
        return submitted, checked
    enriched = enrich(checked, catalogue=CATALOGUE, calendar=CALENDAR)
    if isinstance(enriched, Withheld):
        return submitted, enriched
    assert isinstance(enriched, Enriched)
    return submitted, hold(desensitize(enriched, redactor=redactor), enriched)


def _published(public: Public) -> str:
    texts = (public.key, public.reason, public.department, *(str(value) for value in public.values.values()))
    return "\n".join("".join(sign for sign in compact(halfwidth(text)) if sign.isalnum()) for text in texts)


def _mistake(row: Mapping[str, str], number: str, submitted: Submitted, made: Outcome) -> str:
    """Return what is wrong with an outcome, "" when nothing is."""
    if isinstance(made, Rejected):
        quoted = any(number in finding.message for finding in made.findings)
        if quoted:
            return "a finding quotes the number"
        errors = any(finding.severity is Severity.ERROR for finding in made.findings)
        return "" if errors else "refused without an error"
    return _leak(number, submitted, made) if isinstance(made, Released) else ""


def _leak(number: str, submitted: Submitted, made: Released) -> str:
    """Return what should not have been published, "" when nothing is."""
    public = made.public
    if submitted.ground is not None and submitted.action is not Action.WITHDRAW:
        return "published in spite of a ground"
    marked = any(
        sign in text for text in made.shared.values.values() if type(text) is str for sign in MARKINGS
    )
    if marked and submitted.action is not Action.WITHDRAW:
        return "published in spite of a marking"
    columns = TEMPLATES[public.kind]
    if any(columns[code].publicity is Publicity.RESTRICTED for code in public.values):
        return "a restricted column is public"
    return "the identity number is public" if number.upper() in _published(public).upper() else ""


def test_twenty_thousand_broken_rows() -> None:
    """20,000 mutated rows have each one outcome, on every run; no number and no marking is public."""
    redactor = Redactor(load_lexicon())
    chance = random.Random(20260925)  # noqa: S311 -- chance that can be repeated
    kinds: Counter[str] = Counter()
    mistakes = []
    for _ in range(ROWS):
        row, number = mutated(chance)
        submitted, made = outcome(row, redactor)
        kinds[type(made).__name__] += 1
        problem = _mistake(row, number, submitted, made)
        if not problem and chance.random() < 0.1 and outcome(row, redactor) != (submitted, made):
            problem = "the second run differs"
        if problem:
            mistakes.append((problem, json.dumps(row, ensure_ascii=True)))
    assert mistakes[:3] == []
    assert min(kinds[name] for name in ("Released", "Rejected", "Withheld", "Held")) > ROWS / 50
