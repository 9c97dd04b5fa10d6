"""What statutes, registers and findings say of nobody, beside what they say of somebody."""

import pytest

from tests.domain.privacy.braces import REDACTOR, written

FOUND = [
    "其户籍登记住所济南市历下区{泉城路5号3单元201室}。",
    "当事人租用的福州市仓山区{盖山镇白湖亭新村8座601室}参加聚会。",
    "抗原自测呈{阳性}却未报告。",
    "其{听力严重损害，视力部分丧失，左眼完全失明，右腿明显肿胀}。",
    "该申请人持一代证，号码{420105470809293}，由邻居代书。",
    "长期接受{高压氧治疗}，伤情{双下肢Ⅱ度烫伤}，等级评定{十级}，相关费用另付。",
    "帮工{涂小妹}未持证，送气工{顿珠}骑车送气，材料报送人：{马思琪}。",
    "工资：②{先代秀}（身份证{510504197204111189}），③{税成刚}（身份证{51052219830811367X}）。",
    "自2021年起靠{无创呼吸机}维持。",
    "自高处坠落，出院记录写明{腰2椎体压缩性骨折、右跟骨骨折}。",
    "流调结果为{确诊病例}，却未如实申报。",
    "违章车辆牌照号码{鲁A12345}，牌照号为{鲁A12346}，牌照号：{鲁A12347}。",
    "由交警大队送至济南市历下区{泉城路5号3单元201室}，款项汇入其个人基本账户{6217000010012345678}。",
    "供货方仅留姓名“{吴亚军}”，拨打无人应答。",
    "明细如下——{吴老满}，身份证{522626197202174597}，应付；{马依果}，身份证{513432198907169586}。",
    "持第一代身份证（编号{420105470809293}）。",
]
KEPT = [
    # registers, deeds, hospitals
    "法定代表人冼柏年，登记住所佛山市南海区狮山镇科技西路8号3座B区。",
    "该房屋（闽（2020）厦门市不动产权第0047153号）外墙受损。",
    "食用后被送往天水市第二人民医院救治。",
    "租用的济南市历下区泉城路5号商务大厦1201室开设公司。",
    "由户籍所在地街道办事处出具证明，配合住房城乡建设主管部门。",
    "执行机关通讯地址武汉市洪山区珞狮路318号，由同事送至温岭市第一人民医院。",
    "将丽江市古城区束河街道龙泉社区仁里路32号院2栋201至206室自有住房改作客房经营。",
    "从境外返回勐腊县磨憨镇，由衡阳市蒸湘区住房和城乡建设局责令恢复原状。",
    "批准生产，住址西安市国家民用航天产业基地神舟四路239号7幢，与其他人混住一室，在丽娟烫染屋。",
    "寄件人署名“热心网友”，凭证尾段17720231009，发现1例确诊病例。",
    # numbers of licences and orders, animals
    "证件号222401198707730，起始日期2023年10月9日，许可证号交渝XK1178。",
    "抽样检出布鲁氏菌抗体阳性3只，已扑杀。",
    "订单尾号15805530612，运单尾号15805530612。",
    # losses, obstacles, places
    "于2023年11月5日被查出使用过期泡打粉2袋。",
    "已丧失劳动能力，部分丧失规定的经营条件，价格明显异常，明显偏低，严重损害公共利益。",
    "提出当事人主体不适格，赔偿物质损失和精神损害，违约金总额过高。",
    "距离最高障碍物，意外伤害保险，高致病性病原微生物，危险性病虫害，流行病学调查。",
    "行经积水路段，居住区或者人流密集地区，县级以上环境保护主管部门采取环境保护措施。",
    "禁止破坏机动车排放诊断系统，检疫传染病的诊断标准。",
]


@pytest.mark.parametrize("text", FOUND)
def test_what_is_said_of_somebody_is_found(text: str) -> None:
    """Homes, numbers and conditions in braces are found whole, and nothing beside them."""
    assert written(text).replace("}{", "") == text


@pytest.mark.parametrize("text", KEPT)
def test_what_is_said_of_nobody_stays(text: str) -> None:
    """Words of statutes and registers stay as they are."""
    assert written(text) == text


@pytest.mark.parametrize("text", [*FOUND, *KEPT, "村民向其昌、向金花，员工和建民、和丽华到场"])
def test_a_text_may_end_anywhere(text: str) -> None:
    """A text that was cut off at any place is read like any other."""
    plain = text.replace("{", "").replace("}", "")
    for end in range(len(plain)):
        assert all(span.end <= end for span in REDACTOR.spans(plain[:end]))
