"""Somebody's own house, odd ends of addresses, and the seats of firms."""

import pytest

from streams.domain.privacy import PersonalKind
from tests.domain.privacy.braces import written

KINDS = (PersonalKind.HOME_ADDRESS,)
TEXTS = [
    "在自家房屋（位于湖州市吴兴区{飞英街道潜庄公寓31幢102室}）南侧天井加建。",
    "私自把自家位于敦煌市{七里镇石油花园小区东区21号楼甲单元顶跃}的平台盖上彩钢顶。",
    "把自家位于敦煌市七里镇阳关路12号的超市转租。",
    "家住上海市静安区{宝山路街道止园路227弄15号亭子间}，电话未接。",
    "家安在额济纳旗{达来呼布镇居延家园9栋中单元301}，寻人。",
    "送达地点：内蒙古自治区乌兰察布市丰镇市{旧城区南园子巷28号院西厢}\n手机：未留",
    "家住宜昌市西陵区{窑湾街道石板村6组48号附2}。",
    "收货地址填的是吉首市{峒河街道砂子坳社区光明西路小溪桥12-3}，已签收。",
    "借租来的贵阳市清镇市{红枫湖镇右七村大冲组}老木屋召人念经。",
    # firms, hospitals, whole streets
    "注册人西宁某医疗科技有限公司，住西宁市城北区生物园区经二路32号4号楼。",
    "工作单位西宁某医疗科技有限公司，住西宁市城北区{生物园区经二路32号4号楼}。",
    "有急性应激障碍住普洱市第二人民医院史。",
    "当事人芜湖置业有限公司误导购房人。当事人地址为芜湖市弋江区花津南路102号。",
    "当事人王某误导购房人。当事人地址为芜湖市弋江区{花津南路102号}。",
    "把小广告贴满了呼和浩特市新城区中山东路一带。",
    "请到绵阳市涪城区长虹大道中段121号来找税警官或打0816-2233475。",
    "前往大同市云冈区平旺乡拥军路5号院察看。",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_home_is_told_from_a_seat(text: str) -> None:
    """What is in braces is found, and nothing beside it."""
    assert written(text, KINDS) == text
