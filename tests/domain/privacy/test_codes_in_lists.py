"""Codes listed with others and papers from one to another stay; phones do not."""

import pytest

from streams.domain.privacy import PersonalKind
from tests.domain.privacy.braces import written

KINDS = (PersonalKind.MOBILE, PersonalKind.IM_ACCOUNT, PersonalKind.BANK_CARD, PersonalKind.LANDLINE)
TEXTS = [
    "发票代码6002300111，号码18970013725至18970013861不实。",
    "非法获取包裹SF1234567、{13812345678}等信息，快件：{13812345678}、{13912345699}。",
    "执法人员王强（证号13010317024）、当事人（{13812345678}）在场。",
    "票贩子刘芳，电话{13812345600}～{13912345699}。向{13812345678}加元宝，联系{13812345679}新元素公司。",
    "加WeChatvx{13812345678}咨询，付款扫码记录{13812345678}，合同（协议号HT-17720230901）。",
    "依据《传染病防治法》第六十九条，卡号WY-CRB-2023-0087。",
    "包裹上留有电话{13578024619}，寄件人{13578024620}。",
    "证人田野（{13010317024}）、高山（{13010317031}）。",
    "收款卡号{a13578024619}，户主自取。",
    # written down in numerals of cheques
    "自称“李主任”者留下联系号：{壹捌柒陆零叁肆伍捌贰玖零}。",
    "罚款人民币壹万贰仟叁佰肆拾伍元陆角柒分。",
    # between a number and its extension
    "座机{0471-6924318}-{6021}，电话{0898-66201753}转{115}，固话{023-68524170}（分机{66}）。",
]


@pytest.mark.parametrize("text", TEXTS)
def test_only_numbers_of_people_are_found(text: str) -> None:
    """What is in braces is found, and nothing beside it."""
    assert written(text, KINDS) == text
