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
    "当事人刘建军经营顺达塑料厂，住杭州市萧山区{临浦镇石门村12组35号}。",
    "刘芳家住杭州市西湖区{翠苑新村18幢502室}门前违停。投诉人刘芳，住杭州市西湖区{翠苑新村18幢502室}，咨询电话12345。",
    "对刘建军处以罚款500元，地址：杭州市西湖区{翠苑新村18幢502室}。",
    "车主刘芳地址登记在杭州市西湖区{翠苑新村18幢502室}。",
    # plates, illnesses and degrees
    "鉴定意见为：一、{十级伤残}；二、后续治疗费。当事人之父{卧床}，妻子{待产}。",
    "刘芳长期服用{奥氮平}（规格：5mg）。冒领其母{精神残疾}人护理补贴。",
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
    "短视频账号“壮乡古方堂”连续发布“三天告别风湿”。微信昵称“{小雨点}”反复发布“我得了{糖尿病}”。",
    "网友“{小李子}”的抖音昵称。",
]


@pytest.mark.parametrize("text", TEXTS)
def test_only_what_is_nobodys_stays(text: str) -> None:
    """What is in braces is found, and nothing beside it."""
    assert written(text, KINDS) == text
