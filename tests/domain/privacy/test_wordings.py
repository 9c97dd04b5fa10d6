"""Wordings that were once overlooked, class by class, and their neighbours that must stay readable."""

import pytest

from streams.domain.privacy import Redactor
from streams.privacy_data import load_lexicon

REDACTOR = Redactor(load_lexicon())

PERSONAL = [
    # identity numbers of the first generation, however grouped and wide
    ("CITIZEN_ID", "摊贩陈琳德，460106 800309 398，占道经营", "460106 800309 398"),
    ("CITIZEN_ID", "劳动者赵春东（４１０１０５８２０８１６０８９）", "４１０１０５８２０８１６０８９"),
    # phones without a sign after the area code, with dots, in numerals of accounts
    ("LANDLINE", "白天拨01083242919反映", "01083242919"),
    ("LANDLINE", "居民汪琪（，031067497238）反映", "031067497238"),
    ("MOBILE", "段义（回教徒，190.9109.4426）", "190.9109.4426"),
    ("MOBILE", "登记号码壹玖柒陆伍陆贰伍陆贰肆，", "壹玖柒陆伍陆贰伍陆贰肆"),
    ("MOBILE", "其子（18939086248，另一号码不详）", "18939086248"),
    # accounts by platform and by what somebody is there
    ("IM_ACCOUNT", "微博用户“南山砍柴人”发帖", "南山砍柴人"),
    ("IM_ACCOUNT", "小红书账号“木木的手作日记”", "木木的手作日记"),
    ("IM_ACCOUNT", "在得物上联系“海岛囤货仓”", "海岛囤货仓"),
    ("IM_ACCOUNT", "博主tao_7625发布", "tao_7625"),
    ("IM_ACCOUNT", "Q Q号9876942572", "9876942572"),
    ("IM_ACCOUNT", "微博@济南吃货小王 发帖", "济南吃货小王"),
    # homes: flats by every sign, brackets behind a name, estates that are called like a district
    ("HOME_ADDRESS", "现居地衡阳市祁东县保利香槟国际20#3#403。", "保利香槟国际20#3#403"),
    ("HOME_ADDRESS", "住在于都县凤凰新城东区C座603房，", "凤凰新城东区C座603房"),
    ("HOME_ADDRESS", "住沛县安居苑16栋一单元16楼中户，", "安居苑16栋一单元16楼中户"),
    ("HOME_ADDRESS", "住重庆市江北区红旗中街262号之三1505房，", "红旗中街262号之三1505房"),
    ("HOME_ADDRESS", "请寄：重庆市江北区文昌大道37号甲6门2303，", "文昌大道37号甲6门2303"),
    ("HOME_ADDRESS", "其父熊杰静（江苏省徐州市沛县大柳镇东坡村前街71号）", "大柳镇东坡村前街71号"),
    ("HOME_ADDRESS", "居民汪琪（桥西街道凤凰新城15栋3楼2号）反映", "桥西街道凤凰新城15栋3楼2号"),
    ("HOME_ADDRESS", "在昆明市盘龙区柳林镇李家沟村3组老宅旁", "柳林镇李家沟村3组"),
    # findings, injuries, germs, pregnancy, operations
    ("HEALTH", "高祥德左侧第4至6肋骨骨折", "左侧第4至6肋骨骨折"),
    ("HEALTH", "焊工贺雨菊全身70%烧伤，", "全身70%烧伤"),
    ("HEALTH", "帮工王丽粪便检出沙门氏菌，", "沙门氏菌"),
    ("HEALTH", "经检验，江萱血样抗-HCV阳性，", "抗-HCV阳性"),
    ("HEALTH", "工人赖菊血铅超标。", "血铅超标"),
    ("HEALTH", "结论：职业性矽肺贰期。", "职业性矽肺贰期"),
    ("HEALTH", "误将宋忠的甲状腺结节4a类结果寄出", "甲状腺结节4a类"),
    ("HEALTH", "公开方超的病情（Ⅲ期鼻咽癌）", "Ⅲ期鼻咽癌"),
    ("HEALTH", "隐瞒乙肝“小三阳”，", "乙肝“小三阳”"),
    ("HEALTH", "以女工孟敏怀有身孕为由", "怀有身孕"),
    ("HEALTH", "称母亲刚做完心脏搭桥手术，", "心脏搭桥手术"),
    ("HEALTH", "帮扶对象梁东，腰椎骨折致截瘫，", "腰椎骨折致截瘫"),
    ("HEALTH", "所附直肠癌诊断书属实", "直肠癌"),
    ("HEALTH", "李强右腿骨折，肺部挫裂伤", "肺部挫裂伤"),
    # beliefs by every verb of believing, in forms, in speech
    ("RELIGION", "会计郭仁泽亦奉天主教，", "天主教"),
    ("RELIGION", "“答：我从小跟着奶奶信佛教。”", "佛教"),
    ("RELIGION", "原信佛教，现改信基督教，", "基督教"),
    ("RELIGION", "“宗教信仰”项，求职者谢福填写道教，", "道教"),
    ("RELIGION", "以房客黄义“是回教的”为由", "回教"),
    ("RELIGION", "武斌家属因伊斯兰教规要求土葬", "伊斯兰"),
    ("RELIGION", "外籍教师系福音派传教士，", "福音派"),
    ("RELIGION", "自称“居士”，家设佛堂", "居士"),
    # rare families, spaces, dots, trades and what is said of people
    ("PERSON", "证人仉红志、禤芳到场", "禤芳"),
    ("PERSON", "谭 洋之母到场", "谭 洋"),
    ("PERSON", "同住人热依汗古丽．托合提，", "热依汗古丽．托合提"),
    ("PERSON", "聘请安德烈•伊万诺夫登台", "安德烈•伊万诺夫"),
    ("PERSON", "因殴打江晓义致轻微伤", "江晓义"),
    ("PERSON", "印费由方富丹垫付。", "方富丹"),
    ("PERSON", "经纪人南宫雨将信息出售", "南宫雨"),
    ("PERSON", "泳客盖玲落水", "盖玲"),
    ("PERSON", "投诉人（姓名：亓晓）要求退款", "亓晓"),
]

