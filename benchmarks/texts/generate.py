"""Makes labelled texts in the style of decisions: templates × wordings × values × typing noise, invented people.

`python benchmarks/texts/generate.py seen|unseen|clerks|kept COUNT [SEED]` writes JSON lines of
`{"id","text","spans","keep","ignore"}`. The rules were mended on `seen` and `clerks`; `unseen` and `kept` have
templates and values of their own, of which only totals by kind are looked at.

Markup: `<KIND>` a value of that kind, labelled; `<KIND=words>` these words, labelled; `<PERSON#1>` the first
person again, `<GIVEN#1>` by the given name; `{…}` must stay; `~…~` counts neither way; `[a|b]` one of both.
"""

import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE)]

from noise import noisy_digits, noisy_home, noisy_text  # noqa: E402 -- found beside this script
from rarer import RarerValues  # noqa: E402 -- likewise
from values import Values  # noqa: E402 -- likewise

TOKEN = re.compile(r"<([A-Za-z_!]+)(?:#(\d)|=([^>]+))?>|([{}~])|([^<{}~])")
WORDING = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")


def labelled(values: Values) -> dict[str, tuple[str, Callable[[], str]]]:
    """Return placeholder of personal data → kind and maker."""
    v, chance = values, values.chance

    def number(make: Callable[[], str]) -> Callable[[], str]:
        return lambda: noisy_digits(make(), chance)

    return {
        "PERSON": ("PERSON", v.name),
        "CITIZEN_ID": ("CITIZEN_ID", number(lambda: v.citizen_id().replace("X", chance.choice("Xx")))),
        "OLD_ID": ("CITIZEN_ID", v.old_id),
        "MOBILE": ("MOBILE", number(v.mobile)),
        "LANDLINE": ("LANDLINE", v.landline),
        "EMAIL": ("EMAIL", lambda: v.email().replace("@", chance.choice(("@", "@", "@", "＠")))),
        "IM": ("IM_ACCOUNT", v.account),
        "NICK": ("IM_ACCOUNT", lambda: v.pick("nick")),
        "BANK_CARD": ("BANK_CARD", number(v.card)),
        "PLATE": ("PLATE", v.plate),
        "PLATEGUA": ("PLATE", lambda: v.plate("挂")),
        "HEALTH": ("HEALTH", lambda: v.pick("health")),
        "CARRIER": ("HEALTH", lambda: v.pick("carrier")),
        "LEVEL": ("HEALTH", lambda: v.pick("level")),
        "DISABLED": ("HEALTH", lambda: v.pick("disabled")),
        "ALLERGY": ("HEALTH", lambda: v.pick("allergy")),
        "RELIGION": ("RELIGION", lambda: v.pick("religion")),
        "BELIEVER": ("RELIGION", lambda: v.pick("believer")),
        "NOBELIEF": ("RELIGION", lambda: v.pick("nobelief")),
    }


def rarer(values: Values) -> dict[str, tuple[str, Callable[[], str]]]:
    """Return placeholder → kind and maker of what only the third family of templates has."""
    if not isinstance(values, RarerValues):
        return {}
    return {
        "PERSON_SPACED": ("PERSON", values.spaced_name),
        "PERSON_DOT": ("PERSON", values.dotted_name),
        "NICKNAME": ("IM_ACCOUNT", values.nickname),
        "HANDLE": ("IM_ACCOUNT", values.handle),
        "QQ": ("IM_ACCOUNT", values.qq),
        "LAND_BARE": ("LANDLINE", values.run_together),
        "OLD_SPACED": ("CITIZEN_ID", values.spaced_old_id),
        "OLD_WIDE": ("CITIZEN_ID", values.wide_old_id),
        "MOBILE_DOTTED": ("MOBILE", values.dotted_mobile),
        "MOBILE_SPOKEN": ("MOBILE", values.spoken_mobile),
    }


