"""Finds accounts and nicknames of messaging and social services."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from streams.domain.privacy.im_mentions import mentions, spaced
from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.IM_ACCOUNT
_NUMBER_OR_NAME = (
    r"(?!www\.|https?:|[A-Za-z0-9\-]{2,20}\.(?:com|cn|net|org|top|vip))"
    r"(?:(?:[A-Za-z]|(?<![A-Za-z0-9])_)[A-Za-z0-9_\-.]{3,29}[A-Za-z0-9_](?:@[A-Za-z]{2,12}(?![A-Za-z0-9]|\.[A-Za-z]))?|[1-9][0-9]{4,11})(?![0-9A-Za-z_@]|\.[A-Za-z0-9])"
    r"|[A-Za-z][A-Za-z0-9_\-]{0,9}[零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{2,11}"
)
"""An account: letters and signs, digits, or letters and Chinese numerals."""
_ACCOUNT = re.compile(
    r"(?:[上里内中](?=[（(]))?[\s：:为是号码（(“”\"「」'‘’即叫#、=+@❤♥]{0,6}(?:[^，。；、“”（）：:A-Za-z0-9]{1,8}的)?"
    r"(?:ID|id|账号|帐号|账户|用户名|号码|昵称|收款码|名)?[\s：:为是=“\"]{0,3}"
    rf"({_NUMBER_OR_NAME})"
)
_QUOTED = re.compile(
    r"(?:显示|备注|标注|写)?[\s：:为是号（(叫]{0,4}[“\"「『‘']([^”\"」』’']{1,20})[”\"」』’']"
)
_BARE = re.compile(r"[\s：:为是叫]{1,4}([^，。；、,;（）()\s：:“”\"]{1,20})")
_STANDING = re.compile(
    "在职|退休|在校|在读|本人|个体|某|公司|单位|学校|[中小大]学|幼儿园|医院|小区|社区|企业|机关|业主|职工|员工|学生|教师|村民|居民|干部"
    "|法定代表|经营者|当事人|负责人|股东|申请人|投诉人|被告"
)
"""Says behind 群主为 what somebody is, and not what he calls himself."""
_OF_CODE = re.compile("(?:编|单|箱|批|货|型|封|案|证|文|图|卷|合同|票|牌|航班)号?[：:为]?$")
_CONTAINER = re.compile("[A-Z]{3}[UJZ][0-9]{7}(?![0-9A-Za-z])")
"""A container's number by ISO 6346."""
_MORE = re.compile(
    r"[”\"]?[、,，；;和及与/（(][ ]?(?:(?:微信|QQ|qq|抖音|快手|账|帐)?号|ID|id)?[：:为是 ]{0,2}"
    rf"({_NUMBER_OR_NAME})"
)
_FRIEND = re.compile(
    "(?:群|微信|QQ|qq|抖音|快手|网上|线上|平台)[里内中上]?(?:加|添加|结识|认识|联系)[了到上]?"
    "[“\"「『‘']([^”\"」』’']{1,20})[”\"」』’']"
)
"""Whom somebody befriends in a group or on a platform."""
_SHORT_NUMBER = re.compile(
    r"(?<=[账帐]号)[\s：:为是]{0,3}([1-9][0-9]{4,8})(?![0-9\-]|\s?(?:元|万|个|名|人|次))"
)
"""Banks give no accounts of so few digits."""
_LETTERS = re.compile(r"[\s：:为是（(]{0,3}([A-Za-z][A-Za-z0-9_\-]{4,30})(?![0-9A-Za-z_@.])")
_OF_ACCOUNT = re.compile(
    "(?:账号|帐号|账户|主播|博主|网名|昵称|好友|网友|用户|群主|卖家|买家|商家|上家|下家|客服)[：:为是名叫系]{0,3}$"
)
_QUOTED_ACCOUNT = re.compile(
    r"[\s：:]{0,2}[“\"「『‘']([^”\"」』’']{1,20})[”\"」』’']"
    r"(?=[（(](?:[^）)]{0,8}(?:号|ID|id)|(?=[A-Za-z\-]*[0-9_])[A-Za-z][A-Za-z0-9_\-]{4,20}[）)])|(?:联系|沟通|添加|转账|收款|接单|下单|交易|私聊|聊天|发送|发来|索要|骗取|约定|的?(?:好友|聊天|转账|收款|账号|帐号|用户|主页)))"
)
"""A name in quotation marks that an account's number or what is done with accounts follows."""
_CALLED = re.compile(
    r"[”\"]?(?:平台|网站|APP|app)?[上内里]?的?(?:用户|账号|帐号|账户|卖家|买家|商家|博主|主播|网友|UP主|up主|号主|店主|好友|昵称|网名|ID|联系|名为|名叫){1,2}"
    r"名?[\s：:为是]{0,2}[“\"「『‘']([^”\"」』’']{1,20})[”\"」』’']"
)
"""A platform, what somebody is there, and a name in quotation marks."""
_UNDER = re.compile(
    r"[”\"]?(?:平台|网站|APP|app)?[上内里中]?[以用][“\"「『‘']([^”\"」』’']{1,20})[”\"」』’']"
    r"(?:为名|的?名义|的?身份|昵称|账号|帐号|网名)"
)
"""A platform, and the name under which somebody acts there."""
_OF_FIRM = re.compile(
    r"(?:公司|[店厂馆局院所社部行场城]|公园|景区|乐园|酒店|科技|药业|品牌|融媒|频道|电视台|中心|协会|学校|超市|药房|官方|集团|专营|政务|发布)$"
)
_AT_ONCE = re.compile(
    r"(?![不未已相均的与和及等同显一各有])([^，。；、,;（）()\s：:“”\"]{2,16}?)"
    r"(?=[，。；、,;）)]|[为系](?=[^，。；]{1,8}(?:所有|所用|持有|使用|本人|注册))|(?:出售|发布|销售|联系|收款|转账|私信|发来|留言|评论)(?!员|商|部|号))"
)
_OFFICIAL = re.compile("(?:官方|企业|公司|门店|店铺|本店|该店|单位|景区|机构|品牌|商家|旗舰)的?(?:认证)?$")
_GROUPED = re.compile(r"[\s：:为是号码（(]{0,4}([1-9][0-9]{0,5}(?:[ \-\n][0-9]{1,5}){1,10})(?![0-9\-])")
"""An account of the service with numbers, typed in groups."""
_NUMBERED = ("QQ", "qq", "Qq", "Q号", "扣扣", "球球", "扣号")
_OF_PERSONS = frozenset("名称人")
"""Ends of cues behind which even 发哥烟酒行 is what a person calls himself; accounts of firms are theirs."""
_OF_NAMES = frozenset("名称号D")
"""Ends of cues that ask for a name, not for whoever has it."""
_AND_ACCOUNT = re.compile(
    r"([^，。；、,;（）()\s：:“”\"]{2,16})(?=[（(](?:QQ|qq|微信|抖音|快手|支付宝|陌陌|旺旺|ID|id|账号|帐号|号)[^）)]{0,4}[0-9A-Za-z：:])"
)
"""A name between a cue and a bracket with the account itself."""
_AS = re.compile(
    r"[以用][“\"「『‘']([^”\"」』’']{1,20})[”\"」』’'](?:作为|作|为|的|这一|之)"
    r"(?:其)?(?:个人)?(?:(?:微信|QQ|qq|抖音|快手|支付宝|陌陌|闲鱼|微博|淘宝|社交|网络|直播|账号|帐号)(?:的)?(?:号?名称?|昵称|ID|id|账号|帐号|用户名)|昵称|网名|用户名|账号名|帐号名)"
)
"""A name in quotation marks said to be that of an account."""
_NAMES = ("网名", "昵称", "花名", "外号", "绰号", "艺名", "会员名", "微信名")
_HANDLE = re.compile(
    r"[\s：:为是“\"（(@]{0,3}((?=[A-Za-z\-]*[0-9_])[A-Za-z][A-Za-z0-9_\-]{4,30})(?![0-9A-Za-z_@.])"
)
_MENTIONED = re.compile(
    r"[\s：:为是叫]{0,2}@([^\s，。；、,;@（）()“”]{2,20}?)(?=的(?:用户|账号|帐号|网友|博主)|[\s，。；、,;@（）()“”]|$)"
)
_ACCOUNT_WORDS = ("账号", "帐号", "账户", "用户")
_SHORTEST_WORD, _NEAR = 2, 14
_WITHIN, _LONGEST_CODE = ("-", "_"), 4
_QUOTES = frozenset("“\"「『‘'")
_LENGTHS, _BEFORE = range(5, 13), 8
_TAGS = ("label.im", "label.nick", "label.bank", "im.holder")
_CODES = ("ICCID", "IMSI", "ID", "IC", "SN", "CVV", "BIN")
"""Letters behind 卡 that name a code of the card."""
_AMOUNT = re.compile(r"\s?(?:元|万|余|人|次|单|条|笔|个|名|粉丝)")


