"""Operations and courses that somebody undergoes; what a bracket says of a condition; names of goods."""

import pytest

from tests.domain.privacy.braces import marked

MARKED = [
    "患{肝硬化失代偿期}，须定期行{腹腔穿刺引流}。",
    "在省第三人民医院接受{驱汞治疗}，自2024年起执行。",
    "禤志成后到佛山市中医院行{松解手术}。",
    "准予其接受{抗结核治疗}，中断了{化疗}。",
    "经诊断：{左手拇指末节毁损伤、伸肌腱断裂}。",
    "被监护人{重度失能（生活完全不能自理）}，居住于三明市。",
    "经检查为{肺结核（涂阳）}，其经营的店未停业。",
    "廖某被诊断为{职业性慢性重度苯中毒（再生障碍性贫血）}。",
    "职工景某因{意外流产}申请产假。",
    "每月须{静脉滴注环磷酰胺}一次。",
    "安某死因为{肝癌破裂出血}。",
]

KEPT = [
    "产品名称下肢静脉曲张压力袜（孕妇适用）。",
    "产品名称偏瘫患者上肢固定带（脑卒中后遗症适用）。",
    "准予糖尿病足溃疡用凝胶增加规格，糖尿病视网膜病变分析软件注册。",
    "养老护理员（失智、失能照护方向）138人。",
    "羊胴体27只经检测布鲁氏菌病血清学阳性。",
    "便携式心电监护仪（心律失常患者居家用）。",
    "体格检查结论：符合要求。",
    "医院开展介入治疗项目，透析机3台。",
]


@pytest.mark.parametrize("text", [*MARKED, *KEPT])
def test_what_somebody_has_or_undergoes_is_found_whole(text: str) -> None:
    """What is in braces is found, and not a character beside it."""
    assert marked(text) == text
