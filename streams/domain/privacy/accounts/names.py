"""Finds what somebody calls himself on a service, in quotation marks or behind a colon."""

import re
from collections.abc import Iterator
from itertools import chain

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.IM_ACCOUNT
_QUOTED = re.compile(r"[“\"「『‘]([^”\"」』’，。；！？!?\n]{1,20})[”\"」』’']")
_SIDE = r"(?:[（(][\u4e00-\u9fffA-Z/]{1,8}[）)])?"
"""A bracket between the service and the name, that says what it is."""
_IS = r"(?:[：:]|(?:的?名称?|号)?(?:显示|备注)?(?:原|曾|现|分别|依次|各)?(?:的?是|为|叫做?|系)?[：:]?)"
_MET = re.compile(
    r"(?:加|添加|加了|添加了|加上|加到|结识|结识了|认识|认识了|搭识|关注|联系上?|找到|问到|转给|转账给|付给|付款给)(?:一个|一名|了|过|到)?(?:名为|名叫|叫|网名|昵称)?$"
)
_ONLINE = "手机上|网|群|平台|线上|朋友圈|推荐|介绍|贴吧|论坛|名片|二维码|直播|评论|私信"
_MADE_FRIENDS = re.compile(
    "(?:为|成为?)?(?:微信|QQ|qq|抖音|快手|网络)?(?:好友|网友)|[（(]微信|后?(?:私聊|聊天|咨询|买|购|付|转账|下单|谈|进群|入群|拉)|微信|QQ"
)
_BY_NAME = re.compile("(?:叫做?|名为|名叫|自称|化名|绰号|外号|代号|备注为?|显示为?|称为|标注为?|存为)$")
_SAVED = re.compile(
    "(?:(?:将|把)(?![^，。；“]{0,4}(?:商品|货物|订单|快递|款))[^，。；“]{1,8}(?:备注|存|标注|命名)(?:成|为)|(?:手机|通讯录|微信)[中里内上]?(?:备注|存|显示)为?)$"
)
"""Under what name somebody has another one in his phone."""
_UNDER_NAME, _ACTING = (
    ("以", "用"),
    re.compile(
        "(?:为(?:昵称|网名|名)|的?(?:昵称|网名|用户名|马甲))[^。；，]{0,6}(?:抖音|快手|微信|直播|网|平台|群|知乎|微博|小红书)"
    ),
)
_PERSONAL = re.compile(
    "[哥姐妹弟叔姨婶嫂妈爸爷奶老阿]|小[\u4e00-\u9fff]|师傅|日记|日常|先生|女士|大师|姑娘|丫头|[A-Za-z0-9_]{2,}|的[\u4e00-\u9fff]{1,3}$"
)
"""As people name themselves; what else is quoted may be a pretext."""
_ACTS = re.compile("发布|发帖|发文|直播|开播|带货|销售|出售|引流|招揽|接单|揽客|兜售|招生|招募|上传")
_WHO = re.compile(
    "的?(?:人(?!员|民|口|事|工)|男子|女子|网友|用户|卖家|买家|老板|商家|客户|上[家线]|下[家线]|朋友|好友|群友|账号|帐号|微信(?!群|公众号|小程序)|QQ(?!群)|抖音|快手|主播|博主|网民|代购|中介|黄牛|联系人|号主|陌生人)"
)
_MET_WHOM = re.compile("(?:认识|结识|联系|沟通|聊天|添加|搭讪|勾搭|聊上|加)[的了]$")
_LISTED = re.compile("[、和及与,，或]{0,2}(?:后|现|又)?(?:改为|改名为?|更名为|变更为|换成)?")
"""Stands between the names of a list, and before a new name."""
_WINDOW, _FRIENDS_WINDOW = 18, 26
_COLON = re.compile(
    r"(?:名|昵称|账号|帐号|用户|主页)?[：:][ ]?(?=[^）)，,；;。”]{0,11}[\u4e00-\u9fff])"
    r"([\u4e00-\u9fffA-Za-z0-9_·丶～~\-の]{2,12})(?=[）)，,；;。”]|$)"
)
_GROWN = re.compile("[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z0-9_·]{0,9}(?=[）)”’」】])")
"""Goes on in Chinese characters up to a closing sign."""
_SIGNS = ("@", "+")
_BRACKETS = ("（", "(")
_ENDS = "：:为叫是系做示注）)上里中内加添识交注搭到过了个名的以用称存成"
"""Ends of what may stand before a name, but for the words that ask for one."""
_NEAR, _LONGEST_GAP, _OF_PERSONS = 6, 7, frozenset("名称人码方")
"""Ends of words that ask for a name, behind which even one of a shop is what somebody calls himself."""
_OPENED = frozenset('：:“"（(「 ')


_LODGING = re.compile("民宿|客栈|农家乐")
"""Within a name on a service it is a firm's."""


