"""Draws values that were once overlooked, as people type them: rare names, nicknames, numbers run together."""

import random
from pathlib import Path

from noise import CHINESE, FULL_WIDTH
from values import Values

SURNAMES = Path(__file__).parents[2] / "streams/data/privacy/surnames.txt"
NICKNAMES = {
    "clerks": (
        "木木的手作日记",
        "南山砍柴人",
        "阿May代购",
        "晚风不语_88",
        "老街烟火",
        "数码小白菜",
        "大漠孤烟直",
    ),
    "kept": ("云边小卖部", "一颗柠檬", "跑步的蜗牛", "Coco学姐", "海岛囤货仓", "旧物新生活", "人间四月天007"),
}
DOTTED = {
    "clerks": ("安德烈·伊万诺夫", "奥列格·科瓦连科", "木合塔尔·依明", "索菲·杜邦", "努尔兰·达吾提"),
    "kept": ("玛丽亚·桑托斯", "卡洛斯·门德斯", "阿卜杜热合曼·吐尔逊", "热依汗古丽·托合提", "伊戈尔·彼得罗夫"),
}
AREAS = ("010", "021", "025", "0310", "0531", "0755", "0991", "0898")


class RarerValues(Values):
    """The values of a split with one name in five of a rare family; other pools are those of `seen`, `unseen`."""

    def __init__(self, split: str, chance: random.Random) -> None:
        super().__init__({"clerks": "seen", "kept": "unseen"}[split], chance)
        self._split = split
        lines = SURNAMES.read_text("utf-8").splitlines()
        rows = [line.split() for line in lines if not line.startswith("#")]
        rare = [name for weight, *names in rows if int(weight) >= 5 for name in names]
        self._rare = rare[::2] if split == "clerks" else rare[1::2]

    def name(self) -> str:
        """Return an invented name, one in five of a rare family."""
        name = super().name()
        if "·" in name or self.chance.random() > 0.2:
            return name
        given = self.chance.sample(self.pools["given"][0], self.chance.choice((1, 2, 2, 2)))
        return self.chance.choice(self._rare) + "".join(given)

    def spaced_name(self) -> str:
        """Return a name of two characters with a space between, as in tables."""
        family, given = self.pick("surnames"), self.chance.choice(self.pools["given"][0])
        return family[0] + self.chance.choice((" ", "\u3000", "\u00a0")) + str(given)

    def dotted_name(self) -> str:
        """Return a name of another language with one of the signs that stand for the middle dot."""
        return self.chance.choice(DOTTED[self._split]).replace("·", self.chance.choice("·•．・‧"))

    def nickname(self) -> str:
        """Return what somebody calls himself on a platform."""
        return self.chance.choice(NICKNAMES[self._split])

    def handle(self) -> str:
        """Return an account of letters and digits."""
        return self.chance.choice(("dy", "tao_", "xiaoyu_", "Mm-", "wxid_q", "k")) + self.digits(6)

    def qq(self) -> str:
        """Return a QQ number, as typed."""
        number = self.chance.choice("123456789") + self.digits(8)
        return self.chance.choice((number, number.translate(FULL_WIDTH), number[:4] + "\u200b" + number[4:]))

    def run_together(self) -> str:
        """Return a landline number without a sign after the area code."""
        area = self.chance.choice(AREAS)
        return area + self.chance.choice("2345678") + self.digits(7)

    def spaced_old_id(self) -> str:
        """Return an identity number of fifteen digits in groups."""
        number = self.old_id()
        return self.chance.choice(" -").join((number[:6], number[6:12], number[12:]))

    def wide_old_id(self) -> str:
        """Return an identity number of fifteen digits in full width."""
        return self.old_id().translate(FULL_WIDTH)

    def dotted_mobile(self) -> str:
        """Return a mobile number with dots between its groups."""
        number = self.mobile()
        return f"{number[:3]}.{number[3:7]}.{number[7:]}"

    def spoken_mobile(self) -> str:
        """Return a mobile number in Chinese numerals, plain ones or those of accounts."""
        number = self.mobile()
        accounts = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
        return number.translate(self.chance.choice((CHINESE, accounts)))
