"""Finds accounts by their own look: handles in small letters, links to somebody's page, lists by party."""

import re
from collections.abc import Iterator

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.IM_ACCOUNT
_LINK = re.compile(
    r"(?<![A-Za-z0-9\-])"
    r"(?:t\.me|telegram\.me|wa\.me|line\.me/(?:ti/p|R)|discord\.gg|github\.com|gitee\.com|x\.com|twitter\.com"
    r"|instagram\.com|facebook\.com|fb\.com|tiktok\.com|youtube\.com|weibo\.(?:com|cn)|space\.bilibili\.com"
    r"|zhihu\.com/people|xiaohongshu\.com/user/profile|douyin\.com(?:/user)?|kuaishou\.com(?:/profile)?"
    r"|qm\.qq\.com|u\.wechat\.com|user\.qzone\.qq\.com|blog\.sina\.com\.cn|tieba\.baidu\.com/home|linkedin\.com/in)"
    r"/(?:(?:u|channel|c|s|user|joinchat)/)?[@+]?[A-Za-z0-9_\-.%]{3,40}(?<![.\-])"
)
"""A page of one user on a service; its address tells who it is."""
_GLUED = re.compile("QQ号?|VX|WX|TG|UID|ID|YY|LINE|Line|Skype|WhatsApp|Telegram|GitHub|Gitee|Soul|Ins")
"""A service's name that the handle is typed right behind."""
_LINK_ENDS = (".com/", ".me/", ".cn/", ".gg/")
_HANDLE = re.compile(
    r"[A-Za-z](?<![A-Za-z0-9_@./\\\-=&?#+].)"
    r"(?=[A-Za-z0-9_\-.]*[a-z]{2})(?=[A-Za-z.]*[0-9_\-])[A-Za-z0-9_\-.]{3,28}[A-Za-z0-9_]"
    r"(?![A-Za-z0-9@/\\=&?#+]|[.\-][A-Za-z0-9]|[xX*]{2})"
)
_JOINED = re.compile(r"[a-z0-9.]{2,}_[A-Za-z0-9_\-.]+|[A-Za-z][A-Za-z0-9.]+_[a-z0-9_\-.]{2,}")
"""With a low line, as nothing else in a decision is typed."""
_DASHED = re.compile(r"[a-z]{2,}[a-z0-9]*(?:-[a-z0-9]{1,12}){1,3}")
_DIGITS = re.compile(r"[a-z]{4,14}[0-9]{2,8}")
_OF_FILE = re.compile(
    r".*\.(?:jpe?g|png|gif|bmp|pdf|docx?|xlsx?|pptx?|mp[34]|avi|mov|wav|amr|apk|exe|zip|rar|txt|csv|db|log)$",
    re.IGNORECASE,
)
_NEAR = 9
_PARTY_LIST = re.compile(r"(?:号|号码|账号|帐号|ID|id)?(?:分别|依次|各自?)?[：:为是]{1,3}")
_PARTY = (
    "(?:[甲乙丙丁]方?|(?:原|被)告|(?:被)?(?:投诉|举报|申请|处罚|害|保险)人|当事人|[买卖双对我男女]方|[买卖][家主]|房东|租客"
    "|本人|其[妻夫父母子女兄弟姐妹]?|[\u4e00-\u9fff]{1,2}某{1,2}|[\u4e00-\u9fff]{2,4}(?=[（(：:]))"
)
_ONE = r"(?:[A-Za-z][A-Za-z0-9_\-.]{3,28}[A-Za-z0-9_]|[1-9][0-9]{4,11})"
_EACH = re.compile(
    rf"[，、,；;和及与]?{_PARTY}?(?:[的为是：:系（(\s]{{0,2}})({_ONE})"
    r"(?![A-Za-z0-9_@]|[.\-][A-Za-z0-9]|\s?(?:元|万|人|次|单|条|笔|个|名|粉))[）)]?"
)
_FIRST = re.compile(_PARTY)


class Handles:
    """Tells handles from codes, files and words by what they hold and what stands beside them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._english = re.compile(f"(?:{lexicon.pattern('im.english')})(?![a-z])", re.IGNORECASE)
        self._programs = re.compile(f"(?:{lexicon.pattern('im.programs')})(?![a-z])", re.IGNORECASE)
        self._of_code = re.compile(f'(?:{lexicon.pattern("im.code")})(?:号|名|名称)?[：:为是系（(“"]{{0,2}}$')
        self._is_code = re.compile(f'[”"）)\\s]{{0,2}}(?:{lexicon.pattern("im.code_behind")})')

    def find(self, text: str, *, announced: bool) -> Iterator[Span]:
        """Yield links to users' pages, and handles that nothing calls a code; `announced` if on a service."""
        if "/" in text and any(end in text for end in _LINK_ENDS):
            for link in _LINK.finditer(text):
                yield Span(link.start(), link.end(), _KIND, "link to a user's page")
        for found in _HANDLE.finditer(text) if announced or "_" in text else ():
            start, end = found.span()
            glued = _GLUED.match(text, start)
            start = glued.end() if glued else start
            if (
                self._is_shaped(text[start:end], announced=announced)
                and not self._of_code.search(text, max(0, start - _NEAR), start)
                and not self._is_code.match(text, end)
            ):
                yield Span(start, end, _KIND, "handle by its look")

    def _is_shaped(self, typed: str, *, announced: bool) -> bool:
        """Tell whether people call themselves so, and no files, programs or goods are called so."""
        if _JOINED.fullmatch(typed):
            return not (_OF_FILE.match(typed) or self._programs.match(typed))
        likely = announced and (_DASHED.fullmatch(typed) or _DIGITS.fullmatch(typed))
        return bool(likely) and not (self._english.match(typed) or self._programs.match(typed))


def by_party(text: str, end: int) -> Iterator[Span]:
    """Yield the accounts of several parties that a service's name, ending at `end`, announces together."""
    lead = _PARTY_LIST.match(text, end)
    each = _EACH.match(text, lead.end()) if lead and _FIRST.match(text, lead.end()) else None
    while each:
        yield Span(each.start(1), each.end(1), _KIND, "by party")
        each = _EACH.match(text, each.end())
