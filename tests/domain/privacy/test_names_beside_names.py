"""Rare families listed before others, called something, given something; goods with dots."""

import pytest

from streams.domain.privacy import PersonalKind
from tests.domain.privacy.braces import written

KINDS = (PersonalKind.PERSON, PersonalKind.CITIZEN_ID, PersonalKind.MOBILE)
TEXTS = [
    "从火车站捎了{尚婉如}、{谷雨}二人。",
    "车上坐着素不相识的{黎诗韵}同{麦永康}，终点机场。",
    "替{展文静}、{糜小刚}等人兑付美元。",
    "货是一个叫{曲三炮}的人送来的。",
    "货是被大家叫做{欧老七}的人送来的。",
    "货源为“{大头李}”送上门，供货的“{郑阿四}”去向不明。",
    "端盘子的小伙子{妥进才}拿不出健康证。",
    "入住老人{起树芬}被诊断。",
    "将社保卡交{沈掌生}使用。",
    "分别是：①{支朝阳}，证件号522425198907181234，欠9,460元。",
    # no names
    "叫做好的人太少，这种叫法的人多。",
    "“孕妇可食·人参蜜片”生产批次有误，“小儿推拿·自闭症干预”培训。",
    "存放回教帽、佛珠、檀香等商品。",
    "阳江海陵岛三姑海味行、潮安彩塘晨曦少儿素质教育中心。",
    "李某同意调解，王某同时离开，赵某同村。",
    # numbers that somebody reports as his, and sums in foreign currencies
    "郝玉柱当场报出证号{622301196403157718}。",
    "登记号码{532624197702293316}（本人手抄，与库中不符）。",
    "注册资本登记为13600000000越南盾，认缴资金15000000000韩元，台账号18500000012。",
]


@pytest.mark.parametrize("text", TEXTS)
def test_names_are_told_by_what_stands_beside(text: str) -> None:
    """What is in braces is found, and nothing beside it."""
    found = written(text, KINDS)
    if "{" not in text:
        assert found == text
    for part in text.split("{")[1:]:
        assert "{" + part.split("}")[0] + "}" in found