class ImAccountDetector:
    """Reads what stands right behind a service's name."""

    def detect(self, reading: Reading) -> Iterable[Span]:
        """Return accounts, and nicknames where the cue is one for names."""
        cues = reading.cues
        announced = any(tag in cues for tag in _TAGS) or "群" in reading.text
        told = mentions(reading.text, announced=announced)
        return chain(told, self._found(reading)) if announced else told

    def _found(self, reading: Reading) -> Iterator[Span]:
        cues, text = reading.cues, reading.text
        services = dict(cues.get("label.im", ()))
        nicks = frozenset(cues.get("label.nick", ()))
        for start, end in dict.fromkeys((*cues.get("label.im", ()), *nicks)):
            if not _within_code(text, start, end):
                if " " in text[end : end + _NEAR] and (apart := spaced(text, end)):
                    yield apart
                grouped = _GROUPED.match(text, end) if text[start:end].startswith(_NUMBERED) else None
                if grouped and sum(map(str.isdigit, grouped[1])) in _LENGTHS:
                    yield _span(grouped, "announced, in groups")
                    continue
                nick = (start, end) in nicks or text.startswith(_ACCOUNT_WORDS, end - 2)
                yield from _behind(text, start, end, nick=nick, services=services)
        for start, end, digits, label in reading.numbers:
            if label == "label.im" and len(digits) in _LENGTHS and text[start:end] != digits:
                yield Span(start, end, _KIND, "number in groups or numerals")
        friends = _FRIEND.finditer(text) if "了“" in text or "加“" in text or "到“" in text else ()
        for match in chain(_AS.finditer(text), friends):
            yield _span(match, "as the name of an account")
        for _, end in cues.get("im.holder", ()):
            handle = _HANDLE.match(text, end)
            if handle:
                yield _span(handle, "of an account's holder")
        for _, end in cues.get("label.bank", ()):
            if text[end - 1 : end] == "卡" and text.startswith(_CODES, end):
                continue
            account = _LETTERS.match(text, end) or _SHORT_NUMBER.match(text, end)
            if account:
                yield _span(account, "account of letters or few digits")


