"""Makes labelled texts in the style of decisions: templates × values × typing noise, invented people only.

`python benchmarks/texts/generate.py seen|unseen COUNT [SEED]` writes JSON lines of
`{"id","text","spans","keep","ignore"}`. The rules were mended on `seen`; `unseen` has templates and values
of its own, of which only totals by kind and template are looked at.
"""

import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TOKEN = re.compile(
    r"<([A-Za-z_!]+)(?:#(\d))?>|([{}~])|(怀孕七个月|妊娠5个月|二级精神残疾|阳性|发热、咳嗽|腹泻、呕吐|发热、乏力|乙肝|穆斯林)!|([^<{}~])"
)
FIXED_RELIGION = ("穆斯林",)
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


class Values:
    """Draws values of one split; every draw depends on the seed alone."""

    def __init__(self, split: str, chance: random.Random) -> None:
        self.pools: dict[str, Any] = {
            key: pools[split] for key, pools in json.loads((HERE / "values.json").read_text("utf-8")).items()
        }
        self.chance = chance

    def pick(self, pool: str) -> str:
        """Return one value of a pool."""
        return str(self.chance.choice(self.pools[pool]))

    def digits(self, count: int) -> str:
        """Return so many digits."""
        return "".join(self.chance.choice("0123456789") for _ in range(count))

    def name(self) -> str:
        """Return an invented person's name."""
        if self.chance.random() < 0.04:
            return self.pick("ethnic")
        letters, pairs = self.pools["given"]
        draw = self.chance.random()
        if draw < 0.08:
            given = self.chance.choice(pairs)
        else:
            given = "".join(self.chance.sample(letters, 2 if draw < 0.82 else 1))
        return self.pick("surnames") + str(given)

    def citizen_id(self, *, sound: bool = True) -> str:
        """Return an identity number; unsound ones have a wrong check digit."""
        region = self.chance.choice(("110102", "320502", "370203", "430102", "510104", "440106", "653101"))
        day = (
            f"{self.chance.randint(1940, 2005)}{self.chance.randint(1, 12):02}{self.chance.randint(1, 28):02}"
        )
        body = region + day + self.digits(3)
        check = "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]
        return body + (check if sound else str((int(check.replace("X", "0")) + 3) % 10))

    def mobile(self) -> str:
        """Return an invented mobile number."""
        return self.chance.choice(("13", "15", "17", "18", "19")) + self.digits(9)

    def card(self) -> str:
        """Return a card number with a right Luhn digit."""
        body = self.chance.choice(("622848", "621226", "622202", "621483", "622588")) + self.digits(
            self.chance.choice((9, 12))
        )
        total = sum(sum(divmod(2 * int(d), 10)) for d in body[::-1][::2]) + sum(
            int(d) for d in body[::-1][1::2]
        )
        return body + str(-total % 10)

    def plate(self, marked: str = "") -> str:
        """Return a number plate."""
        count = 4 if marked else self.chance.choice((5, 5, 6))
        signs = [self.chance.choice("0123456789") for _ in range(count)]
        signs[0] = (
            self.chance.choice("DF")
            if count == 6
            else self.chance.choice(LETTERS.replace("O", "") + "0123456789")
        )
        return f"{self.chance.choice(PROVINCES)}{self.chance.choice('ABCDEFGHJK')}{self.chance.choice(('', '', '·'))}{''.join(signs)}{marked}"

    def home(self) -> str:
        """Return the detail of an invented home address."""
        chance = self.chance
        return self.pick("home").format(
            road=self.pick("roads"),
            road2=self.pick("roads"),
            street=self.chance.choice(("云山街道", "临江街道", "新华街道")),
            street2=chance.choice("东西南北"),
            estate=self.pick("estates"),
            town=self.pick("towns"),
            village=self.pick("villages"),
            hamlet=chance.choice(("大坪", "前进", "大榆树")),
            hutong=chance.choice(("槐树胡同", "史家胡同")),
            firm=chance.choice(("供电局", "二棉厂")),
            community=chance.choice(("和平", "向阳", "春晖")),
            phase=chance.choice("一二三"),
            x=chance.choice("ABC"),
            g=chance.choice("一二三四五"),
            n=chance.randint(1, 399),
            b=chance.randint(1, 30),
            u=chance.randint(1, 4),
            r=chance.randint(101, 3202),
        )

    def landline(self) -> str:
        """Return a landline number."""
        number = self.chance.choice("2345678") + self.digits(6)
        area = self.chance.choice(("0551", "0756", "0478", "0580", "0898"))
        shape = self.chance.random()
        extension = self.chance.choice(("", "", "", "转" + self.digits(3)))
        return (f"({area}){number}0" if shape < 0.2 else f"{area}-{number}") + extension

    def account(self) -> str:
        """Return an account of a messaging service."""
        if self.chance.random() < 0.5:
            return self.chance.choice("123456789") + self.digits(self.chance.randint(7, 9))
        return self.chance.choice(("moon_li", "wx_zhao", "abc-home", "mathzhou", "Liu")) + self.digits(
            self.chance.randint(2, 5)
        )

    def email(self) -> str:
        """Return an e-mail address."""
        user = self.chance.choice(("zhao.min", "li_hua", "wang", "chenxx")) + self.digits(
            self.chance.randint(0, 4)
        )
        return (
            f"{user}@{self.chance.choice(('163.com', 'qq.com', 'outlook.com', 'vip.163.com', 'sina.com.cn'))}"
        )


