"""Frames and ways of typing that were once overlooked, and public words that were hidden by mistake."""

import pytest

from streams.domain.privacy import Redactor
from streams.privacy_data import load_lexicon

REDACTOR = Redactor(load_lexicon())

PERSONAL = [
    # people by what they do in the sentence, and names that are words, rare or foreign
    ("PERSON", "伙同高歌、路遥冒充检查人员，", "路遥"),
    ("PERSON", "目击者田野陈述，", "田野"),
    ("PERSON", "将车辆租予端木蕻，租期三日", "端木蕻"),
    ("PERSON", "执业药师不在岗时，向武平销售药品", "武平"),
    ("PERSON", "随父马全义由汉族改为回族", "马全义"),
    ("PERSON", "1、史可，13757596425；2、", "史可"),
    ("PERSON", "经严澜介绍借款", "严澜"),
    ("PERSON", "受于炫昱之托到场", "于炫昱"),
    ("PERSON", "（一）黎驰招的报案材料；", "黎驰招"),
    ("PERSON", "劳务带头人阿说子哈、", "阿说子哈"),
    ("PERSON", "购买人格桑（15197031716）", "格桑"),
    ("PERSON", "证人释妙真到场", "释妙真"),
    ("PERSON", "外籍教师John O'Brien离职", "John O'Brien"),
    ("PERSON", "外国人Mohammed Al-Rashid（护照", "Mohammed Al-Rashid"),
    ("PERSON", "外籍人员Мария Иванова授课", "Мария Иванова"),
    ("PERSON", "（护照号A0498817）及伊万诺夫·谢尔盖搬运", "伊万诺夫·谢尔盖"),
    ("PERSON", "品检员布小燕，", "布小燕"),
    ("PERSON", "妻范可心在家", "范可心"),
    # accounts, phones, mail and cards in further ways of typing
    ("IM_ACCOUNT", "加微：mm壹捌捌，", "mm壹捌捌"),
    ("IM_ACCOUNT", "QQ号6 1 4 8 8 2 0 3 7，", "6 1 4 8 8 2 0 3 7"),
    ("IM_ACCOUNT", "扣扣贰捌柒陆伍肆零玖叁。", "贰捌柒陆伍肆零玖叁"),
    ("IM_ACCOUNT", "微❤bz_139o7，", "bz_139o7"),
    ("IM_ACCOUNT", "微信号_duan.yu-er99）", "_duan.yu-er99"),
    ("IM_ACCOUNT", "抖音“老铁二手车”（抖音号 lt2sc_8866）", "老铁二手车"),
    ("IM_ACCOUNT", "在微信群里加了“一路有你”后约车", "一路有你"),
    ("IM_ACCOUNT", "支付宝（kuang_0809@alipay）", "kuang_0809@alipay"),
    ("LANDLINE", "家长（0701-5886597，晚间5881744）举报", "5881744"),
    ("LANDLINE", "竺惠（65086821）认为", "65086821"),
    ("LANDLINE", "座机(0564) 323 3184，", "(0564) 323 3184"),
    ("LANDLINE", "电话8206 7715。", "8206 7715"),
    ("EMAIL", "mail=kefu_lin[at]dingxiang-vip[dot]com；", "kefu_lin[at]dingxiang-vip[dot]com"),
    ("BANK_CARD", "本人账户6230 9100 93 343 2024 538过渡", "6230 9100 93 343 2024 538"),
    ("PLATE", "检查皖 N · 6 2 J 9 0（挂车", "皖 N · 6 2 J 9 0"),
    # what is got against an illness, measured, or told in brackets
    ("HEALTH", "为其岳母黎秋菊代开治疗2型糖尿病的药品", "2型糖尿病"),
    ("HEALTH", "为邻居羊亚梅开具系统性红斑狼疮用药", "系统性红斑狼疮"),
    ("HEALTH", "农小宝的先天性心脏病（室间隔缺损）已治愈", "先天性心脏病（室间隔缺损）"),
    ("HEALTH", "体检报告显示左眼矫正视力0.3，", "左眼矫正视力0.3"),
    ("HEALTH", "任学勤因带状疱疹后神经痛就诊", "带状疱疹后神经痛"),
    ("HEALTH", "患者纪芙（诊断：宫颈鳞状细胞癌ⅡB期）", "宫颈鳞状细胞癌ⅡB期"),
    ("RELIGION", "宗教信仰：佛教（居士），", "佛教（居士）"),
    ("RELIGION", "教师索朗旺久讲授苯教教义（本人信奉）", "苯教"),
    # homes behind 家, by kinds of dwellings, and texts typed with a space after every sign
    ("HOME_ADDRESS", "居民杜昱霁家（工业南路368号山庄B栋3075房）", "工业南路368号山庄B栋3075房"),
    ("HOME_ADDRESS", "将经济适用房（武汉市洪山区青菱乡花园二期23-1-1002）转租", "青菱乡花园二期23-1-1002"),
    ("HOME_ADDRESS", "， 住 山 西 省 临 汾 市 吉 县 吉 昌 镇 小 府 村 。", "吉 昌 镇 小 府 村"),
]

PUBLIC = [
    "合同编号SGHT-2024-13787704412；路灯杆号18902417788被撞；宗地面积18600000000平方毫米",
    "许可证编号：蒙L010107，设备编号鄂AT12387，使用登记证编号梯11浙A00123",
    "余姚市姚东自来水有限公司、南阳万德隆购物广场、张小泉剪刀专柜",
    "马应龙痔疮膏、王守义十三香；黑度林格曼2级；标准840元/人·月",
    "占用通江县铁佛镇云台寨村二社耕地126平方米",
    "哈密伊州区红光花园B区物业用房（3号楼1单元101）出租",
    "咨询电话0871-67796612，地址：石林彝族自治县鹿阜街道石林中路88号，邮编652200。",
    "承办人：章科，电话：0571-86001234。",
    "接种脊髓灰质炎减毒活疫苗；说明：无确诊职业病例。",
    "以“患者刘大爷”形象作证明",
    "“鲁荣渔52188”船被扣押",
]


@pytest.mark.parametrize(("kind", "text", "part"), PERSONAL)
def test_a_frame_of_each_class_is_found(kind: str, text: str, part: str) -> None:
    """What is personal is marked whole in frames, trades and ways of typing that are rarer."""
    marked = {at for span in REDACTOR.spans(text) if span.kind == kind for at in range(span.start, span.end)}
    start = text.index(part)
    left = [sign for at, sign in enumerate(part, start) if at not in marked and sign != " "]
    assert left == []


@pytest.mark.parametrize("text", PUBLIC)
def test_codes_goods_fields_and_offices_stay(text: str) -> None:
    """Codes, brands, firms, fields, rooms for all, vaccines and the addresses of offices stay readable."""
    assert REDACTOR.mask(text).text == text


def test_a_text_typed_with_spaces_keeps_its_places() -> None:
    """Where spaces that fill the line are dropped for reading, places still refer to the original text."""
    text = "询 问 对 象 ： 宇文 化 ， 身 份 证 1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X 。"
    found = {span.kind: text[span.start : span.end] for span in REDACTOR.spans(text)}
    assert found == {"PERSON": "宇文 化", "CITIZEN_ID": "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X"}
