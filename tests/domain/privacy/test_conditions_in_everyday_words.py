"""Conditions as people tell them of themselves and theirs; the same words of goods and things stay."""

import pytest

from tests.domain.privacy.braces import marked

MARKED = [
    "“我{血压高}，经不起折腾。”",
    "“老伴{心脏搭过桥}，受不得惊。”",
    "“我妈{心脏装了支架}。”",
    "“他爹{老慢支}，天冷就喘。”",
    "“我儿子{脑子有病}，领过残疾证。”",
    "“孩子他爸{肺上有阴影}。”",
    "“我{腰上打着钢钉}。”",
    "“我{切了半个胃}。”",
    "“我{割过阑尾}。”",
    "“我爸{痨病}死的。”",
    "“他有{羊角风}。”",
    "“我有{三高}。”",
    "村干部称其{脑子不好使}。",
    "村民尕让{大脖子病}。",
    "居民吴姨{头昏、眼花}。",
    "业主{三高}，要求物业开灯。",
    "户主刘有才{肢残}，妻{智残}。",
    "病人束建军{COPD急性加重}，院方拒收。",
    "来访者{PTSD}，咨询师泄露。",
    "投保人黎娜{CKD5期}，隐瞒。",
    "月经史：{闭经}。",
    "残疾：{视力一级}。",
]

KEPT = [
    "推销员称“血压高的人一吃就灵”。",
    "店家宣传“眼睛看不清、耳朵听不清一贴就好”。",
    "“三高”人群免费检测活动未备案。",
    "机器关节坏了，停产检修。",
    "桌子左腿断了，货架坍塌。",
    "监控探头看不清车牌。",
    "投诉热线听不见回应。",
    "消防泵有问题未修。",
    "换了肝素钠批号。",
    "割了电缆三十米。",
    "“老寒腿膏”标签夸大。",
    "感冒清热颗粒批号不符。",
    "流感、感冒高发季提示。",
    "产品说明书写有“玉米也会感冒”字样。",
    "设备型号PTSD-100未备案。",
    "堆场地面未硬化，裸土未覆盖。",
    "设置障碍物阻碍通行。",
    "未投保人身意外伤害保险。",
    "从事高致病性病原微生物实验活动。",
    "从事人体器官移植的机构未登记。",
    "造成财物严重损害的，处一万元罚款。",
    "爆燃致5人烧伤，其中重伤2人。",
]


@pytest.mark.parametrize("text", MARKED)
def test_what_people_tell_of_theirs_is_found(text: str) -> None:
    """What is in braces is found, and not a character beside it."""
    assert marked(text) == text


@pytest.mark.parametrize("text", KEPT)
def test_what_things_and_goods_have_stays(text: str) -> None:
    """Goods, things and codes stay readable."""
    assert marked(text) == text
