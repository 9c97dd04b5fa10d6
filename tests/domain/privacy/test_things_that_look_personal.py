"""Plates of things, boxes and accounts of offices and shops, which look like a person's; and persons'."""

import pytest

from streams.domain.privacy import PersonalKind
from tests.domain.privacy.braces import written

KINDS = (PersonalKind.PLATE, PersonalKind.EMAIL, PersonalKind.IM_ACCOUNT)
TEXTS = [
    # models, rolls of steel, vehicles of a works, places to park
    "轴承（型号鲁B·7218C）、粤A6308Z型密封圈无厂名厂址。",
    "钢卷（卷号鲁A7K138C、鲁A7K139C）3件，由{鲁H8F36Q}重型货车运载。",
    "叉车（场内牌照场内浙B·00138）未经检验，车位牌湘E·B0137，轿车{湘E7D39N}被锁。",
    # boxes of offices, and of whoever is named
    "机关邮箱jygscjdj@jyg.gov.cn，客服邮箱kefu@azhen-demo.com，校长信箱xz@hycs-demo.edu.cn。",
    "市局政务信箱scjg@jinan.gov.cn，举报人张立国，邮箱{zhanglg@163.com}。",
    "经办人李桂兰{liguilan@jn.gov.cn}。",
    # a firm's accounts, told one behind the other
    "某饰品有限公司通过微信公众号“绮美饰界”（gh_1386ab72cd90）、淘宝店铺“绮美旗舰店”、抖音号qimei1688销售耳环。",
    "买家余某的微信号{yucf-1986}，抖音号{qimei1688}。",
    "某饰品店通过微信公众号“绮美饰界”推广，店员王某的微信号{wangmou_1986}另收定金。",
    "某公司利用官方店铺销售，由业务员个人微信号{xiaoli8866}收款。",
    # cards that no bank gives
    "房卡R0137、油卡ABC123已收回。",
]


@pytest.mark.parametrize("text", TEXTS)
def test_only_what_is_somebodys_is_found(text: str) -> None:
    """What is in braces is found, and nothing beside it."""
    assert written(text, KINDS) == text
