"""Finds accounts with no service's name right before them: a letter for it, records, names in quotes."""

import re
from collections.abc import Iterator

from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.IM_ACCOUNT
_DIGITS = r"[1-9](?:[ \-]?[0-9]){4,10}"
_NUMBER = rf"[：:，, ]{{0,2}}({_DIGITS})(?![0-9A-Za-z\-]|[ ]?(?:元|分|万|吨|钢|%|型|号))"
_LETTERS = (
    ("Q", re.compile(rf"Q(?<![A-Za-z0-9号码#\-].)(?:我|号)?{_NUMBER}")),
    ("q", re.compile(rf"q(?<![A-Za-z0-9号码#\-].)(?:我|号)?{_NUMBER}")),
    ("扣", re.compile(rf"扣(?<![^“，,、；;。：:\s（(].)我?(?=[：: ，,]?[ ]?[1-9]){_NUMBER}")),
)
"""Q or 扣 for the service with numbers; steel is called Q235, and 扣2000元 is a deduction."""
_OF_GOODS = re.compile("(?:型号|编号|批号|证号|牌号|材质|规格|图号|货号)[：:为是]?[Qq]?$")
_HANDLE = r"(?=[A-Za-z\-]*[0-9_])[A-Za-z][A-Za-z0-9_\-]{4,30}"
_RECORD = re.compile(
    r"（(?<=[录图话面片码单间页].)(?:微信号?|QQ号?|[：:])?"
    rf"({_HANDLE}|(?<=间.)[1-9][0-9]{{4,10}}|(?<=页.)[1-9][0-9]{{5,10}})[）)]"
)
"""Whose record, page or picture it is."""
_GROUP = re.compile(
    r"群(?:号码?|ID)?[：:为是（( ]{0,2}((?!20[0-9]{2}[01][0-9][0-3][0-9](?![0-9]))[1-9][0-9]{5,9})"
    r"(?![0-9A-Za-z\-]|[ ]?(?:元|万|余|人|名|个|次|条))"
)
"""A group of the service with numbers."""
_LINES = ("联系号", "联络号", "沟通号", "接单号", "对接号")
_LINE = re.compile(
    rf"(?<!交)(?:{'|'.join(_LINES)})[：:为是 ]{{0,2}}((?=[A-Z0-9_\-]*[a-z]){_HANDLE})(?![A-Za-z0-9_@.])"
)
_RAW = re.compile(r"(?<![A-Za-z0-9_])wxid_[A-Za-z0-9]{6,24}")
"""How a service itself numbers its users."""
_QUOTED = re.compile(r"[“\"「『‘]([^”\"」』’']{1,20})[”\"」』’']")
_SERVICE = "(?:微信|QQ|qq|抖音|快手|小红书|陌陌|微博|闲鱼|钉钉|支付宝|旺旺|贴吧|直播)"
_SAYS_WHAT = re.compile(
    f"[（(](?:{_SERVICE}(?:号|名|昵称|账号|帐号|用户|好友)?|网名|昵称|网络昵称|网络名|化名为?网名)[）)]"
)
"""A bracket that says what the name before it is."""
_UNDER = re.compile(
    "(?:以|用|使用|通过|利用|注册|登录)(?:其|本人|个人|自己|上述)?的?"
    f"(?:{_SERVICE}的?)?(?:账号|帐号|账户|昵称|网名|ID|用户名)$"
)
"""Under what name somebody acts."""
_CALLED = re.compile(f"{_SERVICE}(?:名|昵称|上|里|中)?(?:名?叫|名为|称为|备注为?|显示为?)$")
_WHO = re.compile("的?(?:人|好友|网友|卖家|买家|老板|商家|客户|男子|女子|上家|下家|朋友|用户)")
_ENDS_OF_UNDER, _ENDS_OF_CALLED, _BEHIND = frozenset("号户称名D"), frozenset("叫为注示"), 16
_OF_FIRM = re.compile(
    "(?:公司|旗舰店|专卖店|专营店|官方|[店厂馆局院所社部]|中心|协会|学校|超市|药房|集团|频道|发布)$"
)
_SPACED = re.compile(
    r"[号\s：:]{0,3}([a-z]{2,10}(?: [a-z]{2,10}){0,3} [a-z]{0,10}[0-9]{1,6})(?![A-Za-z0-9.])"
)


def mentions(text: str, *, announced: bool) -> Iterator[Span]:
    """Yield accounts and what somebody calls himself on a service; `announced` if any service is named."""
    for letter, pattern in _LETTERS:
        for found in pattern.finditer(text) if letter in text else ():
            if not _OF_GOODS.search(text, max(0, found.start() - 5), found.start(1)):
                yield _span(found, "behind a letter for the service")
    if "wxid_" in text:
        for found in _RAW.finditer(text):
            yield Span(found.start(), found.end(), _KIND, "user number of the service")
    if "（" in text and (announced or "微信" in text or "QQ" in text):
        for found in _RECORD.finditer(text):
            yield _span(found, "behind a record")
    yield from _lines(text, announced=announced)
    if announced and ("“" in text or '"' in text or "「" in text):
        for found in _QUOTED.finditer(text):
            if _is_on_service(text, found.start(), found.end()) and not _OF_FIRM.search(found[1]):
                yield _span(found, "name on a service")


def _lines(text: str, *, announced: bool) -> Iterator[Span]:
    """Yield numbers of groups, and accounts by which somebody is to be reached on whatever service."""
    if announced and "群" in text:
        for found in _GROUP.finditer(text):
            yield _span(found, "number of a group")
    if any(word in text for word in _LINES):
        for found in _LINE.finditer(text):
            yield _span(found, "to get into touch by")


def _is_on_service(text: str, start: int, end: int) -> bool:
    """Tell whether what is quoted from `start` to `end` is what somebody calls himself on a service."""
    last, near = text[start - 1 : start], max(0, start - _BEHIND)
    if text[end : end + 1] in ("（", "(") and _SAYS_WHAT.match(text, end):
        return True
    if last in _ENDS_OF_UNDER and _UNDER.search(text, near, start):
        return True
    return last in _ENDS_OF_CALLED and bool(_CALLED.search(text, near, start) and _WHO.match(text, end))


def spaced(text: str, end: int) -> Span | None:
    """Return the account of small letters and digits typed with spaces behind a cue that ends at `end`."""
    found = _SPACED.match(text, end)
    return _span(found, "typed with spaces") if found else None


def _span(found: re.Match[str], reason: str) -> Span:
    return Span(found.start(1), found.end(1), _KIND, reason)
