"""What somebody does for his faith, and what he is in it; what temples and trades do stays."""

import pytest

from tests.domain.privacy.braces import marked

MARKED = [
    # how often, where, what
    "厨师韩有福（{每周五去清真寺做主麻}）与保洁员发生冲突。",
    "员工张恩惠（{每周日去教堂做礼拜}）请求调休。",
    "其妻{逢初一十五到寺里烧香拜佛}。",
    "租客次仁{早晚转经}，邻居投诉噪音。",
    "女工米热因{过古尔邦节}请假被扣工资。",
    "证人王某系{基督徒}，{每周参加团契}。",
    "店主自述{每年去湄洲岛朝拜妈祖}，并未占道。",
    "当事人自称{在家供奉狐仙牌位}。",
    # what it made of him
    "蓝秋菊陈述自己{受洗成为天主教徒}已二十年。",
    "当事人曾{出家为僧}，后还俗。",
    # what he is, by his temple or as an item of a list
    "其系峨眉山某寺{挂单僧}。",
    "范约翰系襄阳市某天主堂{神父}。",
    "李崇明（武当山紫霄宫{道士}）在网店售卖丹药。",
    "周某，{尼姑}，为素食馆经营者。",
    "父安延寿（{中国天主教爱国会会员}）、母史兰英。",
    # faiths that no list has, and of a people
    "吉木友呷（信奉{彝族毕摩教}）私自倾倒医疗废物。",
    "韩某笃信{青阳教}，在家设坛。",
    "职工卓某信{毕摩}，拒绝体检。",
    # fields
    "石玉花，女，苗族，宗教信仰一栏填{无}，身份证号码略。",
    "民族＝满族；宗教信仰＝{佛教}；电话略。",
    "民族｜回族｜信仰｜{伊斯兰教}｜电话",
    "当事人表示自己{不信任何宗教}。",
]

KEPT = [
    "该寺每周日举办法会，未报批。",
    "在教堂旁摆摊，每周日做礼拜时堵塞通道。",
    "清真寺主麻日人员密集，未配灭火器。",
    "参加礼拜的群众反映消防通道被占。",
    "为他人念经超度收费3000元。",
    "宗教活动场所内供奉观音像一尊。",
    "店内供奉财神像，香烛引发火情。",
    "旅行社组织游客到普陀山进香，未签合同。",
    "以“朝圣”为名组织旅游。",
    "宣传“每天念佛可治百病”。",
    "清真寺阿訇培训班未报备。",
    "寺院僧人食堂燃气泄漏。",
    "他信奉诚信经营的理念。",
    "信仰基督教的群众较多的村。",
    "资金来源为信教群众捐款。",
    "宗教信仰一栏无填写要求。",
]


@pytest.mark.parametrize("text", MARKED)
def test_rites_and_offices_of_somebody_are_found(text: str) -> None:
    """What is in braces is found, and not a character beside it."""
    assert marked(text) == text


@pytest.mark.parametrize("text", KEPT)
def test_what_temples_and_trades_do_stays(text: str) -> None:
    """Rites that nobody in particular keeps stay readable."""
    assert marked(text) == text