class NamesOnServices:
    """Weighs what stands before and behind a quotation; names of firms, groups, features stay public."""

    def __init__(self, lexicon: Lexicon) -> None:
        social, own = lexicon.pattern("im.social"), lexicon.pattern("im.own_name")
        role = lexicon.pattern("im.role")
        there = lexicon.pattern("im.role_there")
        self._before = re.compile(
            f"(?P<own>(?:{social})?(?:{own})){_SIDE}{_IS}$|(?:{role}){_SIDE}(?:名?为|名?叫)?$"
            f"|(?:{social})(?:[上里中内]?的?(?:{there})?){_SIDE}{_IS}$|(?:{role}|{there})的?备注为?$"
        )
        self._of_role = re.compile(f"(?:{there})$")
        self._whose = re.compile(
            f"[”\"」』’']的?(?:{social}|账号|帐号|聊天|对话|主页|直播间|朋友圈|头像)(?!公众号|小程序|群)"
        )
        self._with_account = re.compile(
            f"[（(](?:{social})(?:号码?|ID|id|账号|帐号)?[：: 为]{{0,2}}[A-Za-z0-9_]"
        )
        self._on_service = re.compile(f"(?:{social})(?:平台)?[上里中内]?[以用]$")
        words = (lexicon.contexts[f"im.{tag}"] for tag in ("social", "own_name", "role", "role_there"))
        self._ends = frozenset(word[-1] for word in chain.from_iterable(words)).union(_ENDS)
        self._official = re.compile(lexicon.pattern("im.official") + "的?$")
        self._trade = re.compile(f"(?:{lexicon.pattern('im.trade')})$")
        self._online = re.compile(f"{_ONLINE}|{social}")
        self._feature = re.compile(lexicon.pattern("im.feature"))
        self._not_behind = re.compile(lexicon.pattern("im.not_name_behind"))
        self._firm = re.compile(f"(?:{lexicon.pattern('im.firm')})$")
        self._firms_last = frozenset(lexicon.contexts["im.firm_sign"])
        self._said = re.compile(f"^(?:{lexicon.pattern('im.no_name_start')})|{lexicon.pattern('im.no_name')}")
        self._social = re.compile(social)

    def quoted(self, text: str) -> Iterator[Span]:
        """Yield the quotations of `text`, in which a service is named, that are somebody's name there."""
        last = -1
        for found in _QUOTED.finditer(text):
            start, end, name = found.start(), found.end(), found[1]
            if not (
                text[start - 1 : start] in self._ends
                or 0 <= last >= start - _LONGEST_GAP
                or text[end : end + 1] in _BRACKETS
            ):
                continue
            if self._not_behind.match(text, end) or self.is_nobodys(name):
                continue
            with_account = self._with_account.match(text, end) and not self._is_firms(name)
            listed = 0 <= last >= start - _LONGEST_GAP and _LISTED.fullmatch(text, last, start)
            if (
                with_account
                or listed
                or self._is_announced(text, start, name)
                or self._is_met(text, start, end)
            ):
                last = end
                yield Span(found.start(1), found.end(1), _KIND, "what somebody calls himself")

    def _is_announced(self, text: str, start: int, name: str) -> bool:
        """Tell whether what stands before `start` announces `name`, and it is nobody's but a person's."""
        before = self._before.search(text, max(0, start - _WINDOW), start)
        if before is None and self._whose.match(text, start + len(name) + 1):
            before = self._of_role.search(text, max(0, start - _WINDOW), start)
            if before:
                return not self._is_firms(name)
        if before is None or self._official.search(text, max(0, before.start() - _NEAR), before.start()):
            return False
        own = before["own"]
        if own and own[-1] in _OF_PERSONS:
            return True
        return self._firm.search(name) is None if own else not self._is_firms(name)

    def is_nobodys(self, name: str) -> bool:
        """Tell whether `name` is only a service's feature, or says that there is none."""
        return self._feature.fullmatch(name) is not None

    def _is_firms(self, name: str) -> bool:
        """Tell whether `name` ends as those of firms and shops do."""
        return (
            name[-1] in self._firms_last
            or _LODGING.search(name) is not None
            or (self._trade.search(name) or self._firm.search(name)) is not None
        )

    def _is_met(self, text: str, start: int, end: int) -> bool:
        """Tell whether somebody adds, meets or knows by that name whom the quotation names."""
        near = max(0, start - _WINDOW)
        if _SAVED.search(text, near, start) or (
            text[start - 1 : start] in _UNDER_NAME and _ACTING.match(text, end)
        ):
            return True
        on_service = text[start - 1 : start] in _UNDER_NAME and _ACTS.match(text, end)
        if on_service and self._on_service.search(text, near, start):
            name = text[start + 1 : end - 1]
            return _PERSONAL.search(name) is not None and not self._is_firms(name)
        if _MET_WHOM.search(text, near, start):
            return True
        if _BY_NAME.search(text, near, start):
            return _WHO.match(text, end) is not None
        met = _MET.search(text, near, start)
        if met is None:
            return False
        return (
            _MADE_FRIENDS.match(text, end) is not None
            or self._online.search(text, max(0, start - _FRIENDS_WINDOW), met.start()) is not None
        )

    def behind_colon(self, text: str, start: int, end: int) -> Span | None:
        """Return what somebody calls himself behind a service, named from `start` to `end`, and a colon."""
        found = _COLON.match(text, end)
        if found is None or not self._social.match(text, start):
            return None
        if self._said.search(found[1]) or self._firm.search(found[1]) or self._feature.fullmatch(found[1]):
            return None
        return Span(found.start(1), found.end(1), _KIND, "behind a service and a colon")

    def whole(self, text: str, span: Span) -> Span:
        """Return `span` with the sign before it and the Chinese characters behind it that belong to it."""
        start, end = span.start, span.end
        start -= text[start - 1 : start] in _SIGNS
        if text[start - 1 : start] not in _OPENED:
            return span._replace(start=start)
        more = _GROWN.match(text, end)
        return span._replace(start=start, end=more.end() if more and not self._said.search(more[0]) else end)