def noisy_digits(value: str, chance: random.Random) -> str:
    """Return a number as people type it: full width, broken by spaces, dashes or a line end."""
    draw = chance.random()
    if draw < 0.08:
        return value.translate(FULL_WIDTH)
    if draw < 0.20 and len(value) == 11:
        sign = chance.choice(" -")
        return f"{value[:3]}{sign}{value[3:7]}{sign}{value[7:]}"
    if draw < 0.14 and len(value) == 18:
        return f"{value[:6]} {value[6:14]} {value[14:]}"
    if draw < 0.24 and len(value) in (16, 19):
        return " ".join(value[at : at + 4] for at in range(0, len(value), 4))
    if draw < 0.27:
        at = chance.randint(4, len(value) - 3)
        return value[:at] + chance.choice(("\n", " ", "\u200b")) + value[at:]
    if draw < 0.31 and len(value) == 11:
        return value.translate(CHINESE)
    return value


def makers(values: Values) -> dict[str, tuple[str, Callable[[], str]]]:
    """Return placeholder → (label or "keep" or "ignore", maker)."""
    v, chance = values, values.chance

    def number(make: Callable[[], str]) -> Callable[[], str]:
        return lambda: noisy_digits(make(), chance)

    return {
        "PERSON": ("PERSON", v.name),
        "CITIZEN_ID": ("CITIZEN_ID", number(lambda: v.citizen_id().replace("X", chance.choice("Xx")))),
        "OLD_ID": (
            "CITIZEN_ID",
            lambda: (
                f"110102{chance.randint(30, 70)}0{chance.randint(1, 9)}1{chance.randint(0, 9)}" + v.digits(3)
            ),
        ),
        "MOBILE": ("MOBILE", number(v.mobile)),
        "LANDLINE": ("LANDLINE", v.landline),
        "EMAIL": ("EMAIL", lambda: v.email().replace("@", chance.choice(("@", "@", "@", "＠")))),
        "IM": ("IM_ACCOUNT", v.account),
        "NICK": ("IM_ACCOUNT", lambda: v.pick("nick")),
        "BANK_CARD": ("BANK_CARD", number(v.card)),
        "PLATE": ("PLATE", v.plate),
        "PLATEGUA": ("PLATE", lambda: v.plate("挂")),
        "HEALTH": ("HEALTH", lambda: v.pick("health")),
        "HEALTH!": ("", lambda: v.pick("health")),
        "CARRIER": ("HEALTH", lambda: v.pick("carrier")),
        "LEVEL": ("HEALTH", lambda: v.pick("level")),
        "DISABLED": ("HEALTH", lambda: v.pick("disabled")),
        "ALLERGY": ("HEALTH", lambda: v.pick("allergy")),
        "RELIGION": ("RELIGION", lambda: v.pick("religion")),
        "BELIEVER": ("RELIGION", lambda: v.pick("believer")),
        "NOBELIEF": ("RELIGION", lambda: v.pick("nobelief")),
        "party": ("ignore", v.name),
        "party2": ("ignore", v.name),
        "govphone": ("ignore", v.landline),
        "firm": ("keep", lambda: v.pick("firms")),
        "shop": ("keep", lambda: v.pick("shops")),
        "hospital": ("keep", lambda: v.pick("hospitals")),
        "org": ("keep", lambda: v.pick("orgs")),
        "law": ("keep", lambda: v.pick("laws")),
        "premises": ("keep", lambda: v.pick("premises")),
        "date": (
            "",
            lambda: f"{chance.randint(2021, 2026)}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日",
        ),
        "money": ("", lambda: f"{chance.randint(1, 99)},{v.digits(3)}.{v.digits(2)}元"),
        "case": (
            "",
            lambda: (
                f"{chance.choice(('济历市监处罚', '芝卫公罚', '锦综执罚决'))}〔2026〕{chance.randint(1, 999)}号"
            ),
        ),
        "order": (
            "",
            lambda: (
                chance.choice(("SP", "ZL", "", "", "SF")) + "2026" + v.digits(chance.choice((6, 8, 9, 12)))
            ),
        ),
        "mobileorder": ("", v.mobile),
        "idlike": ("", lambda: v.citizen_id(sound=False)),
        "uscc": ("", lambda: "91370102MA3" + v.digits(6) + "X"),
    }


