"""Codes listed with others, certificates of officers and papers from one to another stay; phones do not."""

import pytest

from streams.domain.privacy import PersonalKind
from tests.domain.privacy.braces import written

KINDS = (PersonalKind.MOBILE, PersonalKind.IM_ACCOUNT, PersonalKind.BANK_CARD, PersonalKind.LANDLINE)
TEXTS = [
    "快递包裹JT5137920468137、13578024619、78915307246018内有卷烟。",
    "发票代码6002300111，号码18970013725至18970013861不实。",
    "执法人员田野（证号13010317024）、高山（13010317031），加盖公章。",
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
