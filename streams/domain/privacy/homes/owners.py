"""Tells whose home an address is by what stands right before it."""

import re

_NEAR = 8
_HOUSEHOLD = re.compile(
    "(?:其[父母兄弟姐妹哥姑舅叔伯姨岳婆公侄子女儿婶嫂]{1,2}的?(?:家|家中|家里|住处|老家)|投诉人|举报人|业主|住户|租户|租客|邻居|户主|房主|承租人)$"
)
_OWNER = re.compile("(?:当事人|违法行为人|嫌疑人|被处罚人|经营者|其)的?$")
_HOUSE_OF = re.compile(
    "(?:[，,、；;。（(：:]\\s?|[其我某父母妻夫女子]|本人|当事人|患者|伤者|死者|老人|学生|孩子|[被受]害人|[举投][报诉]人|证人|员工|工人|村民|户主|儿童)"
    "家(?:里|中|庭)?(?:位于|在|[：:])?\\s?$"
)
"""Whose home the address is that follows."""
_OWN_HOUSE = re.compile(
    "(?:自家|自有|自住|祖传)的?(?:房屋|住宅|住房|房子|宅院|院子|老宅|楼房|别墅)?[（(]?(?:位于|坐落于|地处|在)?$"
)
_LONGEST_OWN = 12
_REGISTERED = re.compile(
    "(?<!户籍)(?<!户口)(?<!身份证)(?<!身份)(?:登记|注册)的?$|(?:执照|许可证)上?(?:载明|登记|记载)的?$"
)
_REGISTERED_AT, _OF_PEOPLE = ("登记", "注册"), ("户籍", "户口", "身份证", "身份")
_SHOPS_END = ("馆，", "店，", "公司，", "厂，", "中心，")
_CAME_BACK, _TOWNS = ("返回", "回到", "回"), ("镇", "乡", "街道")
_TENANT = re.compile("(?:租来|租用|租住|承租|租赁)的$")


def is_house_of(text: str, start: int) -> bool:
    """Tell whether the address at `start` is said to be the home of somebody."""
    return _HOUSE_OF.search(text, max(0, start - _NEAR), start) is not None


def is_own_house(text: str, start: int) -> bool:
    """Tell whether the address at `start` is called that of somebody's own house."""
    return _OWN_HOUSE.search(text, max(0, start - _LONGEST_OWN), start) is not None


def is_household(text: str, place: int) -> bool:
    """Tell whether a relative's home, or whoever lives in a house, is named right before `place`."""
    return _HOUSEHOLD.search(text, max(0, place - _NEAR), place) is not None


def is_registered(text: str, cue: int) -> bool:
    """Tell whether the cue announces where a firm is registered."""
    if text.startswith("地址登记在", cue):
        return text.endswith(_SHOPS_END, 0, cue)
    if text.startswith(_REGISTERED_AT, cue):
        return not text.endswith(_OF_PEOPLE, 0, cue)
    return _REGISTERED.search(text, max(0, cue - _NEAR), cue) is not None


def is_tenants(text: str, start: int) -> bool:
    """Tell whether somebody is said to rent what the address at `start` is of."""
    return _TENANT.search(text, max(0, start - _NEAR), start) is not None


def is_return(text: str, start: int, detail: int, stop: int) -> bool:
    """Tell whether somebody came back to no more than a town."""
    return text.endswith(_CAME_BACK, 0, start) and text.endswith(_TOWNS, detail, stop)


def before_owner(text: str, dwelling: int) -> int:
    """Return where whoever has the home begins that is named at `dwelling`, or `dwelling`."""
    owner = _OWNER.search(text, max(0, dwelling - _NEAR), dwelling)
    return owner.start() if owner else dwelling