PUBLIC = [
    "发票代码01100220，号码64917682，",
    "统一社会信用代码：91110106MA57QTGD1X",
    "抖音账号“济南某商贸有限公司”发布",
    "注册地址汕头市龙湖区清溪街485号101室，某商场有限公司经营",
    "赶赴株洲市天元区宝通街718号B座1208室检查",
    "桂林市七星区信访局转12345-797818298号工单",
    "电子血压计（高血压患者家用型）",
    "癌症早筛试剂盒、HIV自检试剂",
    "残疾人两项补贴、残疾人康复中心、截瘫支具",
    "自动喷水灭火系统瘫痪",
    "冷却塔水样军团菌阳性",
    "从生猪肉中检出沙门氏菌",
    "并将队员右手抓伤",
    "刹车功能失调、安全阀泄漏",
    "佛山市道教协会、伊斯兰教义学习班、基督教堂",
    "葛根粉、金银花、马拉松比赛",
    "“欧阳修”商标权利人",
]


@pytest.mark.parametrize(("kind", "text", "part"), PERSONAL)
def test_a_wording_of_each_class_is_found(kind: str, text: str, part: str) -> None:
    """What is personal is marked whole, however a clerk puts it."""
    marked = {at for span in REDACTOR.spans(text) if span.kind == kind for at in range(span.start, span.end)}
    start = text.index(part)
    assert [part[at - start] for at in range(start, start + len(part)) if at not in marked] == []


@pytest.mark.parametrize("text", PUBLIC)
def test_what_only_looks_like_it_stays(text: str) -> None:
    """Papers, premises, aids, reagents, systems, institutions and goods stay readable."""
    assert REDACTOR.mask(text).text == text


@pytest.mark.parametrize(
    "text", ["１５０－７４５９－０８１３", "150-7459-0813", "1\u200b5\u200b0\u200b74590813", "150 7459 0813"]
)
def test_a_third_of_a_typed_number_is_hidden(text: str) -> None:
    """Signs between the hidden digits are hidden too: a third of what was typed at least, spaces aside."""
    masked = REDACTOR.mask(f"电话{text}。").text
    typed = sum(not sign.isspace() for sign in text)
    assert 3 * masked.count("*") >= typed
