"""Tells from what stands around an address whether it is a shop's, serves all, or is left by somebody."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import itemgetter

from streams.domain.privacy.homes.no_addresses import is_public_house
from streams.domain.privacy.naming import NameBefore
from streams.domain.privacy.reading import Reading

_BEFORE, _NEAR = 12, 8
_SHOP = re.compile("作坊|加工点|厂房|库房|冷库|车间|档口|商铺|门面|店面|底商|铺位|商业|市场|商场|写字楼|大厦")
_HANDED_ON = re.compile("[^，。；]{0,4}?(?:转租|转让|转包)")
_PUBLIC_USE = re.compile(
    "[0-9]{1,4}套(?![房住])|[^，。；（）()、]{0,3}?(?:(?:物业|社区|公共|配套|办公|商业|经营性?|业务|管理|公建|服务|警务|消防|设备|配电|地下|人防|共用|公用|集体|活动|文化|党建|养老|卫生)"
    "(?:用房|用地|活动|站|室|间|层|中心|车库|空间|设施|通道|绿地|绿化|停车|驿站)|架空层|会所|车位|车棚|泵房|锅炉房|变电|配电|电梯|客梯|货梯|扶梯|(?:改造|拆迁|维修|建设|加装)(?:工程|项目)|工地|外墙(?<![东西南北]侧外墙)|楼顶广告|底层商业|旧址|原址|遗址|会议室|活动室|文化广场|广场|大院门口)"
)
"""Rooms that serve all, and what is none any more."""
_LAND = re.compile(
    "[^，。；（）()、]{0,6}?(?=[耕农基林草园滩荒山鱼水池河沟果菜茶小养大集土地空用路采])(?:耕地|农用地|农田|基本农田|林地|草地|草场|草原|园地|滩涂|荒地|荒山|山林|山场|鱼塘|水塘|池塘|河滩|河段|河道|沟渠|果园|菜地|茶园|林区|林班|小班|养殖|大棚|集体土地|土地|地块|空地|用地|路段|水源|采砂|采石)"
)
"""Fields, woods and waters."""
_NO_HOME_BEFORE = re.compile(
    "(?:占用|占|征收|毁坏|开垦|破坏|承包|流转|采伐|滥伐|盗伐|砍伐)(?:了)?(?:集体所有的|本村|位于|坐落于|在)?$"
)
_SERVICE = re.compile("服务中心|活动中心|党群|政务|便民|大厅|办事处")
_WHOLE_VILLAGE = (
    "村委会",
    "村民委员会",
    "居委会",
    "居民委员会",
    "人民政府",
    "派出所",
    "卫生院",
    "卫生室",
    "中心校",
    "小学",
    "中学",
    "文化站",
)
_AT_DOOR = re.compile(
    "(?<=[0-9一二三四五六七八九室户号])(?:门口|门前|门上|房门|入户门|楼道"
    "|(?:[东西南北][侧面]?)?(?:外墙|阳台|露台|飘窗|窗外|外窗|设备平台|空调板))"
)
_FROM = ("从", "由", "自")
_MOVES = re.compile(
    "[^，。；]{0,3}?(?:搬|迁|移居|前往|出发|赶往|赶到|步行|驾车|乘车|打车|返回|出走|走失|离家)"
)
_MOVER = re.compile("(?:其|本人|客户|[家员]属|[用住租房]户|[老病]人|家人|全家)$")
_MOVER_REACH = 4

_OWN_BUSINESS = re.compile(
    "(?:的?自有)?的?(?:住房|住宅|房屋)?(?:擅自|自行)?(?:改作|改为|改成|改建[为成]|改造[为成])[^，。；]{0,6}?(?:客房|民宿|旅馆|客栈|餐厅|饭店|经营)|对外(?:接待|营业|经营)|(?:擅自|违规|非法)?接待(?:旅客|游客)"
    "|[（(](?:自有|自家|自住)[^（）()]{0,6}(?:经营|营业|开办)[）)]"
    "|[，,、；;（(]?(?:即|系|为|也是|亦为|同时为|亦是|既是)(?:其|该店|该厂|该户|当事人|自己|本人)?(?:的)?(?:实际)?(?:经营|生产|加工|营业|办公|办学)(?:场所|地址|地点|场地|住所)"
)
_WORKPLACE = re.compile(
    "的?(?:[一二两三某][处个间座家]?)?(?:商户|店铺|仓库|厂房|库房|冷库|门面房?|商铺|店面|车间|作坊|写字楼|摊位|档口)"
    "(?![^，。；]{0,4}(?:家属|宿舍))"
)
_SCENE = re.compile(
    "门?前(?:违停|揽客|占道|摆|堆|人行道|路段|停[放车])|(?:一带|沿线|沿途|沿街)|屠宰[点场]|加工点|收购点|养殖场|趸船|泊位|锚地"
)
"""Where something happened, behind what nothing before calls a home."""
_INSTITUTION = re.compile(
    "(?![近旁邻对附靠])[\u4e00-\u9fff]{0,8}?(?:银行|支行|信用社|邮政局|邮局|医院|酒店|宾馆|商场|超市|市场|学校|小学|中学|幼儿园|大学|学院|大厦|写字楼|车站|加油站|派出所|人民政府|办公楼)"
    "(?!家属|宿舍|小区|对面|旁|附近|[东西南北后]侧|[0-9])"
)

_OWNERS = re.compile(
    "[\u4e00-\u9fff]{2,4}?的?(?:住处|住所|家中|家里|家(?=[查将把内抓搜，。])|暂住处|租住处|出租屋|住宅|住房|卧室)"
)
"""Whoever lives at the address is named between it and the word for his home."""
_LET = re.compile("[^，。；]{0,4}?(?:转租|转借|出租|出借|空置|闲置|转让|调换)")
_ALLOTTED = re.compile("公租房|廉租房|保障房|保障性|经济适用|安置房|共有产权|人才房|租赁补贴")
_ALLOTTED_REACH = 50
"""Flats that the city lets are homes, whoever lives there."""
_SPLIT = re.compile(
    "(?:的?[^，。；]{0,4}(?:住房|住宅|房屋|套房|房间))?被?(?:擅自|违规|私自|非法)?(?:改建|改造|改|分隔|分割|隔断|隔)(?:成|为|作)[^，。；]{0,6}?(?:群租|出租|合租|[0-9一二三四五六七八九十]间|宿舍|住)"
)
_BROUGHT = re.compile("(?:送|寄|配送|派送|投递|送餐|送货|送至|送到|前往|赶往)[至到往]?$")
_TO = ("至", "到", "往", "住")
_ON_THE_WAY = re.compile(
    "(?:的?(?:途中|路上|路段|路口|交叉口|交汇处|附近)|时(?=[，,与被因])|与[^，。；]{1,10}(?:相撞|碰撞|追尾|刮擦))"
)
"""What is brought to a street is on its way there."""
_RECEIVING = re.compile(
    "[\u4e00-\u9fff]{0,8}?(?:检测|检验|研究|鉴定|实验|仓库|公司|门店|店|厂|驿站|网点|营业部|批发|工地|项目部|食堂|局|机关)(?!家属|宿舍|小区|旁)"
)
_RESIDENCE = re.compile("[住居户籍宅家址]|落户|老家|栖身|落脚|宿舍")

AFTER_NUMBER = re.compile(r"[，,、；;\s]{1,2}")
_PERSONAL_LENGTHS = (11, 15, 18)
_BREAKS = "，。；,;\n"
_BREAK = re.compile(f"[{_BREAKS}]")


def is_business(text: str, stop: int) -> bool:
    """Tell whether what stands at the end of an address calls it a place of business or an institution."""
    if _WORKPLACE.match(text, stop):
        return True
    return _OWN_BUSINESS.match(text, stop) is not None or _INSTITUTION.match(text, stop) is not None


def is_scene(text: str, stop: int) -> bool:
    """Tell whether what stands at the end of an address tells where something happened."""
    return _SCENE.match(text, stop) is not None


def is_shops(text: str, detail: int, stop: int) -> bool:
    """Tell whether the address names a shop, or was let on to others."""
    return _SHOP.search(text, detail, stop) is not None or _HANDED_ON.match(text, stop) is not None


def is_public(text: str, start: int, stop: int) -> bool:
    """Tell whether the address is one of land, of rooms that serve all, or of a village's own house."""
    return (
        _LAND.match(text, stop) is not None
        or _PUBLIC_USE.match(text, stop) is not None
        or _NO_HOME_BEFORE.search(text, max(0, start - _BEFORE), start) is not None
    )