def public(values: Values) -> dict[str, tuple[str, Callable[[], str]]]:
    """Return placeholder of everything else → "keep", "ignore" or "" and maker."""
    v, chance = values, values.chance

    def day() -> str:
        return f"{chance.randint(2021, 2026)}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日"

    def case() -> str:
        authority = chance.choice(("济历市监处罚", "芝卫公罚", "锦综执罚决"))
        return f"{authority}〔2026〕{chance.randint(1, 999)}号"

    def order() -> str:
        prefix = chance.choice(("SP", "ZL", "", "", "SF"))
        return prefix + "2026" + v.digits(chance.choice((6, 8, 9, 12)))

    pools = {"firm": "firms", "shop": "shops", "hospital": "hospitals", "org": "orgs", "law": "laws"}
    return {
        "HEALTH!": ("", lambda: v.pick("health")),
        "party": ("ignore", v.name),
        "party2": ("ignore", v.name),
        "govphone": ("ignore", v.landline),
        **{token: ("keep", lambda pool=pool: v.pick(pool)) for token, pool in pools.items()},
        "premises": ("keep", lambda: v.pick("premises")),
        "date": ("", day),
        "money": ("", lambda: f"{chance.randint(1, 99)},{v.digits(3)}.{v.digits(2)}元"),
        "case": ("", case),
        "order": ("", order),
        "mobileorder": ("", v.mobile),
        "idlike": ("", lambda: v.citizen_id(sound=False)),
        "uscc": ("", lambda: "91370102MA3" + v.digits(6) + "X"),
    }


class Filling:
    """One text in the making: what is written so far and what is labelled in it."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self.text = ""
        self.spans: list[tuple[int, int, str]] = []
        self.keep: list[str] = []
        self.ignore: list[tuple[int, int]] = []
        self._opened: dict[str, int] = {}
        self._people: list[str] = []
        self._kinds = {**labelled(values), **rarer(values), **public(values)}

    def put(self, match: re.Match[str]) -> None:
        """Write what one token stands for."""
        token, again, words, sign, plain = match.groups()
        start = len(self.text)
        if plain:
            self.text += plain
        elif sign == "}":
            self.keep.append(self.text[self._opened["{"] :])
        elif sign == "~" and "~" in self._opened:
            self.ignore.append((self._opened.pop("~"), start))
        elif sign:
            self._opened[sign] = start
        elif words:
            self._write(words, "HOME_ADDRESS" if token == "HOME" else token)
        elif token == "HOME":
            self._home()
        elif token == "GIVEN":
            name = self._people[int(again) - 1]
            self._write(name[1:] if len(name) == 3 else name, "PERSON")
        else:
            kind, make = self._kinds[token]
            known = again and token == "PERSON" and len(self._people) >= int(again)
            value = self._people[int(again) - 1] if known else make()
            if token == "PERSON":
                self._people.append(value)
            self._write(value, kind)

    def _write(self, value: str, kind: str) -> None:
        start = len(self.text)
        self.text += value
        if kind == "keep":
            self.keep.append(value)
        elif kind == "ignore":
            self.ignore.append((start, len(self.text)))
        elif kind == "LANDLINE" and "转" in value:
            sign = start + value.index("转")
            self.spans += [(start, sign, kind), (sign + 1, len(self.text), kind)]
        elif kind:
            self.spans.append((start, len(self.text), kind))

    def _home(self) -> None:
        chance = self.values.chance
        division = "" if chance.random() < 0.07 else self.values.pick("divisions")
        if division:
            self._write(division, "ignore")
        self._write(noisy_home(self.values.home(), chance), "HOME_ADDRESS")

    def record(self) -> dict[str, Any]:
        """Return the record: places as objects, and only the keep strings that stand free of labels."""
        signs = noisy_text(self.text, self.values.chance)
        text = self.text.translate(signs)
        busy = [False] * len(text)
        for start, end, *_ in (*self.spans, *self.ignore):
            busy[start:end] = [True] * (end - start)
        keep = [
            part
            for part in dict.fromkeys(part.translate(signs) for part in self.keep)
            if any(not any(busy[m.start() : m.end()]) for m in re.finditer(re.escape(part), text))
        ]
        spans = [{"start": s, "end": e, "kind": k} for s, e, k in self.spans]
        return {
            "text": text,
            "spans": spans,
            "keep": keep,
            "ignore": [{"start": s, "end": e} for s, e in self.ignore],
        }


def worded(template: str, chance: random.Random) -> str:
    """Return a template with one of each group of wordings; groups do not nest."""
    return WORDING.sub(lambda group: chance.choice(group[1].split("|")), template)


def texts(split: str, count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield `count` labelled texts of a split."""
    lines = (HERE / f"{split}.txt").read_text("utf-8").splitlines()
    templates = [line for line in lines if line and not line.startswith("#")]
    drawn = RarerValues if split in ("clerks", "kept") else Values
    values = drawn(split, random.Random(f"{split}{seed}"))
    for number in range(count):
        filling = Filling(values)
        for token in TOKEN.finditer(worded(templates[number % len(templates)], values.chance)):
            filling.put(token)
        yield {"id": f"{split}-{number % len(templates):03}-{number}", **filling.record()}


if __name__ == "__main__":
    for one in texts(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1):
        print(json.dumps(one, ensure_ascii=False))
