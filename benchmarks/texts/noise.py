"""Spoils values and texts as typing does: full width, broken numbers, Chinese numerals, other signs."""

import random
import re
from pathlib import Path

FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
SPOKEN = str.maketrans("01", "〇幺")
ASCII_SIGNS = str.maketrans("，：；（）", ",:;()")
TRADITIONAL = Path(__file__).parents[2] / "streams/data/privacy/traditional.txt"


def traditional() -> dict[int, str]:
    """Return simplified character → the first traditional one of it."""
    lines = TRADITIONAL.read_text("utf-8").splitlines()
    pairs = [(line[1], line[0]) for line in lines if line and not line.startswith("#")]
    return {ord(simple): old for simple, old in reversed(pairs)}


def noisy_digits(value: str, chance: random.Random) -> str:
    """Return a number as people type it."""
    draw = chance.random()
    if draw < 0.08:
        return value.translate(FULL_WIDTH)
    if draw < 0.20 and len(value) == 11:
        sign = chance.choice(" -.\u3000－—")
        return f"{value[:3]}{sign}{value[3:7]}{sign}{value[7:]}"
    if draw < 0.14 and len(value) == 18:
        sign = chance.choice((" ", "-", "  ", "\u00a0"))
        return f"{value[:6]}{sign}{value[6:14]}{sign}{value[14:]}"
    if draw < 0.24 and len(value) in (16, 19):
        return chance.choice(" -").join(value[at : at + 4] for at in range(0, len(value), 4))
    if draw < 0.27:
        at = chance.randint(4, len(value) - 3)
        return value[:at] + chance.choice(("\n", " ", "\u200b", "\r\n", "\ufeff")) + value[at:]
    if draw < 0.31 and len(value) == 11:
        spoken = value.translate(CHINESE)
        return spoken if draw < 0.29 else value.translate(SPOKEN).translate(CHINESE)
    if draw < 0.315:
        return value.translate(CIRCLED)
    return value


def noisy_home(value: str, chance: random.Random) -> str:
    """Return an address as people type it."""
    draw = chance.random()
    if draw < 0.05:
        return value.translate(FULL_WIDTH)
    if draw < 0.09:
        return re.sub("[0-9]+", lambda digits: digits[0].translate(CHINESE), value)
    if draw < 0.12 and len(value) > 8:
        at = chance.randint(4, len(value) - 3)
        return value[:at] + chance.choice((" ", "\u200b")) + value[at:]
    return value


def noisy_text(text: str, chance: random.Random) -> dict[int, str]:
    """Return the characters that the whole text is typed with instead; each is one for one."""
    draw = chance.random()
    if draw < 0.04:
        return {ord(sign): other for sign, other in zip("，：；（）", ",:;()", strict=True)}
    return traditional() if draw < 0.06 and len(text) else {}
