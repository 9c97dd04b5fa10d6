"""Conditions that somebody is refused for, tells of, or dies of, in usual wordings of decisions."""

import pytest

from streams.domain.privacy import PersonalKind, Redactor
from streams.privacy_data import load_lexicon

REDACTOR = Redactor(load_lexicon())
KINDS = {PersonalKind.HEALTH, PersonalKind.RELIGION, PersonalKind.IM_ACCOUNT}

MARKED = [
    "当事人申辩称家中老人{帕金森}多年，无力缴款。",
    "经查，司机屈某隐瞒{癫痫病史}报考。",
    "邮递员将蔺某{性病}检测报告拆封传阅。",
    "公示名单误列救助对象病种：池淑珍，{慢性肾衰竭尿毒症期}。",
    "某银行职员将客户甘某“{精神残疾}”信息告知他人。",
    "学校以学生“{脊柱侧弯}”为由拒绝其住宿。",
    "校车照管员未发现幼儿{发热}，致其{惊厥}。",
    "顾客冯某食用麻辣烫后{腹痛腹泻}三天。",
    "屠宰工人{布病阳性}，企业未报告。",
    "矿山企业安排{尘肺}职工井下作业。",
    "厂方安排{怀孕七个月}的女工上夜班。",
    "公司解雇{哺乳期}员工施某。",
    "工人{中暑}倒地，送医不治。",
    "焊工{右眼角膜异物}，索赔未果。",
    "殡葬：逝者{肝硬化}，家属要求火化。",
    "业主{自闭症}儿子坠楼。",
    "饲养人{狂犬病}发病死亡。",
    "猫咖店员被抓伤，{伤口感染}。",
    "驾驶证注销：持证人{失明}。",
    "环卫工{热射病}死亡，用人单位未发放高温津贴。",
    "烟农{有机磷中毒}，送院。",
    "当事人以顾客“{皮肤病}”为由拒绝其进入浴池。",
    "幼儿园以孩子“{过敏体质}”为由退园。",
    "医院将产妇“{梅毒}”结果贴于病房门口。",
    "公司群公布员工体检名单，载明“{肺结节}”“{脂肪肝}”。",
    "询问笔录：“我有{糖尿病}，不能久站。”",
]

KEPT = [
    "养老院无失能老人护理记录。",
    "医院未张贴艾滋病防治宣传画。",
    "学校食堂工人均持有健康证，无传染病。",
    "超市销售的奶粉标注“过敏体质婴儿适用”。",
    "消防控制室值班人员脱岗。",
    "火灾烟气窒息危险告知牌缺失。",
    "道路裂缝、井盖沉陷、护栏缺损。",
    "钢结构焊缝气孔、夹渣、裂纹。",
    "饲料中添加防腹泻药物。",
    "生猪“五号病”疫苗未接种。",
    "烟草专卖局查获假烟。",
    "宠物医院为犬做绝育手术。",
    "未按规定处置过期胰岛素。",
    "民办医院聘用非卫生技术人员开展妇科诊疗。",
    "托幼机构未对缺勤幼儿追踪病因。",
    "工作场所一氧化碳浓度超标。",
    "违规发布“肿瘤克星”广告。",
    "眼科医院擅自开展白内障超声乳化术。",
    "美容院使用过期肉毒素。",
    "酒店泳池余氯不合格，易致红眼病。",
    "出售病死猪肉。",
    "未建立职工职业健康监护档案（噪声作业32人）。",
    "防疫站组织结核病筛查1200人。",
    "医疗救助标准：恶性肿瘤患者每人每年5万元。",
    "残疾人两项补贴发放对象审核。",
    "孤独症儿童康复机构备案。",
    "大气污染重度预警。",
    "网络安全：系统感染勒索病毒。",
    "电池鼓包、短路。",
    "树木枯死、虫瘿。",
    "河道水体富营养化、蓝藻爆发。",
    "建筑渗漏、墙皮脱落。",
    "拟开设康复医学科、疼痛科。",
    "疑似职业病诊断机构未报告。",
    "药品阿莫西林用于呼吸道感染。",
    "保险公司拒赔重大疾病险。",
    "该健身房宣称可矫正脊柱侧弯。",
    "书店销售《抑郁自救手册》。",
    "疾控中心通报登革热疫情。",
    "注射用头孢曲松钠，适应症：肺炎、脑膜炎。",
    "心理咨询室未备案，宣传治疗焦虑症、强迫症。",
    "三轮车刹车失灵，轮胎老化。",
    "输血科血袋标识错误。",
    "集中隔离点管理不到位。",
    "厂家以“设备故障”为由拖延，客户要求退款。",
    "物业以住户“欠费”为由断电。",
    "产品页面载明“糖尿病患者专用”，客户投诉。",
    "店内宣传页写有“肩周炎患者福音”，顾客举报。",
    "包装盒印有“孕妇慎用”，消费者投诉。",
    "笔录：“我们店没有艾滋病人。”",
    "广告语：“我用了三天，湿疹好了。”",
    "网店客服称“本品我妈用了关节炎就好了”。",
    "答：我们单位未组织尘肺体检。",
]


def marked(text: str) -> str:
    """Return `text` with what is found of these kinds in braces."""
    at, parts = 0, []
    for span in REDACTOR.spans(text):
        if span.kind in KINDS:
            parts += (text[at : span.start], "{", text[span.start : span.end], "}")
            at = span.end
    return ("".join(parts) + text[at:]).replace("}{", "")


@pytest.mark.parametrize("text", MARKED)
def test_what_somebody_is_refused_for_or_tells_is_found(text: str) -> None:
    """What is in braces is found, and not a character beside it."""
    assert marked(text.replace("{", "").replace("}", "")) == text


@pytest.mark.parametrize("text", KEPT)
def test_what_nobody_has_stays(text: str) -> None:
    """Adverts, goods, standards, works and nature stay readable."""
    assert marked(text) == text
