"""Names of rare families and peoples, numbers and homes in further ways of typing, and what is none."""

import pytest

from tests.domain.privacy.braces import REDACTOR, written

MARKED = [
    # a family name that no list has, before a usual given name
    "员工{庹小翠}在后厨切配凉菜。",
    "居民{树淑珍}邮件反映噪声扰民。",
    "并与保安{木建国}发生推搡。",
    "收费名册：{昃桂兰}，{0533-2803999}；",
    "推广员{格志明}在场见证。",
    # a family name that is a word, or a place's name that is somebody's
    "由儿子{虎大成}代述，",
    "收养其兄{安顺}之女，生父{安顺}因病去世。",
    "由合伙人{万宝莲}垫付。",
    "买家{矫健}通过平台索要发票。",
    # of other peoples
    "会计{白乌云其木格}拒不提供账簿。",
    "以{尕藏太}每日诵经为由克扣工资。",
    "代办{赛娜瓦尔}领取证书。",
    "同案人{索南 吉}（{632822199105120419}）。",
    # what stands around
    "将{何采薇}推倒在地。",
    "在宠物店为{丰子怡}的猫洗澡。",
    "，父{蓝石根}死于{肝癌}，母{雷凤娥}{精神分裂症}。",
    "烫伤事故致{成水根}双手受伤。",
    "摩托车载{娜啊}（{532729199805199450}）。",
    "行政执法局收到{符史平}自邮箱发来的信。",
    "办公用房租自{符史良}，租期三年。",
    "证人 {阳\n小玲}\n罚款50元",
    "付款人{荀玉\n兰}，已到账。",
    "雇用的驾驶员{乌日根}无从业资格。",
    "冒用其堂兄{阿尔木呷}身份登记。申请人{阿尔木呷}到场。",
    "经鉴定，签名“{单廷珪}”并非本人书写。",
    "以{折小军}体检不合格为由拒绝录用。",
    # numbers
    "旧证{132201620209682}作废，持一代证{642127370215011}办理。",
    "身份证号：{37 0105 1987 0312 4567}。",
    "身份号：{370105.19870312.4567}，",
    "完整身份证号码为{三七零一零五一九八七零三一二四五六七}。",
    "卡号为{6212-2610-67878-018-082}、{(622700)0140092576955}（建行）",
    "{江百祥}，{6229-0828-4751-6773-07}。",
    "汇入其账户{6231270460850290689}80,000元。",
    "存折账号{15-101001-12345678}。",
    "电话:{138 88886741}//{155.3456.0050}//",
    "固定电话“{〇八三三三三五七一六六}”，{0871.6718.3167}。",
    "关联邮箱{361808353 AT qq.com}，{fqq七七七＠qq点com}。",
    "邮箱：{longqy@jsu-mail.cn}。另见附件。",
    "车牌 {冀D·l55O8} 系借用，车：{鲁C／13930}；",
    "车牌号为{皖Ｂ叁陆柒肆壹}的农用车",
    # homes
    "家住黑龙江省鸡西市城子河区{正阳街道五委三组平房}）",
    "标有“{白学军}，{3-2-1101}，欠费”的催缴单",
    "在江西省南昌市青山湖区{塘山镇永溪村委会胡家自然村17号}{余细根}住处查获卷烟",
    "公租房承租人将淮安市清江浦区{和平东路福地佳园28幢406}转租他人。",
    "住新疆塔城地区额敏县{郊区乡二支河牧场\n东村35号}，",
]

KEPT = [
    "员工高强度作业，司机超时限，业主应分摊电费，村民自建平房3间，应聘用合同制教师。",
    "栽植清单列楠竹苗13株、雷竹苗1,500株、桂花苗、马尾松苗3万株。",
    "机型东方红-LX904拖拉机、雷沃谷神GM100收割机、宗申ZS150摩托车。",
    "文号吴利民医救2025-0071，常武环罚字〔2024〕8号，惠民卫医罚〔2023〕12号。",
    "西秀区周天琴豆腐圆子店、刘三姐米粉馆、东街夏云英夺夺粉、李国富房产经纪服务部。",
    "准予宝清县红兴瓶装液化气供应站换证，站址在李家沟液化气站旁。",
    "康恩贝集团、李宁体育用品、刘胡兰小学、焦裕禄精神教育基地、老凤祥银楼。",
    "母猪死亡3头，母羊精神不振，子公司失联，父本死亡。",
    "取水地点宜昌市夷陵区黄柏河左岸，水库干流。",
    "订单号（320240315123456789）、批号（110120240101123456）、旧证编号鲁120123。",
    "规格6202-2610-6787-0180，设备号62-2610-6787。",
    "数据包校验值13055668899a7f，卫生证书RU-77-13901387745。",
    "京A/12345号文件、鲁C类仓库、苏E.2024标准。",
    "经营部（地址：襄阳市襄州区航空路27号1幢1层）发布房源。",
    "许可证号M360500123600，法定代表人晏冬英，地址新余市渝水区劳动南路8号，",
    "可向呼和浩特市赛罕区人民政府申请行政复议，地址呼和浩特市赛罕区南二环路31号。",
    "假冒“乐高”商标积木、假冒“巴拉巴拉”童裤。",
    "单位（13800001111）、平台客服（13800002222转1）",
]
_PUBLIC_PHONES = KEPT.pop()
"""Phones without a person before them: they are masked, the words are not."""


@pytest.mark.parametrize("text", MARKED)
def test_what_is_in_braces_is_found_and_nothing_else(text: str) -> None:
    """Names, numbers and homes of each class are marked whole, and nothing beside them."""
    assert written(text) == text


@pytest.mark.parametrize("text", KEPT)
def test_what_only_looks_like_it_stays(text: str) -> None:
    """Goods, models, firms, marks of files, codes and the addresses of offices stay readable."""
    assert written(text) == text


def test_a_word_before_a_phone_is_no_name() -> None:
    """Before a mobile number in brackets stands whose it is, but a word for an office is nobody."""
    assert not [span for span in REDACTOR.spans(_PUBLIC_PHONES) if span.kind == "PERSON"]


@pytest.mark.parametrize("text", [text.replace("{", "").replace("}", "") for text in (*MARKED, *KEPT)])
def test_a_text_may_end_anywhere(text: str) -> None:
    """A text that was cut off at any place is read like any other."""
    for end in range(len(text)):
        assert all(span.end <= end for span in REDACTOR.spans(text[:end]))
