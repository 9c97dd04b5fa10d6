"""Tells whether an account is what a shop advertises by or serves at: such are public."""

import re

_ADVERTISES = re.compile(
    '[”"](?:账号|帐号)?(?:的|于|在|中|上)?其?(?:连续)?(?:直播|发布|登载|刊登|宣称|推介|推送|口播|播出|投放|宣传|播放)[^。]{0,60}?'
    '[“"][^”"]{0,40}?(?:痛|风湿|癌|瘤|血[糖压脂管]|糖尿|[腰颈]椎|关节|骨|湿气|疗程|根治|治[愈好疗]|告别|排毒|逆转|祛|消炎'
    "|降[糖压脂火]|失眠|过敏|皮肤|近视|[肝肾胃肠肺心]|病|[三七]天|[一两]个月)"
)
"""What it says of health stands in quotation marks behind the name."""
_PLAYS = re.compile('[”"]播放含有[^，。]{0,10}(?:逆转|根治|治愈|告别|不再犯)')
"""A channel that plays what it praises."""
_PUBLIC_PAGE = re.compile("gh_[0-9a-z]{6,}")
_SHOPS = re.compile(
    "(?:公司|商行|经营部|[店厂铺坊]|中心)(?:通过|利用|在|使用|经由)其?[^。；]{0,90}(?:公众号|店铺|旗舰店|官方)"
    "(?:(?![员工客家人]|其|老板|师傅|个人|私人|某)[^。；]){0,60}$"
)
"""A firm's accounts on several services, told one behind the other with nobody between."""
_FAR = 170


def is_shops(text: str, start: int, end: int) -> bool:
    """Tell whether the account from `start` to `end` is where a firm serves its customers."""
    return (
        _PUBLIC_PAGE.match(text, start, end) is not None
        or _SHOPS.search(text, max(0, start - _FAR), start) is not None
    )


def is_advertising(text: str, end: int) -> bool:
    """Tell whether remedies are praised under the name that ends at `end`."""
    return _ADVERTISES.match(text, end) is not None or _PLAYS.match(text, end) is not None