def _behind(text: str, start: int, end: int, *, nick: bool, services: Mapping[int, int]) -> Iterator[Span]:
    match = _ACCOUNT.match(text, end)
    if match is None:
        match = _named(text, start, end, nick=nick)
    while match and not _AMOUNT.match(text, match.end(1)) and not _is_service(match, services):
        yield _span(match, "announced")
        match = _MORE.match(text, match.end(1))


def _is_service(match: re.Match[str], services: Mapping[int, int]) -> bool:
    """Tell whether the find is only a further service's name, with its account's digits or without."""
    start, end = match.span(1)
    named = services.get(start, start)
    return named > start and (named >= end or match.string[named:end].isdigit())


def _within_code(text: str, start: int, end: int) -> bool:
    """Tell whether a cue of letters is only a part of some longer code, such as of a firm's number."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    if not text[start].isascii():
        return False
    if before in _WITHIN and text[start - 2 : start - 1].isascii() and text[start - 2 : start - 1].isalnum():
        return True
    if end - start == _SHORTEST_WORD and (
        _CONTAINER.match(text, start) or _OF_CODE.search(text, max(0, start - _LONGEST_CODE), start)
    ):
        return True
    return (before.isascii() and before.isalnum()) or (
        end - start > _SHORTEST_WORD and text[end - 1].isascii() and behind.isascii() and behind.isalpha()
    )


def _named(text: str, start: int, end: int, *, nick: bool) -> re.Match[str] | None:
    """Return what somebody calls himself behind the cue from `start` to `end`; firms' names are none."""
    called = _CALLED.match(text, end) or _UNDER.match(text, end) or _MENTIONED.match(text, end)
    official = _OFFICIAL.search(text, max(0, start - _BEFORE), start) is not None
    if called is None and nick and not official:
        called = _QUOTED.match(text, end) or _BARE.match(text, end)
        if (
            called
            and text[end - 1] not in _OF_NAMES
            and text[end : end + 1] in "为是"
            and _STANDING.search(called[1])
        ):
            called = None
        if called is None and text[start:end].endswith(_NAMES) and text[start - 1 : start] != "为":
            called = _AT_ONCE.match(text, end)
    if called is None and nick:
        called = _AND_ACCOUNT.match(text, end)
    if called is None and text[end - 1] != "群" and not _QUOTES.isdisjoint(text[end : end + 3]):
        called = _QUOTED_ACCOUNT.match(text, end)
    if called is None and not nick and (quoted := _QUOTED.match(text, end)):
        called = quoted if _OF_ACCOUNT.search(text, max(0, start - _BEFORE), start) else None
    person = text[end - 1] in _OF_PERSONS
    return None if called is None or (not person and _OF_FIRM.search(called[1])) else called


def _span(match: re.Match[str], reason: str) -> Span:
    return Span(match.start(1), match.end(1), PersonalKind.IM_ACCOUNT, reason)