def is_institution(text: str, detail: int, stop: int, *, sure: bool) -> bool:
    """Tell whether the detail ends with a village's institution, or names one where nothing says home."""
    if not sure and _SERVICE.search(text, detail, stop):
        return True
    return text.endswith(_WHOLE_VILLAGE, detail, stop)


def is_no_home(text: str, cue: int, detail: int, stop: int) -> bool:
    """Tell whether somebody was on his way to what a cue that ends at `cue` announces, or it is a firm's."""
    if text[cue - 1 : cue] in _TO and is_public_house(text, detail, stop):
        return True
    if _BROUGHT.search(text, max(0, cue - _NEAR), cue) is None:
        return False
    return _ON_THE_WAY.match(text, stop) is not None or _RECEIVING.match(text, stop) is not None


def is_residence(text: str, cue: int) -> bool:
    """Tell whether the cue that ends at `cue` is a word for where somebody lives, and no delivery's."""
    return _RESIDENCE.search(text, max(0, cue - 2), cue) is not None


def is_at_door(text: str, stop: int) -> bool:
    """Tell whether the address ends with a number and its door follows."""
    return _AT_DOOR.match(text, stop) is not None


def is_left(text: str, start: int, stop: int, names: NameBefore) -> bool:
    """Tell whether somebody moves or sets out from the address from `start` to `stop`."""
    if text[start - 1 : start] not in _FROM or not _MOVES.match(text, stop):
        return False
    place = start - 1
    return names.ends(text, place) or _MOVER.search(text, max(0, place - _MOVER_REACH), place) is not None


