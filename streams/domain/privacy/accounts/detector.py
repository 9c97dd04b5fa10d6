"""Finds accounts and nicknames of messaging and social services."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from streams.domain.privacy.accounts.adverts import is_advertising, is_shops
from streams.domain.privacy.accounts.handles import Handles, by_party
from streams.domain.privacy.accounts.mentions import mentions, spaced
from streams.domain.privacy.accounts.names import NamesOnServices
from streams.domain.privacy.accounts.nicknames import named
from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.IM_ACCOUNT
_NUMBER_OR_NAME = (
    r"(?!www\.|https?:|[A-Za-z0-9\-]{2,20}\.(?:com|cn|net|org|top|vip))"
    r"(?:(?:[A-Za-z]|(?<![A-Za-z0-9])_)[A-Za-z0-9_\-.]{3,29}[A-Za-z0-9_](?:@[A-Za-z]{2,12}(?![A-Za-z0-9]|\.[A-Za-z]))?|(?<=[：:\s为是（“])(?![0-9]+(?:kg|mg|ml|km|cm|mm|kw|g|m))(?=[0-9_]*[a-z])[0-9][0-9a-z_]{5,29}|[1-9][0-9]{4,11})(?:#[0-9]{3,5})?(?![0-9A-Za-z_@]|\.[A-Za-z0-9])"
    r"|[A-Za-z][A-Za-z0-9_\-]{0,9}[零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{2,11}"
)
"""An account: letters and signs, digits, or letters and Chinese numerals."""
_ACCOUNT = re.compile(
    r"(?:[上里内中](?=[（(])|[）)](?=[：:@\s]))?[\s：:为是号码（(“”\"「」'‘’即叫#、=+@❤♥]{0,6}(?:[^，。；、“”（）：:A-Za-z0-9]{1,8}的)?"
    r"(?:ID|id|账号|帐号|账户|用户名|号码|昵称|收款码|名|主页|空间)?号?(?:分别|依次|各)?[\s：:为是=“\"]{0,3}"
    rf"({_NUMBER_OR_NAME})"
)
_OF_CODE = re.compile("(?:编|单|箱|批|货|型|封|案|证|文|图|卷|合同|票|牌|航班)号?[：:为]?$")
_CONTAINER = re.compile("[A-Z]{3}[UJZ][0-9]{7}(?![0-9A-Za-z])")
"""A container's number by ISO 6346."""
_MORE = re.compile(
    r"[”\"]?[、,，；;和及与/（(][ ]?(?:(?:微信|QQ|qq|抖音|快手|账|帐)?号|ID|id)?[：:为是 ]{0,2}"
    rf"({_NUMBER_OR_NAME})"
)
_ANOTHER = re.compile(
    r"[”\"]?[，,、；;]另(?:有)?(?:外)?一?个?(?:抖音|快手|小红书|微信|QQ)?(?:账号|帐号|小号|大号|号|昵称|ID|id)?[：:为是]?[“\"]?"
    r"((?![人名部张份台只条方位辆处家款批起件男女案当被有在称查据涉发])[\u4e00-\u9fffA-Za-z0-9_·]{2,12})[”\"]?(?=[；;。，,）)])"
)
"""A further name of somebody's on the service."""
_FRIEND = re.compile(
    "(?:群|微信|QQ|qq|抖音|快手|网上|线上|平台)[里内中上]?(?:加|添加|结识|认识|联系)[了到上]?"
    "[“\"「『‘']([^”\"」』’']{1,20})[”\"」』’']"
)
"""Whom somebody befriends in a group or on a platform."""
_SHORT_NUMBER = re.compile(
    r"(?<=[账帐]号)[\s：:为是]{0,3}([1-9][0-9]{4,8})(?![0-9\-]|\s?(?:元|万|个|名|人|次))"
)
"""Banks give no accounts of so few digits."""
_FILED = re.compile(r"[\s：:为是（(]{0,3}[A-Z]{2,6}(?:-[A-Z0-9]{2,8})*-20[0-9]{2}-[0-9]{2,}")
"""The number of a card in files, such as WY-CRB-2023-0087."""
_LETTERS = re.compile(r"[\s：:为是（(]{0,3}([A-Za-z][A-Za-z0-9_\-]{4,30})(?![0-9A-Za-z_@.])")
_GROUPED = re.compile(r"[\s：:为是号码（(]{0,4}([1-9][0-9]{0,5}(?:[ \-\n][0-9]{1,5}){1,10})(?![0-9\-])")
"""An account of the service with numbers, typed in groups."""
_NUMBERED = ("QQ", "qq", "Qq", "Q号", "扣扣", "球球", "扣号")
_AS = re.compile(
    r"[以用][“\"「『‘']([^”\"」』’']{1,20})[”\"」』’'](?:作为|作|为|的|这一|之)"
    r"(?:其)?(?:个人)?(?:(?:微信|QQ|qq|抖音|快手|支付宝|陌陌|闲鱼|微博|淘宝|社交|网络|直播|账号|帐号)(?:的)?(?:号?名称?|昵称|ID|id|账号|帐号|用户名)|昵称|网名|用户名|账号名|帐号名)"
)
"""A name in quotation marks said to be that of an account."""
_HANDLE = re.compile(
    r"[\s：:为是“\"（(@]{0,3}((?!(?:QQ|qq)[0-9）)])(?=[A-Za-z\-]*[0-9_])[A-Za-z][A-Za-z0-9_\-]{4,30})(?![0-9A-Za-z_@.])"
)
_ASKED = re.compile(
    "的?(?:(?:ID|id|名称|备注名?)(?=[：:为是叫])|(?:账号|帐号)?名(?=为|叫|是|[：:]|[\u4e00-\u9fffA-Za-z])|昵称|网名|用户名|[上里中]的?名字|[上里中]?(?=叫[^车外餐他她人代快]))"
)
_TELLING = ("加“", "加了“", "网友“", "备注为“", "备注“", "存为“", "抖音", "快手", "微信", "小红书", "微博")
"""Tell of services where no cue does, as in 加“…” and 快手平台."""
_COLONS = ("：", ":", "名", "昵", "账", "帐", "用", "主")
_ACCOUNT_WORDS = ("账号", "帐号", "账户", "用户")
_SHORTEST_WORD, _NEAR = 2, 14
_WITHIN, _LONGEST_CODE = ("-", "_"), 4
_LENGTHS = range(5, 13)
_TAGS = ("label.im", "label.nick", "label.bank", "im.holder")
_CODES = ("ICCID", "IMSI", "ID", "IC", "SN", "CVV", "BIN")
"""Letters behind 卡 that name a code of the card."""
_NO_BANKS = frozenset("房门饭水电油工磁显声网贺名")
"""Cards that no bank gives."""
_AMOUNT = re.compile(r"\s?(?:元|万|余|人|次|单(?![独价位])|条|笔|个|名|粉丝)")


