"""Draws invented values of one split: names, numbers, accounts, addresses."""

import json
import random
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
REGIONS = ("110102", "320502", "370203", "430102", "510104", "440106", "653101", "370112", "152221")


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
        chance = self.chance
        day = f"{chance.randint(1940, 2005)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
        body = chance.choice(REGIONS) + day + self.digits(3)
        check = "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]
        return body + (check if sound else str((int(check.replace("X", "0")) + 3) % 10))

    def old_id(self) -> str:
        """Return an identity number of the first generation, fifteen digits."""
        year, month, day = self.chance.randint(30, 70), self.chance.randint(1, 9), self.chance.randint(10, 19)
        return f"110102{year}0{month}{day}" + self.digits(3)

    def mobile(self) -> str:
        """Return an invented mobile number."""
        return self.chance.choice(("13", "15", "17", "18", "19")) + self.digits(9)

    def card(self) -> str:
        """Return a card number with a right Luhn digit."""
        issuer = self.chance.choice(("622848", "621226", "622202", "621483", "622588"))
        body = issuer + self.digits(self.chance.choice((9, 12)))
        doubled = sum(sum(divmod(2 * int(d), 10)) for d in body[::-1][::2])
        return body + str(-(doubled + sum(int(d) for d in body[::-1][1::2])) % 10)

    def plate(self, marked: str = "") -> str:
        """Return a number plate."""
        chance = self.chance
        count = 4 if marked else chance.choice((5, 5, 6))
        signs = [chance.choice("0123456789") for _ in range(count)]
        first = LETTERS.replace("O", "") + "0123456789"
        signs[0] = chance.choice("DF" if count == 6 else first)
        head = chance.choice(PROVINCES) + chance.choice("ABCDEFGHJK")
        return f"{head}{chance.choice(('', '', '·', ' '))}{''.join(signs)}{marked}"

    def home(self) -> str:
        """Return the detail of an invented home address."""
        chance = self.chance
        named = {
            "road": "roads", "road2": "roads", "street": "streets", "estate": "estates", "town": "towns",
            "village": "villages", "hamlet": "hamlets", "hutong": "hutongs", "firm": "works",
            "community": "communities",
        }  # fmt: skip
        return self.pick("home").format(
            **{field: self.pick(pool) for field, pool in named.items()},
            street2=chance.choice("东西南北"),
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
        user = self.chance.choice(("moon_li", "wx_zhao", "abc-home", "mathzhou", "Liu", "wxid_k9f2"))
        return user + self.digits(self.chance.randint(2, 5))

    def email(self) -> str:
        """Return an e-mail address."""
        user = self.chance.choice(("zhao.min", "li_hua", "wang", "chenxx"))
        host = self.chance.choice(("163.com", "qq.com", "outlook.com", "vip.163.com", "sina.com.cn"))
        return f"{user}{self.digits(self.chance.randint(0, 4))}@{host}"