def is_lived_in(text: str, start: int, stop: int, names: NameBefore) -> bool:
    """Tell whether a name and a word for a home follow the address, or how a flat was let or split."""
    if _SPLIT.match(text, stop):
        return True
    if _LET.match(text, stop) and _ALLOTTED.search(text, max(0, start - _ALLOTTED_REACH), start):
        return True
    return _OWNERS.match(text, stop) is not None and names.may_begin(text, stop)


def last_of_each_run(cues: Iterable[tuple[int, int, bool]]) -> Iterator[tuple[int, int, bool]]:
    """Yield the cues that no other one follows at once: only the last of a run announces something."""
    ordered = sorted(cues)
    for index, cue in enumerate(ordered):
        if index + 1 == len(ordered) or ordered[index + 1][0] > cue[1]:
            yield cue


def last_clause(window: str) -> str:
    """Return the end of `window` that speaks of what comes next: its last clause that is not empty."""
    if window.endswith("。"):
        return ""
    last = len(_BREAK.split(window.rstrip(_BREAKS))[-1])
    return window[len(window.rstrip(_BREAKS)) - last :]


def follows_number(reading: Reading, start: int) -> bool:
    """Tell whether an identity or phone number stands right before `start`."""
    numbers = reading.numbers
    index = bisect_left(numbers, start, key=itemgetter(0)) - 1
    if index < 0:
        return False
    _, end, digits, label = numbers[index]
    return (
        start - 2 <= end < start
        and AFTER_NUMBER.fullmatch(reading.text, end, start) is not None
        and len(digits) in _PERSONAL_LENGTHS
        and label != "label.order"
    )
