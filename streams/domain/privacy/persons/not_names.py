"""Tells what only looks like a name: plants and goods that are counted, models, dishes, marks of files."""

import re

_COUNTED = re.compile(
    "(?:各|约|共|计|合计|共计)?[0-9][0-9,.]*(?:余|多)?(?:株|棵|头|只|羽|尾|匹|亩|公顷|公斤|千克|斤|克|吨|瓶|盒|箱|袋|包|条|支|台|辆|套|件|个|枚|粒|片|块|把|双|桶|罐|卷|张|本|册|捆|筐|篓|板|贴|根|米|平方米|毫升|升|元/)"
)
"""How many or how much of it there was."""
_MODEL = re.compile(
    r"牌|-[A-Z]{1,4}[0-9]{2}|[A-Z]{1,4}-?[0-9]{2,}(?![0-9]{5})[A-Z0-9\-]*(?:型|型号|[、，。）)])|型(?![人])|系列|款"
)
_DISH = re.compile(
    "[\u4e00-\u9fff]{1,3}?(?:粉|面|鱼|鸡|鸭|鹅|肉|汤|饭|饼|馍|粥|糕|糖|茶|酒|菜|锅|煲|包|串|皮|酱|醋|油|酥|(?<![未结如效后成])果|蜜|膏)(?=[、，。；）)和及”]|$)"
)
_EATEN = re.compile("[把被吃喝买卖售购采捕养杀偷抓运送食种制加做的在从将向给]")
_FILE = re.compile(
    "[\u4e00-\u9fff]{0,6}?(?:[〔\\[（(]|[字第])?(?:19|20)[0-9]{2}(?:[〕\\]）)]|-[0-9]{2,5}(?![0-9\\-])|[年]?[第字]|第)"
)
_OF_FILE = re.compile("(?:文号|字号|案号|编号|号为|文书号|备案号|许可号)[：:为是 ]{0,2}[\u4e00-\u9fff]{0,2}$")
_OPENED, _PROVINCES = ("（", "("), frozenset("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼")
_LICENCE = re.compile("[）)][\u4e00-\u9fff]{1,5}[证字][（(〔第]?[0-9（(〔第]")
"""A place in brackets before the number of a licence: （鲁青）港经证（0376）号."""
_MONEY = re.compile("[壹贰叁肆伍陆柒捌玖拾][佰仟拾万亿圆元]")
_YEAR = r"(?:19|20)[0-9]{2}"
_MARK = re.compile(
    f"[〔\\[]{_YEAR}[〕\\]]"
    f"|(?:[\u4e00-\u9fff](?<![作出依据按的对经以由向])){{0,5}}?(?:[（(][\u4e00-\u9fff]{{1,4}}[）)])?[字决罚许不准审批处核复令函证责改告备][〔\\[（(]{_YEAR}[〕\\]）)]"
)
_WATER = frozenset("河湖江溪沟山岭桥岛湾塘坝港渠")
_OF_PLACE = re.compile(
    "(?:大桥|特大桥|水库|电站|风景|景区|保护|治理|生态|源头|林场|隧道|路段|河段|段|流域|干流|支流|沿岸|水域|[左右两东西南北]岸|[上下中]游|以[东西南北])"
)
_HONOURED = re.compile(
    "庙|祠|[\u4e00-\u9fff]?奖学金|奖(?![金励品状])|杯(?![子具])|故居|纪念[馆堂碑园]|题[字词]|御用|同款|画像|雕[像塑]|基金会|书院"
)
"""Behind names that all know."""
_SHOP = re.compile('[楼堂斋轩阁记坊庄](?=[、，。；）)”"的])')
_TAGS, _NUMBER = frozenset("牌证号字"), re.compile("[0-9]{5,}")
"""A place and a number, as on a tag: 犬牌吴兴0013758."""
_HONOURS = frozenset("庙祠奖杯故纪题御同画雕基书前")
_REACH = 8


def is_sum_or_mark(text: str, start: int, end: int) -> bool:
    """Tell whether a sum (伍仟圆) or a mark of a document (吴民许不〔2024〕, （鲁青）港经证) is there."""
    if text[start - 1 : start] in _OPENED and text[start] in _PROVINCES and _LICENCE.match(text, end):
        return True
    return _MONEY.match(text, start) is not None or (
        "〔" in text[end : end + _REACH] and _MARK.match(text, end) is not None
    )


def is_thing(text: str, start: int, end: int) -> bool:
    """Tell whether what looks like a name from `start` to `end` is a thing, if nobody is announced."""
    sign = text[end : end + 1]
    if sign in _HONOURS and sign and _HONOURED.match(text, end):
        return True
    if (sign.isdigit() or sign in "各约共计合") and sign and _COUNTED.match(text, end):
        return True
    if sign and (sign in "牌型系款-" or "A" <= sign <= "Z") and _MODEL.match(text, end):
        return True
    if (
        "号" in text[max(0, start - _REACH) : start]
        and _OF_FILE.search(text, max(0, start - _REACH), start)
        and _FILE.match(text, end)
    ):
        return True
    if text[end - 1] in _WATER and _OF_PLACE.match(text, end):
        return True
    if sign and sign in "楼堂斋轩阁记坊庄" and _SHOP.match(text, end):
        return True
    if sign.isdigit() and text[start - 1 : start] in _TAGS and _NUMBER.match(text, end):
        return True
    dish = _DISH.match(text, end) if "一" <= sign <= "龥" else None
    return dish is not None and not _EATEN.search(dish[0])
