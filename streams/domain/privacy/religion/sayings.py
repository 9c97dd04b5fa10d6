"""Tells whether verbs, forms, pilgrimages or quotation marks say that somebody holds a belief."""

import re
from collections.abc import Iterator

from streams.domain.privacy.naming import NameBefore
from streams.domain.privacy.quoting import opening

BELIEVING = re.compile(
    r"(?:信仰|信奉|笃信|崇信|虔信|归信|改信|转信|改宗|皈依|归依|皈|尊奉|崇奉|改奉|奉|归入|加入|转入|入|改投|转投|(?<![相通诚微自迷电短征书来去取资])信)"
    r"(?:仰|奉)?(?:的?是|的|了|着|为|过|任何|起|上)?[：:“\"（( ]{0,2}(?:虔诚的?)?(?:[\u4e00-\u9fff]{1,3}族)?$"
)
_FILLED_IN = re.compile(
    r"(?:宗教|信仰)[^。；]{0,24}(?:填写?|勾选?|选择?|写明?|登记|注明|载明|记载|标注|显示|[栏项])"
    r"(?:的是|了|为|有|是)?[：:“\"，, ]{0,2}$"
)
_APPOINTED = re.compile("(?:认定|聘任|聘请|认可|任命|备案|确认)[^。；]{1,28}[为系是任]$")
_OFFICE = re.compile("教职人员[）)，,；;]")
_HOLDS_OFFICE = re.compile("[（(][^（）()。；]{2,12}[，,]$|[系为是]$")
NOT_PERSON = re.compile(
    r"(?:协会|场所|用品|用香|事务|活动|团体|院校|教职|文化|音乐|题材|风格|食品|寺|院|堂(?!区)|庙|祠|宫|观|教堂|工艺|法器|图书|书籍|出版|餐|饭|超市|公墓|墓|会馆|旅游|景区|建筑|名义|仪式|节日|节|博物馆|大街|路|服饰|服装|饰品|典籍|经书|器物|塑像|林|培训|商店|联合会|爱国会|用具"
    r"|青年会|女青年会|委员会|名山|圣地|故事|圣像|画像|雕像|像|义学习|教义|学院|学校|研究|论坛|展|器具|纪念品|礼品|蜡烛|音像|影视|电影|讲座|养生|医院|教育|宣传|慈善|基金|公司|山庄|街区|社区|村)"
)
ENDED = re.compile(r"[）)，,；;。、]|$")
_BECAME = re.compile("并?(?:成为|归入|加入|入|转为)(?:一名)?(?=[天基佛道东伊犹回穆])")
"""Between a rite and the faith that it made somebody's."""
_PILGRIMAGE, _GOING = ("朝觐", "朝圣", "礼拜", "聚会"), re.compile("(?:参加|自费|前往|赴|私自|零散|外出|为)$")
_QUOTES = ("“", '"', "「", "‘")
_ENDED = re.compile('[，,；;。、”"」’]')
_NOTED = re.compile(
    "(?:(?:所|自|被)?(?:填写?|填报|标注|标记|备注|注明|登记|记录|写明?|勾选|贴上?标签|标签|贴)(?:为|了|是)?[：:]?)?$"
)
"""Stands between whoever is named and his belief in quotation marks."""
_SOMEBODY = re.compile(
    "(?:应聘|求职|入住|租房|会员|客户|顾客|员工|职工|学生|学员|住客|租客|患者|家长|教师|老人|其)"
)
_AT_ODDS = re.compile("(?:信仰)?(?:的)?(?:分歧|不合|观念不同)")
"""A couple that parts over it."""
_WHO = re.compile(
    "(?:旅客|乘客|游客|顾客|租客|员工|职工|学生|患者|求职者|应聘者|男子|女子|青年(?!会)|老人(?!院|公寓|之家)|家属|住户)"
)
"""Who it is that has the faith named right before."""
OF_MANY = re.compile("的?(?:群众|公民|人数|人口|地区|民族|村(?!民))")
"""Behind a faith that many hold."""
_NEAR, _BEHIND, _FAR = 9, 14, 34
_TELLS = re.compile("(?:说|称|道|讲|答|反映|陈述|表示|辩解|供述|告知|证实|作证|诉|写明|留言|来信)[：:，,]?$")
_ADVERTISES = re.compile(
    "宣传|宣称|广告|海报|标语|推广|展板|包装|文案|横幅|网页|歌|书|台词|标题|声称能|谎称能"
)
_FIELD_OF_NONE = re.compile(
    r"(?:宗教信仰|信仰|宗教|是否信教|信教与否)(?:情况|状况)?[”\"]?(?:一?[栏项目]{0,2})(?:中|内|处)?"
    r"(?:所?(?:填写?|填报|登记|注明|显示|载明|勾选|标注|写明?)(?:的?[是为]|了)?[为是：:＝=“\"（(\s]{0,3}|[？?]\s?(?:回)?答[：:]|[为是：:＝=|｜“\"（(\s]{1,3})"
    r"(无(?![法关效需论])|没有|否(?!认|则|定)|不信(?:教|仰)?)(?![\u4e00-\u9fff]{0,2}(?:条件|项|内容|要求|影响|强制))"
)
_UNKNOWN = re.compile(
    "(?:[系为是属乃（(，,、：:名位]|自称|信奉|信仰)((?![各该本其两多诸此])[\u4e00-\u9fff]{1,8}?(?:教会|教派|教|会|派|宗|道|门|文化))$"
)
_NO_FAITH = re.compile(
    "宗教$|协会$|委员会$|联合会$|工会$|学会$|基金会$|商会$|大会$|社会$|学派$|频道$|渠道$|街道$|部门$|专门$|热门$|入门$"
)