def fill(template: str, values: Values) -> dict[str, Any]:
    """Return one labelled text."""
    text, spans, keep, ignore = "", [], [], []
    opened: dict[str, int] = {}
    people: list[str] = []
    kinds = makers(values)
    for match in TOKEN.finditer(template):
        token, again, sign, fixed, plain = match.groups()
        start = len(text)
        if plain:
            text += plain
        elif sign == "{":
            opened["{"] = start
        elif sign == "}":
            keep.append(text[opened["{"] :])
        elif sign == "~":
            if "~" in opened:
                ignore.append((opened.pop("~"), start))
            else:
                opened["~"] = start
        elif fixed:
            text += fixed
            spans.append((start, len(text), "RELIGION" if fixed in FIXED_RELIGION else "HEALTH"))
        elif token == "HOME":
            prefix = values.pick("divisions")
            ignore.append((start, start + len(prefix)))
            text += prefix + values.home()
            spans.append((start + len(prefix), len(text), "HOME_ADDRESS"))
        else:
            kind, make = kinds[token]
            value = (
                people[int(again) - 1]
                if token == "PERSON" and again and len(people) >= int(again)
                else make()
            )
            if token == "PERSON":
                people.append(value)
            text += value
            if kind == "keep":
                keep.append(value)
            elif kind == "ignore":
                ignore.append((start, len(text)))
            elif kind:
                spans.append((start, len(text), kind))
    return {"text": text, "spans": spans, "keep": keep, "ignore": ignore}


def clean(record: dict[str, Any]) -> dict[str, Any]:
    """Return the record with places as objects, and only the keep strings that stand free of labels."""
    text = record["text"]
    busy = [False] * len(text)
    for start, end, *_ in (*record["spans"], *record["ignore"]):
        busy[start:end] = [True] * (end - start)
    keep = [
        part
        for part in dict.fromkeys(record["keep"])
        if any(not any(busy[m.start() : m.end()]) for m in re.finditer(re.escape(part), text))
    ]
    spans = [{"start": s, "end": e, "kind": k} for s, e, k in record["spans"]]
    ignore = [{"start": s, "end": e} for s, e in record["ignore"]]
    return {"text": text, "spans": spans, "keep": keep, "ignore": ignore}


def texts(split: str, count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield `count` labelled texts of a split."""
    lines = (HERE / f"{split}.txt").read_text("utf-8").splitlines()
    templates = [line for line in lines if line and not line.startswith("#")]
    values = Values(split, random.Random(f"{split}{seed}"))
    for number in range(count):
        record = clean(fill(templates[number % len(templates)], values))
        yield {"id": f"{split}-{number % len(templates):03}-{number}", **record}


if __name__ == "__main__":
    for one in texts(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1):
        print(json.dumps(one, ensure_ascii=False))
