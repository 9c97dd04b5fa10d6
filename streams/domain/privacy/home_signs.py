"""Tells from what stands around an address whether it is an office's, a shop's, or left by somebody."""

import re

from streams.domain.privacy.naming import NameBefore

_BEHIND = 70
_OFFICIAL = re.compile(
    "(?:本(?:机关|局|厅|委|院|所|会|队|中心|单位)|秘书处|办公室|值班室|受理窗口|服务大厅|受理处|登记机关|复议机关)"
    "(?![^；]*(?:身份证|[男女][，,]|[0-9]岁|家住))[^；]*$"
)
_SHOP = re.compile("商铺|门面|店面|底商|铺位|商业|市场|商场|写字楼|大厦")
_HANDED_ON = re.compile("[^，。；]{0,4}?(?:转租|转让|转包)")
_AT_DOOR = re.compile("(?<=[0-9一二三四五六七八九室户号])(?:门口|门前|门上|房门|入户门|楼道)")
_FROM = ("从", "由", "自")
_MOVES = re.compile(
    "[^，。；]{0,3}?(?:搬|迁|移居|前往|出发|赶往|赶到|步行|驾车|乘车|打车|返回|出走|走失|离家)"
)
_MOVER = re.compile("(?:其|本人|客户|[家员]属|[用住租房]户|[老病]人|家人|全家)$")
_MOVER_REACH = 4


def is_offices(text: str, cue: int) -> bool:
    """Tell whether an authority or a secretariat was spoken of last before the cue, if with its phone."""
    return text[cue - 1 : cue] != "其" and _OFFICIAL.search(text, max(0, cue - _BEHIND), cue) is not None


def is_shops(text: str, detail: int, stop: int) -> bool:
    """Tell whether the address names a shop, or was let on to others."""
    return _SHOP.search(text, detail, stop) is not None or _HANDED_ON.match(text, stop) is not None


def is_at_door(text: str, stop: int) -> bool:
    """Tell whether the address ends with a number and its door follows."""
    return _AT_DOOR.match(text, stop) is not None


def is_left(text: str, start: int, stop: int, names: NameBefore) -> bool:
    """Tell whether somebody moves or sets out from the address from `start` to `stop`."""
    if text[start - 1 : start] not in _FROM or not _MOVES.match(text, stop):
        return False
    place = start - 1
    return names.ends(text, place) or _MOVER.search(text, max(0, place - _MOVER_REACH), place) is not None
