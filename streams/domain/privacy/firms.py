"""Tells whether a firm's, a place's or some goods' name goes on after what looks like a person's name."""

import re

from streams.domain.privacy.lexicon import Lexicon

_STOPS = "到在向于从由与和的了将把被给处对购称因为来去进至前往等是住家同租经及说之，。；、：（）()“”,;: "
_SUFFERED = (
    "丢失",
    "遗失",
    "被盗",
    "失窃",
    "受伤",
    "死亡",
    "投诉",
    "举报",
    "反映",
    "要求",
    "超范围",
    "并非",
    "系",
    "名下",
    "持有的",
)
"""What follows a name and begins no firm's."""
_SYSTEMS = ("系统", "系列")
_COMPANY_NAME = 22
_REACH = 7
"""A trade begins up to six characters behind the name."""


class FirmReader:
    """Knows the trades, places and goods that firms and brands are called by."""

    def __init__(self, lexicon: Lexicon) -> None:
        trade, place, goods, within = (
            lexicon.pattern(f"person.{what}") for what in ("firm", "place", "goods", "within_firm")
        )
        self._firm = re.compile(f"(?:{goods})|[^{_STOPS}]{{0,2}}?(?:{place})|[^{_STOPS}]{{0,6}}?(?:{trade})")
        self._heads = frozenset(
            word[0]
            for tag in ("person.firm", "person.place", "person.goods")
            for word in lexicon.contexts[tag]
        )
        ends = "(?:有限公司|有限责任公司|股份公司|分公司)"
        self._company = re.compile(f"[^{_STOPS}诉报求购售]{{2,14}}?{ends}")
        self._within = re.compile(within)
        self._long_company = re.compile(f"(?:{within}|[^{_STOPS}诉报求购售]){{2,14}}?{ends}")
        self._no_firm = frozenset(_STOPS).difference(self._heads)

    def is_firm(self, text: str, end: int) -> bool:
        """Tell whether a firm's or a place's name goes on after what looks like a person's."""
        sign = text[end : end + 1]
        if sign in self._no_firm or (text.startswith(_SUFFERED, end) and not text.startswith(_SYSTEMS, end)):
            return False
        if text.find("公司", end, end + _COMPANY_NAME) >= 0 and (
            self._company.match(text, end)
            or (self._within.search(text, end, end + _COMPANY_NAME) and self._long_company.match(text, end))
        ):
            return True
        if self._heads.isdisjoint(text[end : end + _REACH]):
            return False
        return self._firm.match(text, end) is not None
