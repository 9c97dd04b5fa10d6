"""Names that only what announces them makes names, and ways of typing and telling that go with them."""

import pytest

from tests.domain.privacy.braces import REDACTOR, written

MARKED = [
    # words that are names, behind a role, in a counted list, or with particulars
    "援助律师{路平}，执业证号另附；行人{左邻}相撞受伤。",
    "学员{时间}、{安静}二人证实未参加培训。",
    "教练{古力}（社会体育指导员证另附）离岗。",
    "由会计{辛追}名下账户收取。",
    "申请人母亲{张门李氏}到场。",
    "法律援助：被申请人{路远}、{路平}辩称系借款。",
    "将{轻度智力障碍}的{毕成田}列入名册。",
    # of other countries and peoples
    "缅甸籍务工人员{貌昂敏}未办理居留手续。",
    "泰国籍游客{颂猜}反映，导游强迫购物。",
    "日本籍外教{佐藤健一}未取得工作许可。",
    "收到{松本惠子}投诉。",
    "送养人{瓦莲京娜}。",
    "藏族村民{贡觉次仁}、{洛桑三旦}采挖虫草。",
    "其母{吐尔逊汗}。",
    "参加人{喊哏}、{帅罕}（傣族）作证。",
    # characters beyond the usual block
    "投诉人{亓官𬱖}要求赔偿。",
    "，{尹䶮}的证言",
    # accounts, phones, plates and papers as they are typed
    "可加薇信{haha_9981}领取。",
    "客服QQ（{2871-4456-09}）答复三日内退款。",
    "闲鱼昵称{小鹿乱撞の仓库}出售烟花。",
    "添加微信“{A小刘装修}”（{liuzx-1990}）后付定金。",
    "与榜一大哥“{南城二爷}”约定",
    "打{①叁⑥①④⑤零②柒⑧⑨}加急。",
    "手机{(+86)13805559981}停机。",
    "家长电话：{0755-83451129}（白天）、{83452210}（晚间）。",
    "固话：{0086-21-62345678}。",
    "投诉登记：{仲秀梅}，{0518-85417619}。",
    "临时号牌{苏E·临30219}轿车。",
    "台胞证{01234567}过期。",
    # homes that end oddly or are told apart from another
    "住址：{翠竹街道太宁路 12 号 百仕达 5 栋 2301}）",
    "均住汉阳区{洪河镇柳林社区翠湖雅居}。",
    "户籍内蒙古通辽市科尔沁左翼中旗{宝龙山镇敖宝嘎查}。",
    "家庭住址重庆市万州区{天城街道幸福苑A2栋901}与户籍地址四川省成都市金牛区{茶店子路5号}不一致。",
    # findings
    "（{孕32周}{、前置胎盘}）",
    "系{海洛因所致精神障碍}患者。",
    "员工{孟浪}因{腰3椎体压缩骨折}住院。",
    "原工伤部位{左膝半月板撕裂}，现复发。",
    "诊断{重度抑郁伴自杀观念}，休学一年。",
    "患者主诉“{右上腹隐痛}”。",
    # beliefs
    "丹增（{藏传佛教噶举派}僧人）主持法会。",
    "均信仰{南传上座部佛教}。",
    "处罚{曾德海}（{门徒会}成员）",
    "因{法轮功}人员{高翠}张贴标语。",
]

KEPT = [
    # words behind roles that are nobody
    "学生安全、学生关系、员工权益、用户信息、业主满意度均受影响。",
    "司机时速超限，农户施肥、渔民养殖受到影响，员工宿舍、学员时间另行安排。",
    "销售白酒、黄酒、牛肉，采购助听器、盲杖。",
    "泰国籍大米、日本籍商品、美国籍货轮装载大豆。",
    "佐藤食品、松下电器、田中贵金属、高桥村、中村路。",
    "偷砍杨树12棵、白杨3棵；快检苏丹红、孔雀石绿未检出。",
    "被申请人行政机关作出的决定，申请人不服。",
    # slips, terminals, places of business
    "入库单13820417003，设备ID 013912345678，SIM卡ICCID 89860422102070913847。",
    "作坊（东台市安丰镇大港村五组38号，系其经营场所）生产米酒。",
    "申请小餐饮经营许可，地址邵阳县塘渡口镇振羽路56号，面积60平方米。",
    "地址黄山市屯溪区新安北路中国农业银行门口。",
    "地址：合肥市蜀山区长江西路669号创新产业园A座12楼",
    # what is nobody's finding, belief or account
    "检出铅镉超标、菌落总数超标。",
    "鉴定为轻微伤以下。",
    "精神障碍者康复中心、孤独症者家园改造项目。",
    "聚集信众捐款。",
    "官方抖音号“张家界国家森林公园”发布的优惠活动与实际不符。",
]


@pytest.mark.parametrize("text", MARKED)
def test_what_is_in_braces_is_found_and_nothing_else(text: str) -> None:
    """Names, numbers, homes, findings and beliefs of each class are marked whole, and nothing beside them."""
    assert written(text) == text


@pytest.mark.parametrize("text", KEPT)
def test_what_speaks_of_nobody_stays(text: str) -> None:
    """Words behind roles, goods, slips, premises and institutions stay readable."""
    assert written(text) == text


@pytest.mark.parametrize("text", [text.replace("{", "").replace("}", "") for text in (*MARKED, *KEPT)])
def test_a_text_may_end_anywhere(text: str) -> None:
    """A text that was cut off at any place, even behind a role, is read like any other."""
    for end in range(len(text)):
        assert all(span.end <= end for span in REDACTOR.spans(text[:end]))


def test_a_party_with_a_rare_character_stays() -> None:
    """A known name is found in the text though both are folded: the party is no third party."""
    assert REDACTOR.spans("当事人尹䶮陈述，尹䶮承认。", known=("尹䶮",)) == ()
