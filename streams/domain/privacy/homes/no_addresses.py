"""Tells what only looks like the detail of a home's address: deeds, statutes, hospitals, parks for firms."""

import re

_PARK = re.compile(
    "(?:行政|政务|政务服务)中心|综合楼|办公楼|[0-9]号铺|(?:产业|科技|工业|创业|软件|物流|商务|电商|文创|创意)园|产业基地|孵化|写字楼|商务(?:中心|楼|大厦)|工业区"
)
_LIKELY_PARKS = ("园", "中心", "综合楼", "办公楼", "号铺", "商务", "写字楼", "孵化", "产业基地", "工业区")
_HOUSING = re.compile("小区|公寓|宿舍|花园|苑|家属|单元")
"""People live in parks for firms as well."""
_DEEDS = re.compile("不动产权|房权证|房产[权证]|房地产权|国有土地|[国集]用|住房(?:和?城乡|保障)")
_KINDS_OF_PLACES = ("街道", "城市街道", "城镇", "农村", "城乡")
_STATUTE = re.compile("或者|应当|按照|规定|以下简称|享有|所在地|人民政府|公安机关|行政部门|申请|本村")
_FLOOR = re.compile("[0-9一二三四五六七八九十]{1,2}(?:楼|层|号床|病区|病室|号房)")
"""Where in a house somebody is put."""
_CARED_FOR = re.compile(
    "(?:老年|养老|护理|康养|福寿)[\u4e00-\u9fff]{0,4}?(?:公寓|中心|院|之家)(?:护工|护理员|院长|的?工作人员)"
)
"""Whoever works at a home for old people is told of, and nobody's home."""
_OFFICE_ACTS = re.compile(
    "[\u4e00-\u9fff]{1,12}?(?:局|委员会|人民政府|法院|支队|大队|管委会|派出所)(?:责令|认定|决定|查明|调查|依法|接到|收到|作出|要求|通知)"
)
"""An authority that does something is no address."""
_PUBLIC_HOUSES = (
    "医院",
    "卫生院",
    "派出所",
    "法院",
    "学校",
    "大学",
    "中学",
    "小学",
    "幼儿园",
    "看守所",
    "车站",
)
_NAMED_AFTER = re.compile(
    "(?:(?![在并与和去到往近])[\u4e00-\u9fff]){0,8}?(?:局|商行|经营部|[店厂]|超市|公司)(?![家宿小路街巷大里]|[后旁前对])"
)
"""A shop or an authority is called after the place without a number before it."""


def is_no_address(text: str, detail: int, stop: int) -> bool:
    """Tell whether a deed, words of a statute, or what an authority does stand there."""
    if _FLOOR.fullmatch(text, detail, stop):
        return True
    if "〔" in text[detail:stop] or text[detail:stop] in _KINDS_OF_PLACES or _DEEDS.match(text, detail):
        return True
    return (
        _STATUTE.search(text, detail, stop) is not None
        or _CARED_FOR.search(text, detail, stop) is not None
        or _OFFICE_ACTS.match(text, detail) is not None
    )


def is_public_house(text: str, detail: int, stop: int) -> bool:
    """Tell whether the address is no more than the name of a hospital, a school and the like."""
    return text.endswith(_PUBLIC_HOUSES, detail, stop)


def is_in_park(text: str, detail: int, stop: int) -> bool:
    """Tell whether the address is one in a park for firms or a works, and not of people who live there."""
    place = text[detail:stop]
    if "厂房" in place or "车间" in place:
        return _HOUSING.search(place) is None
    likely = any(word in place for word in _LIKELY_PARKS)
    return likely and _PARK.search(place) is not None and _HOUSING.search(place) is None


def is_none(text: str, detail: int, stop: int) -> bool:
    """Tell whether what no cue announces is no address, or no more than a hospital or a park for firms."""
    if not any(sign.isdigit() for sign in text[detail:stop]) and _NAMED_AFTER.match(text, stop):
        return True
    return (
        is_no_address(text, detail, stop)
        or is_public_house(text, detail, stop)
        or is_in_park(text, detail, stop)
    )
