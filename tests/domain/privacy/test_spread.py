"""Texts that are spread out, misread or broken over lines, and what must not be joined."""

import pytest

from streams.domain.privacy import Redactor
from streams.privacy_data import load_lexicon

REDACTOR = Redactor(load_lexicon())

FOUND = [
    ("PERSON", "欠条：欠 冯 秀 兰 饲料款八百元", "冯 秀 兰"),
    ("PERSON", "投诉人 汤 立 波，电话见附件", "汤 立 波"),
    ("HEALTH", "邻居谢强称其患类 风 湿 关 节 炎多年", "类 风 湿 关 节 炎"),
    ("RELIGION", "其妻信天 主 教，不愿土葬", "天 主 教"),
    ("EMAIL", "邮 箱：l i u 8 8 @ q q . c o m；另有座机", "l i u 8 8 @ q q . c o m"),
    ("EMAIL", "邮箱chenyu\n_office@126.com。", "chenyu\n_office@126.com"),
    ("CITIZEN_ID", "身份证号37O1O219850315O018，", "37O1O219850315O018"),
    ("MOBILE", "电话139531O8l72，", "139531O8l72"),
    ("CITIZEN_ID", "二、贺小兰，370102198503150019，济南", "370102198503150019"),
    ("PERSON", "名单含蒋大力等1,300人的住址", "蒋大力"),
    ("PERSON", "2、毕四海，bisihai@mail-sd.com；", "毕四海"),
    ("PERSON", "其替高天宝代购卷烟", "高天宝"),
    ("PERSON", "出纳孙桂芝名下农业银行卡收款", "孙桂芝"),
    ("RELIGION", "宗教：伊斯兰。", "伊斯兰"),
    ("RELIGION", "其弟受全能神邪教蒙骗离家", "全能神"),
    ("RELIGION", "两人分别信佛教、道教，", "道教"),
    ("RELIGION", "郑小雨（基督教浸礼宗），", "基督教浸礼宗"),
    ("HEALTH", "诊断①高血压；②紫癜性肾炎；③痛风。", "紫癜性肾炎"),
    ("HEALTH", "经鉴定为残疾三级，停工留薪期满", "残疾三级"),
    ("PLATE", "车辆黔-B8172K停放在人行道", "黔-B8172K"),
    ("PLATE", "用粤MF·3108面包车送货", "粤MF·3108"),
    ("IM_ACCOUNT", "加V❤：gz_li7788，有货", "gz_li7788"),
    ("IM_ACCOUNT", "Telegram账号@night_owl9联系", "night_owl9"),
]
KEPT = [
    "规格 大 中 小 三种，每箱 12 瓶",
    "等级分甲 乙 丙 丁 四级",
    "型号SOL0118823340I2，批号O1",
    "抽查样品等12,000件，合格",
    "订单号370102198503150019已发货",
    "该寺为藏传佛教格鲁派寺院",
    "登记在孙桂芝农业合作社名下",
]


@pytest.mark.parametrize(("kind", "text", "personal"), FOUND)
def test_it_is_found_however_it_is_typed(kind: str, text: str, personal: str) -> None:
    """What is personal is covered whole, with the signs that were typed between."""
    covered = {at for span in REDACTOR.spans(text) if span.kind == kind for at in range(span.start, span.end)}
    first = text.index(personal)
    missed = [at for at in range(first, first + len(personal)) if at not in covered and text[at] not in " \n"]
    assert not missed, f"{kind} number {FOUND.index((kind, text, personal))}: {len(missed)} signs left"


@pytest.mark.parametrize("text", KEPT)
def test_what_only_looks_like_it_is_kept(text: str) -> None:
    """Lists, codes, counts and names of institutions stay as they are."""
    assert REDACTOR.mask(text).text == text