_BELIEVED = re.compile(
    "(?:信奉|信仰|皈依|笃信|尊奉|改信)(?:了|的是)?"
    "((?:[\u4e00-\u9fff]{1,3}族)?(?:(?![的了之者与和及、为是有系栏填写])[\u4e00-\u9fff]){1,7}?(?:教派|教会|教|派|宗|门宦|水书先生))(?=[，。；、）)]|信徒|多年|已)"
)
_MEMBER = re.compile(
    "(?<=[（(系为是乃])((?:中国)?(?:天主教|基督教|佛教|道教|伊斯兰教)(?:三自)?(?:爱国)?(?:会|协会|教会)的?(?:会员|成员|信徒|教友))(?=[）)，。；、])"
)
"""Of what religious body somebody is a member."""
_NO_FAITHS = ("宗教", "该教", "此教", "何教", "邪教", "任教", "什么教", "各教", "两教")


def believed(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of faiths that no list has behind verbs of believing."""
    for found in _BELIEVED.finditer(text):
        if not found[1].endswith(_NO_FAITHS):
            yield found.span(1)
    if "会员" in text or "成员" in text or "教友" in text:
        for found in _MEMBER.finditer(text):
            yield found.span(1)


def became(text: str, end: int) -> int:
    """Return the end with what somebody became by the rite that ends at `end`: 受洗成为天主教徒."""
    found = _BECAME.match(text, end)
    return found.end() if found else end


def is_told(text: str, place: int) -> bool:
    """Tell whether what is quoted up to `place` is what somebody tells, and no advertisement."""
    opened = opening(text, place)
    near = max(0, opened - _BEHIND)
    return _TELLS.search(text, near, opened) is not None and _ADVERTISES.search(text, near, opened) is None


def nones(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of what fields for beliefs hold where there is none."""
    for found in _FIELD_OF_NONE.finditer(text):
        yield found.span(1)


def unknown_faith(text: str, start: int) -> int:
    """Return where a faith that no list has begins, whose follower is named at `start`, or -1."""
    found = _UNKNOWN.search(text, max(0, start - _BEHIND), start)
    return found.start(1) if found and not _NO_FAITH.search(found[1]) else -1


def is_appointed(text: str, start: int, end: int, names: NameBefore) -> bool:
    """Tell whether somebody holds, or is appointed to, an office of the faith named from `start` to `end`."""
    if not text.startswith("教职人员", end):
        return False
    near = max(0, start - _BEHIND)
    if _OFFICE.match(text, end) and (
        _HOLDS_OFFICE.search(text, near, start)
        or (text[start - 1 : start] in ("，", ",") and names.ends(text, start - 1))
    ):
        return True
    return _APPOINTED.search(text, max(0, start - _FAR), start) is not None


def is_said(text: str, start: int, stop: int, names: NameBefore) -> bool:
    """Tell whether what stands around a faith says that it is held."""
    near = max(0, start - _BEHIND)
    if OF_MANY.match(text, stop):
        return False
    if BELIEVING.search(text, near, start) or _FILLED_IN.search(text, max(0, start - _FAR), start):
        return True
    going = text.startswith(_PILGRIMAGE, stop) and _GOING.search(text, near, start)
    if going or _AT_ODDS.match(text, stop) or _WHO.match(text, stop):
        return True
    quoted = text[start - 1 : start] in _QUOTES and _ENDED.match(text, stop) is not None
    return quoted and _is_noted(text, start - 1, names)


def _is_noted(text: str, quote: int, names: NameBefore) -> bool:
    """Tell whether somebody is named, or spoken of, right before what is quoted at `quote`."""
    noted = _NOTED.search(text, max(0, quote - _BEHIND), quote)
    if noted is None:
        return False
    place = noted.start()
    spoken_of = noted[0] and _SOMEBODY.search(text, max(0, place - _NEAR), place)
    return bool(spoken_of) or names.ends(text, place)
