"""What surroundings make public stays so only where nobody is meant: each rule's own way to leak."""

import pytest

from streams.domain.privacy import PersonalKind
from tests.domain.privacy.braces import written

KINDS = (PersonalKind.HOME_ADDRESS, PersonalKind.MOBILE, PersonalKind.HEALTH, PersonalKind.IM_ACCOUNT)
TEXTS = [
    # the party's address is a firm's only if the party is one
    "芜湖福音装饰工程有限公司承接广告。当事人地址为芜湖市弋江区花津南路102号。",
    "张伟在济南某某公司门前摆摊。当事人地址为济南市历下区{文化路5号院2单元}。",
    "当事人王强供职于济南某某公司，住济南市历下区{文化路5号院2单元101室}。",
    "张伟租用济南恒达公司门前空地摆摊。当事人地址为济南市历下区{文化路5号院2单元}。",
    "当事人张伟租用济南恒达公司，住济南市历下区{文化路5号院2单元101室}。",
    "王芳家住济南市历下区{阳光花园}近某超市。",
    # numbers behind other numbers
    "持证人张三（证号1234567）、李四（{13812345678}）。",
    "名片上{13812345678}印有姓名。",
    # rules that forbid, and what is told of somebody
    "不得以患精神障碍为由侵害其权益，不得歧视艾滋病病毒感染者。",
    "责令不得以其患{乙肝}为由辞退李娜。",
    "公司不得因其{怀孕}解除合同。",
    "体检项目：{乙肝表面抗原阳性}，本人签字。",
    "其{乙肝}转阴后复工。李娜系{糖尿病}患者日常服药。",
    # channels that sell, and names
    "短视频账号“壮乡古方堂”连续发布“三天告别风湿”。打开名为“百草老方铺”的抖音橱窗。",
    "网友“{小李子}”的抖音昵称。",
]


@pytest.mark.parametrize("text", TEXTS)
def test_only_what_is_nobodys_stays(text: str) -> None:
    """What is in braces is found, and nothing beside it."""
    assert written(text, KINDS) == text
