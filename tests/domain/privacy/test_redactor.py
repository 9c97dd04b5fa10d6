"""What counts as personal in the free text of decisions, and what must stay readable."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.domain.privacy import PersonalKind, Redactor
from streams.privacy_data import load_lexicon

REDACTOR = Redactor(load_lexicon())


def found(text: str, kind: str) -> list[str]:
    """Return the marked parts of a kind."""
    return [text[span.start : span.end] for span in REDACTOR.spans(text) if span.kind == kind]


PERSONAL = [
    ("CITIZEN_ID", "身份证号：11010519491231002X，", "11010519491231002X"),
    ("CITIZEN_ID", "（１１０１０５１９４９１２３１００２Ｘ）", "１１０１０５１９４９１２３１００２Ｘ"),
    ("CITIZEN_ID", "证件号 110105 19491231 002x。", "110105 19491231 002x"),
    ("CITIZEN_ID", "公民身份号码110105\n19491231002X", "110105\n19491231002X"),
    ("CITIZEN_ID", "身份证号110105194912310021（系统未通过）", "110105194912310021"),
    ("CITIZEN_ID", "护照号E12345678，", "E12345678"),
    ("CITIZEN_ID", "配偶王强，370102 490101 001；", "370102 490101 001"),
    ("MOBILE", "电话139-0000-1234。", "139-0000-1234"),
    ("MOBILE", "李明（139.0000.1234）要求", "139.0000.1234"),
    ("MOBILE", "手机+8613900001234", "+8613900001234"),
    ("MOBILE", "电话一三九零零零零一二三四，", "一三九零零零零一二三四"),
    ("MOBILE", "电话139\u200b00001234，", "139\u200b00001234"),
    ("MOBILE", "电话13900001234转8001，", "13900001234转8001"),
    ("LANDLINE", "家中电话(0531)88880000，", "(0531)88880000"),
    ("LANDLINE", "座机0531-88880000转12。", "0531-88880000"),
    ("LANDLINE", "反映人02588880000，", "02588880000"),
    ("EMAIL", "邮箱li.ming＠example.com，", "li.ming＠example.com"),
    ("IM_ACCOUNT", "微信号：abc_2020，", "abc_2020"),
    ("IM_ACCOUNT", "其QQ 123456789收款", "123456789"),
    ("IM_ACCOUNT", "（微信昵称“山高水长”）", "山高水长"),
    ("IM_ACCOUNT", "闲鱼用户“山高水长”发布", "山高水长"),
    ("BANK_CARD", "卡号6222 0200 0000 0000 003，", "6222 0200 0000 0000 003"),
    ("PLATE", "驾驶鲁A·1B2C3小型客车", "鲁A·1B2C3"),
    ("PLATE", "挂车鲁A1234挂超限", "鲁A1234挂"),
    ("HOME_ADDRESS", "家住山东省济南市历城区甲乙路5号丙园3号楼2单元501，", "甲乙路5号丙园3号楼2单元501"),
    ("HOME_ADDRESS", "住址：济南市长清区甲镇乙村三组8号。", "甲镇乙村三组8号"),
    ("HOME_ADDRESS", "村民李明（沛县甲镇乙村三组8号）焚烧秸秆", "甲镇乙村三组8号"),
    ("HOME_ADDRESS", "暂住历下区甲花园3栋二单元5楼中户，", "甲花园3栋二单元5楼中户"),
    ("HEALTH", "乘客王强左侧第4至6肋骨骨折，", "左侧第4至6肋骨骨折"),
    ("HEALTH", "王强声称因肝癌无力支付，", "肝癌"),
    ("HEALTH", "李明因患慢性肾炎，申请救助", "慢性肾炎"),
    ("HEALTH", "工人王强被诊断为左手食指开放性骨折，", "左手食指开放性骨折"),
    ("HEALTH", "构成伤残九级。", "九级"),
    ("RELIGION", "王强（信仰基督教）", "基督教"),
    ("RELIGION", "答：“我从小信佛教。”", "佛教"),
    ("RELIGION", "张丽，女，无宗教信仰，", "无宗教信仰"),
    ("PERSON", "投诉人卢小婉反映", "卢小婉"),
    ("PERSON", "投诉人仉小婉反映", "仉小婉"),
    ("PERSON", "乘客何晴、罗一帆由车站前往", "何晴"),
    ("PERSON", "其女欧阳静（电话13900001234）", "欧阳静"),
    ("PERSON", "顾客阿依古丽·买买提称，", "阿依古丽·买买提"),
]

PUBLIC = [
    "订单号13900001234已核对",
    "注册资本13900001234元",
    "内部案件编号110105194912310021，",
    "案号济市监处罚〔2026〕0123号",
    "经营场所：济南市历下区甲乙路5号丙小区3号楼2单元101号",
    "甲公司（统一社会信用代码：91370100MA3C000000，住所：济南市历下区甲乙路5号大厦2104室）",
    "喷水灭火系统瘫痪，",
    "听证告知书（历下区监罚字〔2026〕910号）",
    "批号20261101234567",
    "广告称“三天治愈糖尿病”，",
    "不得宣传可预防高血压",
    "济南市某糖尿病医院",
    "市民族宗教事务局查明",
    "销售佛教用香、经书",
    "依据《艾滋病防治条例》第三十九条",
    "历下区赵美兰烟酒店销售的白酒",
    "检出非洲猪瘟病毒核酸阳性",
    "举报电话：12315",
    "客服热线400-800-1234",
    "处罚款18,000.00元",
    "增值电信许可证鲁B2-20090191",
]


@pytest.mark.parametrize(("kind", "text", "part"), PERSONAL)
def test_personal_is_marked(kind: str, text: str, part: str) -> None:
    """What marks a person is found at its place in the text as it was typed."""
    assert part in found(text, kind)


@pytest.mark.parametrize("text", PUBLIC)
def test_public_stays(text: str) -> None:
    """Numbers of cases, firms' seats, adverts, rules and institutions stay as they are."""
    assert REDACTOR.mask(text).text == text


