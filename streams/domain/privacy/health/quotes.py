"""Tells of whom a condition in quotation marks is quoted: papers, lists and whoever is named before."""

import re

from streams.domain.privacy.naming import NameBefore
from streams.domain.privacy.quoting import is_of_speaker, opening

_TITLES = frozenset("《》")
_NOTED = re.compile(
    "(?:(?:的|被|所|自)?(?:填写?|标注|标记|备注|注明|登记|写明?|记录|记载|记|述|说|称|叫|系|为|是)(?:为|有|的)?){0,2}"
    "(?:其|她|他|的)?(?:的?(?:检查|体检|化验|检测|检验|诊断|病理|产检|筛查)?(?:报告单?|化验单|检查单|结果|病历|记录))?[：:]?$"
)
"""Stands between a name and what is quoted of him."""
_CLAIM = re.compile("[对治防可能让使]|本品|产品|[^”]{9}")
"""Stands between the quotation mark and the condition where something is praised or told at length."""
_PRONOUNS = frozenset("其她他")
_LISTED = re.compile("(?:^|[“；;。\n\\s])[\u4e00-\u9fff]{2,4}-{1,2}$")
"""Whoever stands before a dash in a list of patients."""
_PAPER = re.compile(
    "(?:病历|病案|诊断证明|诊断书|假条|处方|化验单|体检单|检查单|因病)[（(]$"
    '|(?:体检|诊断|死因|病因|病情|病名|主诉|因病|查出|查体|(?:退票|退学|休学|请假|病假|调岗|拒录|退费|缓缴|离职|辞退|缺勤)(?:理由|原因|事由))(?:结果)?(?:为|有|是|系|：|:)?[“「『‘"]$'
)
_HONORED = ("小姐", "女士", "先生", "阿姨", "奶奶", "爷爷", "大爷", "大妈", "师傅", "同学", "某", "某某")
_BEHIND, _FAR = 16, 60
_SHOWS = re.compile(
    "(?:可见|显示|载明|记载|[写标注印载附贴]有|写着|写明|标注|注明|显露|露出|包含|含有?|配文|配以|附言|附文|发文|文字)(?:其|有|了|为)?[：:]?$"
)
"""Stands before what a photo, a card or a message says."""
_PAPERS = re.compile(
    "病历|病案|诊断|检测报告|检测单|检查单|化验|体检|床头卡|床尾卡|腕带|健康卡|健康表|信息表|登记表|台账|档案|花名册|名册|名单|请假|病假|就诊|处方"
)
_SOMEBODY = re.compile(
    "患者|病人|游客|老人|学生|幼儿|儿童|员工|职工|业主|顾客|家属|孩子|[女儿]子|女儿|[父母]亲|丈夫|[婆爷奶]|某|先生|女士|同学|收件人|寄件人"
    "|住户|租客|教师|乘客|旅客|居民|村民|女工|会员|客户|保人|申请人|死者|伤者|[产孕]妇|男子|女子|前[妻夫女男]|同事|邻居"
)
_WHO = re.compile(f"(?:{_SOMEBODY.pattern})(?:的|为|是)?$")
_REASON = re.compile("[^”]{1,16}”(?:为由|为理由|的?原因)")
"""What somebody is refused or dismissed for."""
_DISMISSED = re.compile(
    "[^”]{1,16}”(?:等)?为(?:由|理由)[^。；]{0,6}?(?:辞退|解除|解聘|开除|劝退|拒录|拒租|拒绝录用|不予录用|调离|调岗|退学|拒收)"
)
_TESTIFIES = re.compile("(?:陈述|证言|供述|笔录|证实|述称|作证|交代|反映|求助条?|诉称|答)[：:，]?$")
_NEAR = 6
_ADVERTISED = re.compile(
    "海报|展板|宣传|广告|包装|标签|网页|网站|页面|产品|商品|招牌|传单|说明书|直播|门头|立牌|台卡|易拉宝|条幅|横幅|推文|文章|标语|电子屏|公众号|详情页|话术|好评|刷单|评论区置顶|推销|会销|带货|功效|疗效|店内|店铺|货架"
)


def is_quoted_of(text: str, start: int, names: NameBefore) -> bool:
    """Tell whether what is quoted up to `start` is somebody's paper, his line in a list, or said of him."""
    near = max(0, start - _BEHIND)
    if _LISTED.search(text, near, start) or _PAPER.search(text, near, start):
        return True
    if is_of_speaker(text, start):
        return True
    opened = opening(text, start)
    if text[opened] == "‘" and is_of_speaker(text, opened):
        return True
    opened = _first(text, opened)
    if text[opened] in _TITLES:
        return False
    near = max(0, opened - _NEAR)
    if _DISMISSED.match(text, start):
        return True
    if _SOMEBODY.search(text, near, opened) and (
        _REASON.match(text, start) or (_WHO.search(text, near, opened) and not is_advertised(text, opened))
    ):
        return True
    if _SHOWS.search(text, max(0, opened - _BEHIND), opened):
        before = text[max(0, opened - _FAR) : opened].rpartition("。")[2]
        if not _ADVERTISED.search(before) and (_PAPERS.search(before) or _SOMEBODY.search(before)):
            return True
    noted = _NOTED.search(text, max(0, opened - _BEHIND), opened)
    if noted is None or _CLAIM.search(text, opened, start):
        return False
    place = noted.start()
    if _ADVERTISED.search(text, max(0, place - _NEAR), place):
        return False
    return noted[0][-1:] in _PRONOUNS or text.endswith(_HONORED, 0, place) or names.ends(text, place)


def is_testified(text: str, start: int) -> bool:
    """Tell whether what is quoted up to `start` is what a witness said, of himself or another."""
    opened = opening(text, start)
    testified = _TESTIFIES.search(text, max(0, opened - _BEHIND), opened)
    return testified is not None and not is_advertised(text, opened)


def is_advertised(text: str, start: int) -> bool:
    """Tell whether a poster, a page or a good is spoken of before what is quoted up to `start`."""
    return _ADVERTISED.search(text, max(0, start - _FAR), start) is not None


def _first(text: str, opened: int) -> int:
    """Return where the first of quotations begins that follow each other, the last one at `opened`."""
    near = max(0, opened - _FAR)
    while text[opened - 1 : opened] == "”" or text[opened - 2 : opened] == "”、":
        earlier = text.rfind("“", near, opened)
        if earlier < 0:
            break
        opened = earlier
    return opened
