"""Folds text as it is typed (full width, dashes, traditional, invisible signs), keeping each place."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from streams.domain.privacy.line_ends import LineEnds

_DASHES = "‐‑‒–—―−－﹣﹘"
_DOTS = "•・‧･∙⋅●᛫"
"""Typed for the dot within a name of another language."""
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe00\ufe01\ufe0e\ufe0f\ufeff"
)
_FULL_WIDTH = (
    *range(0xFF10, 0xFF1A),
    *range(0xFF21, 0xFF3B),
    *range(0xFF41, 0xFF5B),
    *(ord(sign) for sign in "＠．＿＋＃＊／"),
)
_CIRCLED = ("⓪①②③④⑤⑥⑦⑧⑨", "⓿❶❷❸❹❺❻❼❽❾", "🄋➀➁➂➃➄➅➆➇➈")
"""Digits in circles: five in a row are a number, fewer number the points of a list."""
_OTHER_DIGITS = "0-9〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
"""Typed between digits in circles, so that no pattern sees the number: of seven, three are in circles."""

_APART = re.compile(
    "(?<![^ ])(?:[\u4e00-\u9fff，。：；、（）“”·] ){3,}[\u4e00-\u9fff，。：；、（）“”](?![^ ])"
)
"""Four signs and more with a space behind each: the spaces fill the line and part no words."""
_MAIL_APART = re.compile(
    r"(?<![^ \u4e00-\u9fff：:])(?:[A-Za-z0-9._\-] ){2,30}@(?: [A-Za-z0-9._\-]){4,30}"
    r"(?![^ \u4e00-\u9fff，。；、）)])"
)
"""A mail address with a space behind each sign."""
_HAN = "\u4e00-\u9fff"
_ALONE = re.compile(" [\u4e00-\u9fff，。：；、（）“”·@] ")
"""Without such a sign nothing is spread out."""
_MISREAD = re.compile(
    r"(?<![0-9A-Za-z])(?=[0-9 \-]{0,40}[OolI])(?=(?:[OolI]{0,2}[ \-]?[0-9]){8})"
    r"[0-9OolI](?:[ \-]?[0-9OolI]){10,20}(?![0-9A-Za-z])"
)
"""A long number in which letters were typed, or read by a machine, for 0 and 1."""
_LETTER = re.compile(r"[OolI](?:(?=[ \-]?[0-9])|(?<=[0-9].)|(?<=[0-9][ \-].))")
"""Such a letter beside a digit, without which no number is misread."""
_READ_AS = str.maketrans("OolI", "0011")
_RARE, _FURTHER_RARE, _STANDS_FOR_RARE = "㐀-䶿龦-鿿", "\U00020000-\U000323af", "龥"
"""Characters beyond the usual block occur in names; one stands for all, so that no rule has to know them."""
_FURTHER = re.compile(f"[{_FURTHER_RARE}]").findall
_IS_RARE = re.compile(f"[{_RARE}{_FURTHER_RARE}]").match
_FEW = 20
"""Up to so many different signs are replaced one by one; a table looks at every character, and slowly."""


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and, where characters were dropped, each one's place in the original."""

    text: str
    origins: tuple[int, ...] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the places in the original text of the folded stretch `start` to `end`."""
        if self.origins is None:
            return start, end
        return self.origins[start], self.origins[end - 1] + 1


def _spread_out(families: Collection[str]) -> str:
    """Return the pattern of three characters and more with a space between each: names and words spread out.

    A name is told from the words before and behind it.
    """
    family = f"[{''.join(sorted(families))}]"
    name = f"(?<![{_HAN}0-9A-Za-z]){family} [{_HAN}] [{_HAN}](?![{_HAN}])"
    return f"{name}|[{_HAN}](?! {family} [{_HAN}](?: [{_HAN}])?(?![{_HAN}]))(?: [{_HAN}]){{2,}}"


class _Table(dict[int, int]):
    """What each code becomes; those of rare characters are too many to be listed."""

    def __missing__(self, code: int) -> int:
        self[code] = ord(_STANDS_FOR_RARE) if _IS_RARE(chr(code)) else code
        return self[code]


def _runs(circled: str) -> str:
    """Return the pattern of what is a number with digits in circles."""
    mixed = f"(?=(?:[{_OTHER_DIGITS}]*[{circled}]){{3}})[{_OTHER_DIGITS}{circled}]{{7,}}"
    return f"(?<![{_OTHER_DIGITS}{circled}])(?:{mixed}|[{circled}]{{5,}})"


class Folder:
    """Folds with one table; text that needs none is passed through after one scan."""

    def __init__(
        self, traditional: Mapping[str, str], families: Collection[str], words: Collection[str] = ()
    ) -> None:
        """Take simplified characters by traditional ones, family names, and words that no line end parts."""
        self._line_ends = LineEnds(words)
        table = _Table({ord(old): ord(new) for old, new in traditional.items()})
        table.update({ord(sign): ord("-") for sign in _DASHES})
        table.update({ord(sign): ord(" ") for sign in _SPACES})
        table.update({code: code - 0xFEE0 for code in _FULL_WIDTH})
        table.update({ord(sign): ord("·") for sign in _DOTS})
        self._spread = re.compile(_spread_out(families))
        self._circled = re.compile(_runs("".join(_CIRCLED)))
        self._values = {ord(sign): str(value % 10) for signs in _CIRCLED for value, sign in enumerate(signs)}
        self._table = table
        self._signs = {chr(old): chr(new) for old, new in table.items()}
        self._needed = re.compile(
            "[" + re.escape("".join(map(chr, table)) + _INVISIBLE + "".join(_CIRCLED)) + _RARE + "]"
        ).findall
        self._hidden = frozenset(_INVISIBLE)
        self._circled_or_invisible = frozenset(_INVISIBLE + "".join(_CIRCLED))

    def fold(self, text: str) -> Folded:
        """Return `text` in half width and simplified characters, without invisible and filling signs."""
        folded, invisible = self._replaced(text)
        if _LETTER.search(folded):
            folded = _MISREAD.sub(lambda number: number[0].translate(_READ_AS), folded)
        origins: Sequence[int] | None = None
        if invisible:
            origins = [place for place, sign in enumerate(folded) if sign not in self._hidden]
            folded = "".join(folded[place] for place in origins)
        if "\n" in folded and (ends := frozenset(self._line_ends.within(folded))):
            left = [place for place in range(len(folded)) if place not in ends]
            origins = left if origins is None else [origins[place] for place in left]
            folded = "".join(folded[place] for place in left)
        if _ALONE.search(folded) and (runs := self._filled(folded)):
            spaces = {at for start, end in runs for at in range(start, end) if folded[at] == " "}
            left = [place for place in range(len(folded)) if place not in spaces]
            origins = left if origins is None else [origins[place] for place in left]
            folded = "".join(folded[place] for place in left)
        return Folded(folded, None if origins is None else tuple(origins))

    def _filled(self, text: str) -> list[tuple[int, int]]:
        """Return where spaces fill the line."""
        patterns = (_APART, self._spread, _MAIL_APART) if "@" in text else (_APART, self._spread)
        return [run.span() for pattern in patterns for run in pattern.finditer(text)]

    def _replaced(self, text: str) -> tuple[str, bool]:
        """Return `text` in half width and simplified characters, and whether it holds invisible signs."""
        signs = set(self._needed(text))
        if len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text):
            signs.update(_FURTHER(text))
        if not signs:
            return text, False
        if len(signs) > _FEW:
            folded = text.translate(self._table)
        else:
            folded = text
            for sign in signs:
                folded = folded.replace(sign, self._signs.get(sign) or chr(self._table[ord(sign)]))
        if signs.isdisjoint(self._circled_or_invisible):
            return folded, False
        folded = self._circled.sub(lambda run: run[0].translate(self._values), folded)
        return folded, not signs.isdisjoint(self._hidden)
