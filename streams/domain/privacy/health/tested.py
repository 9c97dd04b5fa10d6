"""Tells whether an animal, its meat, food or a surface was tested or fell ill, and nobody."""

import re

_ANIMALS = (
    "生猪|仔猪|母猪|种猪|肉猪|猪[只群场肉血]|(?:肉|奶|黄|水|种|犊|牦)牛|牛[只群场肉血皮]|(?:绵|山|肉|奶|种|湖|滩|藏)羊|羊[只群场肉血皮毛羔]"
    "|(?:肉|蛋|种|土|活|仔|乌|雏)鸡|鸡[只群场肉蛋苗]|(?:肉|蛋|活|雏|白)鸭|鸭[只群场肉蛋货苗]|(?:肉|白|活)鹅|鹅[只群场肉苗]|[活家病珍]禽|禽[肉类蛋]|鸽子|肉鸽|鹌鹑|犬只|宠物|马匹|赛马|毛驴|驴[肉皮]"
    "|兔[肉只]|胴体|梅花鹿|水貂|狐狸|畜|[鱼虾蟹]苗|驼[场只群]|屠宰场|养殖场|笼舍|水产|巴沙鱼|三文鱼|对虾|生蚝|牡蛎|贝类|蜂群|蚕种"
    "|小狗|狗狗|猫咪|幼[犬猫]|[猪牛羊鸡鸭鹅犬猫狗马兔鹿鱼](?=[0-9一二两三四五六七八九十]{1,5}[头只羽匹尾条]|出现|患有?|感染|发病|死亡)"
)
_PLANTS = (
    "[杨柳松柏杉榆槐桉桃梨枣茶]树|苹果树?|柑橘|葡萄|[麦秧树幼]苗|苗木|[水稻]稻|小麦|玉米|棉花"
    "|番茄|黄瓜|辣椒|马铃薯|林木|植株"
)
_THINGS = re.compile(
    f"{_ANIMALS}|样品|批次|外包装|包装|抽样|肉品|病[猪牛羊禽鸡]|宰杀|检疫|冷链|货物|环境|涂抹|餐[具饮]具?|水样|污水|[凉热]菜(?!间)|凉拌|熟食|卤[味肉]|食品|池水|冷却塔|台面|砧板|器械|门把手|空气"
)
_ILL = re.compile(
    f"(?:{_PLANTS})(?:的|上|等)?(?:患有?|感染|发生|出现|有)?$"
    f"|(?:{_ANIMALS})[^，。；时后中被致从者员人户]{{0,8}}?(?:出现|患有?|感染|有|呈现?|发生|检出|染上?)"
    "(?:了|疑似|明显|不同程度的?)?(?:[\u4e00-\u9fff]{1,5}、){0,4}$"
)
_BEHIND = re.compile(f"(?:{_ANIMALS})")
_ENDS_OF_FALLING_ILL = frozenset("、树果橘萄苗木稻麦米花茄瓜椒薯株等发现患有染呈生出上了似显度的")
_PERSON = re.compile(
    "[者员人户主生师妇工](?!血|畜|感染|用|食)|其(?!中|他|余)|本人|孩子|女士|先生|司机|家属|[男女]"
)
"""Somebody comes in between."""
_SENTENCE = re.compile("[。；;\n]")
_REACH, _NEAR = 70, 18


def is_an_animals(text: str, end: int) -> bool:
    """Tell whether it is an animal that has what ends at `end`: 结核菌素阳性的奶牛."""
    return text[end : end + 1] == "的" and _BEHIND.match(text, end + 1) is not None


def is_of_things(text: str, start: int) -> bool:
    """Tell whether what was tested, before `start` in its sentence, is an animal, goods or a surface."""
    before = _SENTENCE.split(text[max(0, start - _REACH) : start])[-1]
    return _stands_last(_THINGS, before)


def is_of_animals(text: str, start: int) -> bool:
    """Tell whether the clause up to `start` says of an animal that it has what follows."""
    last = text[start - 1 : start]
    return last in _ENDS_OF_FALLING_ILL and _ILL.search(text, max(0, start - _NEAR), start) is not None


def _stands_last(things: re.Pattern[str], before: str) -> bool:
    """Tell whether one of `things` stands in `before` and nobody behind the last one."""
    last = -1
    for thing in things.finditer(before):
        last = thing.end()
    return last >= 0 and _PERSON.search(before, last) is None
