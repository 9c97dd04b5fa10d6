"""Finds what somebody calls himself right behind the word that asks for it, in quotation marks or bare."""

import re

_QUOTED = re.compile(
    r"(?:显示|备注|标注|写)?[\s：:为是号（(叫]{0,4}[“\"「『‘']([^”\"」』’']{1,20})[”\"」』’']"
)
_BARE = re.compile(
    r"(?:[\s：:为是叫]{1,4}|(?<=[名称])[（(]|(?<=[名称][为叫是]))([^，。；、,;（）()\s：:“”\"]{1,20}?)(?=的(?:用户|账号|帐号|网友|博主|男子|女子|人|卖家|买家|好友|微信|QQ|主播|司机|顾客|客户|乘客|中介|老板|商户|商家|消费者|女士|先生|店主|陌生人|嫌疑人|账户)|[，。；、,;（）()\s：:“”\"]|$)"
)
_STANDING = re.compile(
    "在职|退休|在校|在读|本人|个体|某|公司|单位|学校|[中小大]学|幼儿园|医院|小区|社区|企业|机关|业主|职工|员工|学生|教师|村民|居民|干部"
    "|法定代表|经营者|当事人|负责人|股东|申请人|投诉人|被告"
)
"""Says behind 群主为 what somebody is, and not what he calls himself."""
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
    r"(?![不未已相均的与和及等同显各有在栏项处]|一[致栏项样])([^，。；、,;（）()\s：:“”\"]{2,16}?)"
    r"(?=[，。；、,;）)]|[为系](?=[^，。；]{1,8}(?:所有|所用|持有|使用|本人|注册))|(?:出售|发布|销售|联系|收款|转账|私信|发来|留言|评论)(?!员|商|部|号)|在(?:抖音|快手|微信|微博|小红书|贴吧|论坛|群|网|平台|直播|知乎|豆瓣|闲鱼|QQ))"
)
_OFFICIAL = re.compile("(?:官方|企业|公司|门店|店铺|本店|该店|单位|景区|机构|品牌|商家|旗舰)的?(?:认证)?$")
_OF_PERSONS = frozenset("名称人")
"""Ends of cues behind which even 发哥烟酒行 is what a person calls himself; accounts of firms are theirs."""
_OF_NAMES = frozenset("名称号D")
"""Ends of cues that ask for a name, not for whoever has it."""
_AND_ACCOUNT = re.compile(
    r"([^，。；、,;（）()\s：:“”\"]{2,16})(?=[（(](?:QQ|qq|微信|抖音|快手|支付宝|陌陌|旺旺|ID|id|账号|帐号|号)[^）)]{0,4}[0-9A-Za-z：:])"
)
"""A name between a cue and a bracket with the account itself."""
_NAMES = (
    "网名",
    "昵称",
    "花名",
    "外号",
    "绰号",
    "艺名",
    "会员名",
    "微信名",
    "账号名",
    "帐号名",
    "用户名",
    "抖音名",
    "快手名",
    "QQ名",
)
_MENTIONED = re.compile(
    r"[\s：:为是叫]{0,2}@([^\s，。；、,;@（）()“”]{2,20}?)(?=的|发布|发帖|发文|转发|评论|爆料|私信|留言|散布|上传|称|[\s，。；、,;@（）()“”]|$)"
)
_HOLDER_WORDS = ("用户", "网友", "主播", "博主", "账号", "帐号")
_NO_NAME = (
    r"(?![可在通对向从被因不未的均已将需应能会大多投普按进于为是由发有与和及等其该或登注实所内里上中下后前某主密安信权异封运粉数首简橱协服名昵ID])"
    r"(?!.{0,10}?(?:所|的|某|通过|宣传|虚假|信息|内容|主体|认证|管理|注册|使用|开展|推广|带货|举报|投诉|个|条|协议|公司|店|租|售|买卖|交易|服务|规则|制度|功能|登录|申诉|找回))"
)
_HOLDERS = re.compile(
    rf"(?<![的名个位该”])(?:用户|网友|主播|博主|账号|帐号)({_NO_NAME}"
    r"(?:[\u4e00-\u9fffA-Za-z0-9_·]{3,12}(?=[（(](?:真实|实名|真名|身份|本名|系|抖音|快手|微信|QQ|ID|UID|账号))"
    r"|(?<=号)[\u4e00-\u9fff]{4,8}(?=[，。；、]|$)"
    r"|(?=[\u4e00-\u9fff]{0,6}[A-Za-z0-9_])[\u4e00-\u9fffA-Za-z0-9_·]{3,12}?(?=[，。；、]|发布|联系|发帖|评论|留言)))"
)
"""A service, what somebody is there, and his name without quotation marks."""
_QUOTES = frozenset("“\"「『‘'")
_BEFORE = 8


def named(text: str, start: int, end: int, *, nick: bool) -> re.Match[str] | None:
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
    if called is None and not official:
        called = _HOLDERS.match(text, end if not text.startswith(_HOLDER_WORDS, end - 2) else end - 2)
    if called is None and nick:
        called = _AND_ACCOUNT.match(text, end)
    if called is None and text[end - 1] != "群" and not _QUOTES.isdisjoint(text[end : end + 3]):
        called = _QUOTED_ACCOUNT.match(text, end)
    if called is None and not nick and (quoted := _QUOTED.match(text, end)):
        called = quoted if _OF_ACCOUNT.search(text, max(0, start - _BEFORE), start) else None
    person = text[end - 1] in _OF_PERSONS
    return None if called is None or (not person and _OF_FIRM.search(called[1])) else called
