"""Tells what makes a condition one of goods, trades, animals, warnings or statistics, and nobody's."""

import re

_SCOPE = re.compile(
    "(?:试剂|诊断产品|(?:业务|经营|服务|诊疗|检测|检验)(?:范围|项目|科目)|适[用宜应](?:人群|对象|症)|禁忌人群|禁止[向对安]|不得安排|严禁)[^。；]{0,30}$"
)
"""Goods and trades whose kinds are told after it."""
_REAGENT = re.compile(
    "[^，。；、（）()]{0,10}?(?:试剂|检测盒|检测卡|试纸|质控品|标准品|培养基)"
    "|[^，。；、（）()接未后因打注种需而并不没]{0,10}?(?:疫苗|抗毒素|免疫球蛋白|抗血清)"
)
_LAST_OF_GOODS, _LONGEST = frozenset("剂盒卡纸品基苗素白清"), 16
_LAST_OF_INSTITUTIONS = frozenset("柜区店房馆用食饮宜心选备星友室所院站会盟部构校科记度册询案等")
_IN_RULES = frozenset("，,、；得当可必须供免先禁宜权")
"""One of them stands behind every condition of which a rule or a record speaks."""
_NOBODY = ("无", "未", "零")
_CASES = re.compile("[^，。；]{0,8}(?:病例|患者|病人)")
"""Cases that are counted, or that there are none of."""
_COUNTED_CASES = re.compile(
    "(?:、[^，。；、]{1,8})?(?:分列|位列|分居|居前)|(?<=病)例|(?<=[轻重]伤)[0-9一二三四五六七八九十两]{1,3}人|[0-9一二三四五六七八九十百两数]{1,5}余?例|[0-9][0-9,，.]*余?例|(?:患者|病人|者)(?:共计?|约|达)?[0-9,.]+[万余多]?[人名例]"
)
_CHARGED = re.compile(
    "(?:住院|门诊)?(?:病历|病案|病例|患者|病人|处方)?[中内的]?(?:存在|有)?(?:编码|高编|高套|分解|挂床|重复收|串换|超标准|过度|虚构|虚记|多收|冒名|低标准|套取|违规)"
    "|(?:住院|门诊)?(?:病历|病案|处方|病例)(?:[^，。；、“”]{0,8}?[0-9]{1,5}余?|[一二三四五六七八九十百]{1,4}|若干)(?:份|例|人次|张|册|本)"
)
"""Cases that an insurance or an inspection looks at, of nobody in particular."""
_WARD = re.compile("[^，。；、的在到往因]{0,5}门诊(?![放化透慢特治就诊病随])")
_FORBIDDEN = re.compile(
    "[^，。；“”]{0,12}?(?:禁止|禁忌|禁用|勿[扰入用]|慎用|忌用|请勿|谢绝|不宜(?:使用|食用|参加|入场|乘坐|进入))"
)
_PRAISED = re.compile(
    "[^，。；、（）“”的在]{0,6}?(?:适用|专用|可食|可饮|适宜|放心[吃喝饮食用]|首选|必备|必选|优选|克星|救星|友好)"
)
"""Whom a good is for."""
_INSTITUTION = re.compile(
    "(?:(?![在到于经由被去往赴从转送住来向的了并后，。；、（]|入院|治疗)[\u4e00-\u9fff]){0,8}?(?:实验室|有限公司|有限责任公司|工作室|经营部|专[柜区]|专卖店|体验店|大药房|养生馆|会所|咖啡馆|研究所|研究院|防治[所院站]|互助会|协会|联盟|基金会|福利院)"
    "|(?:专科|儿童|患者|康复|关爱|互助|防治|诊疗|检测|确证|研究|服务|筛查|托养|照护|家庭|救助|干预|咨询|随访){1,4}(?:中心|医院|协会|门诊部|机构|学校|站|所|室|科)"
)
_RECORD = re.compile(
    "等[0-9一二三四五六七八九十百]+余?[种类项]|[）)]?[^，。；的]{0,9}?(?:登记[本簿册制]|管理制度|专册|报告制度|咨询检测|应急预案)"
)
"""Lists of insured illnesses, and records that an institution keeps."""
_RULE = re.compile(
    "(?:[、及和或与][^，。；的]{1,10})?(?:的[，,、；]|的?(?:各类|一切|所有)?(?:(?:从业)?人员|职工|女职工|员工|劳动者|老年人|老人|儿童|妇女|公民|居民|患者|病人|者|幼儿|学生|孕妇)(?:，|均|一律)?(?:不得(?![已不])|应当|可以|必须|须(?!要)|提供(?:免费|上门)|优先|免费|禁止|不宜|有权))"
)
"""What rules say of whoever it is."""
_ANIMALS = re.compile(
    "松材线虫|根瘤|[非洲典型古]{0,4}猪瘟|禽流感|口蹄疫|蓝耳病|小反刍|牛瘟|鸡瘟|新城疫|[^，。；]{0,8}?(?:生猪|[猪牛羊鸡鸭鹅犬马]只?[0-9一二两三四五六七八九十百千]|家禽|畜)"
)


def is_goods(text: str, end: int) -> bool:
    """Tell whether goods, an institution, a rule or a warning follow at `end`, or cases are spoken of."""
    window = text[end : end + _LONGEST]
    if not _LAST_OF_INSTITUTIONS.isdisjoint(window) and (
        _PRAISED.match(text, end) or _INSTITUTION.match(text, end) or _RECORD.match(text, end)
    ):
        return True
    if not _IN_RULES.isdisjoint(window) and _RULE.match(text, end):
        return True
    if _COUNTED_CASES.match(text, end) or _CHARGED.match(text, end) or _WARD.match(text, end):
        return True
    goods = not _LAST_OF_GOODS.isdisjoint(window)
    return (goods and _REAGENT.match(text, end) is not None) or _FORBIDDEN.match(text, end) is not None


def is_animals(text: str, start: int) -> bool:
    """Tell whether an animals' disease, or one of animals that are counted, stands at `start`."""
    return _ANIMALS.match(text, start) is not None


def is_none(text: str, start: int, end: int) -> bool:
    """Tell whether the cue from `start` to `end` says that there are no cases."""
    return text[start - 1 : start] in _NOBODY and _CASES.match(text, end) is not None


def is_in_scope(before: str) -> bool:
    """Tell whether `before` begins to tell kinds of goods or trades."""
    likely = (
        "范围" in before
        or "项目" in before
        or "科目" in before
        or "试剂" in before
        or "产品" in before
        or "人群" in before
        or "适" in before
    )
    return likely and _SCOPE.search(before) is not None
