"""What brackets say of conditions belongs to them; what befell somebody, told by a verb, does not."""

import pytest

from tests.domain.privacy.braces import marked

TEXTS = [
    # brackets that name, measure or place it, and what goes on behind them
    "患者佟桂香患{腰椎间盘突出症（L4/5）}，手术记录缺项。",
    "诊断书：{急性髓系白血病（M5）}，拟行移植。",
    "其子陶子涵鉴定为{脊髓性肌萎缩症（SMA）Ⅱ型}。",
    "献血者收到短信，告知其{梅毒螺旋体抗体（TPPA）阳性}。",
    "住客莫家豪{登革热（血清NS1抗原阳性）}。",
    "其女{牛奶蛋白过敏（IgE介导）}，已退款。",
    "顾客{心悸、失眠}，心电图{窦性心动过速（118次/分）}。",
    "同事单晓东{人类免疫缺陷病毒（HIV-1）抗体确证阳性}。",
    "医生告知罗某痰涂片报告为{抗酸杆菌阳性（+++）}。",
    # brackets that say something else
    "申请人卢成患{高血压}（病历号BL202401）。",
    "其患有{糖尿病}（见附件A1）。",
    "产品名称：人类免疫缺陷病毒（HIV1/2）抗体检测试剂盒。",
    # what befell somebody, and what he has of it
    "顾客方娟被汤锅烫伤，送医院处理。",
    "工人奚富贵清理污水池时昏倒，送医院救治，诊断为{硫化氢中毒}。",
    "老人进食时窒息。顾客喝后起疹，被送医院。",
    "学员途中{晕厥}，教练未停车。其{晕厥、室性早搏}，送医。",
    # medicines with the way they are given, and goods
    "需每月{静脉输注环磷酰胺}一次。",
    "为冯娥娥静滴注射用青霉素钠（国药准字H13020657）。",
    # fields and papers
    "健康状况栏写{冠心病（支架置入术后）}。",
    "诊断意见写的是{腰2椎体爆裂性骨折}。",
    "出院小结：{癔症性精神障碍、轻度精神发育迟滞}。",
    "出院诊断为{复发性抑郁障碍，目前为伴精神病性症状的重度发作}。",
    "对来访者温嘉慧作出“{强迫症（中重度）}”诊断。",
    "知悉咽拭子复检为{弱阳性}。",
    # degrees, without the word before them
    "{左胫骨骨折}，经鉴定为伤残{八级}。",
    "{左胫骨骨折}，评定为{八级伤残}。",
    # pregnancies
    "给{怀双胎五个月}的女工排夜班。",
    # rules, programmes and denials
    "参赛声明称“本人无心脏病、高血压”。",
    "预防性健康检查项目：谷丙转氨酶、伤寒、痢疾。",
    "有器质性心脏病、美尼尔氏症、震颤麻痹的，不得申请。",
    "退房后被市第三人民医院登革热定点病区收治。",
    "宣称能清除血栓的“药食”。",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_condition_is_found_whole_and_alone(text: str) -> None:
    """What is in braces is found, and nothing beside it."""
    assert marked(text) == text