def test_party_is_public_and_witness_is_not() -> None:
    """The party keeps its name, the witness gets an alias, the same all through the text."""
    masked = REDACTOR.mask("当事人李建国雇用工人王小强施工，王小强摔伤。李建国未报告。").text
    assert masked == "当事人李建国雇用工人王某某施工，王某某摔伤。李建国未报告。"


def test_known_names_are_public() -> None:
    """A name that stands in a public column is no third party's."""
    text = "顾客张小丽购买"
    assert REDACTOR.spans(text)
    assert REDACTOR.spans(text, known=("张小丽",)) == ()


def test_two_of_one_family_get_two_aliases() -> None:
    """Two persons of one family name can be told apart."""
    masked = REDACTOR.mask("证人王小强称，证人王大伟不在场。").text
    assert masked == "证人王某某称，证人王某甲不在场。"


def test_birth_digits_are_hidden() -> None:
    """Of an identity number the region and the last four digits stay, the birthday never."""
    assert REDACTOR.mask("身份证号：11010519491231002X").text == "身份证号：110105********002X"


def test_counts_tell_kinds_only() -> None:
    """What was masked is counted by kind."""
    masked = REDACTOR.mask("电话13900001234、13900005678，邮箱a@b.cn")
    assert masked.counts == {"MOBILE": 2, "EMAIL": 1}


@given(
    st.text(
        alphabet="0123456789Xx０１２ \n-转电话手机身份证号住址省市区路号楼王李患病信“”（），、。@a\u200b",
        max_size=200,
    )
)
@settings(deadline=None)
def test_spans_lie_in_the_text(text: str) -> None:
    """Whatever is typed, spans lie within the text, in order, without overlap, and none is empty."""
    at = 0
    for span in REDACTOR.spans(text):
        assert at <= span.start < span.end <= len(text)
        assert isinstance(span.kind, PersonalKind)
        at = span.end


@given(st.text(max_size=100), st.text(max_size=100))
@settings(deadline=None)
def test_an_identity_number_never_survives(before: str, after: str) -> None:
    """Between any two texts a sound identity number is found unless digits or letters run into it."""
    text = f"{before}，11010519491231002X，{after}"
    assert "11010519491231002X" not in REDACTOR.mask(text).text


@pytest.mark.parametrize(
    "part",
    [
        "1",
        "1 ",
        "1-",
        "138",
        "住",
        "患",
        "糖尿病、",
        "张伟、",
        "艾·",
        "“",
        "（男，",
        "\u200b",
        "1号楼",
        "QQ",
        "0551-",
        "《",
    ],
)
@pytest.mark.timeout(60)
def test_no_text_hangs(part: str) -> None:
    """A hundred thousand characters of whatever begins a pattern come to an end, masked or not."""
    masked = REDACTOR.mask(part * (100_000 // len(part)))
    assert masked.text