class ImAccountDetector:
    """Reads what stands right behind a service's name."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._names = NamesOnServices(lexicon)
        self._handles = Handles(lexicon)

    def detect(self, reading: Reading) -> Iterable[Span]:
        """Return accounts, and nicknames where the cue is one for names."""
        cues = reading.cues
        announced = any(tag in cues for tag in _TAGS) or "群" in reading.text
        text = reading.text
        announced = announced or ("“" in text and any(word in text for word in _TELLING))
        told = chain(mentions(text, announced=announced), self._handles.find(text, announced=announced))
        if not announced:
            return told
        found = chain(told, self._names.quoted(text), self._found(reading))
        return (
            span
            for span in found
            if not (is_shops(text, span.start, span.end) or is_advertising(text, span.end))
        )

    def _found(self, reading: Reading) -> Iterator[Span]:
        cues, text = reading.cues, reading.text
        services = dict(cues.get("label.im", ()))
        nicks = frozenset(cues.get("label.nick", ()))
        for start, end in dict.fromkeys((*cues.get("label.im", ()), *nicks)):
            if not _within_code(text, start, end):
                nick = (start, end) in nicks or text.startswith(_ACCOUNT_WORDS, end - 2)
                yield from self._announced(text, (start, end), nick=nick, services=services)
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
            if text[end - 1 : end] == "卡" and (
                text.startswith(_CODES, end) or text[end - 2 : end - 1] in _NO_BANKS
            ):
                continue
            account = (
                None
                if _FILED.match(text, end)
                else _LETTERS.match(text, end) or _SHORT_NUMBER.match(text, end)
            )
            if account:
                yield _span(account, "account of letters or few digits")

    def _announced(
        self, text: str, cue: tuple[int, int], *, nick: bool, services: Mapping[int, int]
    ) -> Iterator[Span]:
        """Yield what the service or the word for a name at `cue` announces."""
        start, end = cue
        if " " in text[end : end + _NEAR] and (apart := spaced(text, end)):
            yield apart
        grouped = _GROUPED.match(text, end) if text[start:end].startswith(_NUMBERED) else None
        if grouped and sum(map(str.isdigit, grouped[1])) in _LENGTHS:
            yield _span(grouped, "announced, in groups")
            return
        asked = _ASKED.match(text, end)
        end = asked.end() if asked else end
        parties = tuple(by_party(text, end))
        if parties:
            yield from parties
            return
        for span in self._behind(text, (start, end), nick=nick or asked is not None, services=services):
            yield self._names.whole(text, span)
        colon = text[end : end + 1] in _COLONS and self._names.behind_colon(text, start, end)
        if colon:
            yield colon

    def _behind(
        self, text: str, cue: tuple[int, int], *, nick: bool, services: Mapping[int, int]
    ) -> Iterator[Span]:
        match = _ACCOUNT.match(text, cue[1])
        if match is None:
            match = named(text, *cue, nick=nick)
            match = None if match and self._names.is_nobodys(match[1]) else match
        while match and not _AMOUNT.match(text, match.end(1)) and not _is_service(match, services):
            yield _span(match, "announced")
            match = _MORE.match(text, match.end(1)) or _ANOTHER.match(text, match.end(1))


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


def _span(match: re.Match[str], reason: str) -> Span:
    return Span(match.start(1), match.end(1), PersonalKind.IM_ACCOUNT, reason)
