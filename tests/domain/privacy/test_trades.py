"""Whom words for what somebody does, by their last character, and words for foremen and kin announce."""

import pytest

from streams.domain.privacy import PersonalKind
from tests.domain.privacy.braces import REDACTOR, written

MARKED = [
    # a word for what somebody does that no list holds, before a family name that is rare or a word
    "锅炉清灰工{都来顺}（手机13812345678）未持证上岗。",
    "护林站瞭望员{干海英}擅离岗位。",
    "某石材厂刻石匠{步云生}到场。",
    "稻农户{果立新}反映其玉米受药害。",
    "船上有渔夫{水根生}落水。",
    "雇请的拆除工{计小龙}从脚手架坠落。",
    "举报者{后丽芳}提供录音。",
    "登记本载客户{库金娥}、{汤连生}称不知情。",
    "联络人{望小娟}，电话另附。",
    "殡仪服务部抬棺人{门三宝}索要红包。",
    "拍摄人{冉小飞}、撰稿人{步青云}二人否认。",
    "实际用工人员有{和建民}、{全发祥}、{普家兴}三人。",
    "从业人员信息登记｜序号1｜姓名{皮小霞}｜工种食堂帮工。",
    "买受者为益阳市的{别小红}，持卡人为三道街的{门玉山}，对操作岗位的{门小军}处以警告。",
    # kin, with what is done to them
    "将其女{岳小娟}带至国外。",
    "为其父{丰有田}办理低保。",
    "由其子{步云峰}代签。",
    "其女婿{妥学文}代为签收。",
    "村民{向其昌}、{向金花}，员工{和建民}、{和丽华}到场，户主{张其昌}未到。",
    "承认由其叔{饶自清}领回，其嫂{王秀兰}作证。",
    # rows of a table
    "序号①；姓名{陶冬生}；欠薪6,120元。序号②；姓名{费丽珍}；欠薪5,880元。",
    "欠薪名单：1、姓名：{王建国}，欠薪6120元；2、姓名：{李秀英}，欠薪5880元。",
    # foremen of firms, hired drivers, those of other cases
    "海南某保安服务有限公司夜班队长{贾宏亮}称不知情。",
    "现场负责人{谭家旺}称汛前即清。",
    "装修负责人{高扣宝}收取工钱。",
    "押运车驾驶员{严小波}（电话13812345678）受当事人雇用运输。",
    "当事人王小明承认，行为人{解小荷}另案处理。",
    "致楼下{包玉兰}窒息。",
    # from whom and to whom, what old people are called by, doubled characters, forms
    "其中15瓶售予{林金湖}，该人称自用。",
    "过期疫苗为{关大爷}家仔猪免疫。",
    "误入{门玉山}卡内。",
    "与{岳小川}为表兄妹。",
    "冒领收件人{史变变}的挂号信。",
    "学员：{先明强}，退款三千元。",
    "屠夫{钟石发}系该村村民。",
]

PUBLIC = [
    "书记员徐芸记录，听证主持人游利华，审核员黄文涛签字。",
    "交警大队中队长贾宏亮在场，队长李明主持。",
    "驾驶员王长河，从业资格证号411403，未受处罚。",
    "化工安全生产许可；施工安全管理不到位，该工程师资料不全。",
    "人工成本合计三万元，普通员工和管理员文化水平低。",
    "操作工应当持证上岗，电工和焊工同时作业。",
    "租户水电费由房东承担，养殖户需要备案。",
    "劳动者应休未休年休假，劳动者有权解除合同。",
    "客户满意度高，客户全部退款，楼上漏水，楼下商铺。",
    "学员：先培训，后上岗；业主：不明确，用户：已注销；顾客：先付款。",
    "为王大妈水饺店办证；汇至国库账户，收入计卡，存入和平卡。",
    "邻居常常投诉，业主多多包涵，客户时时关注，学生天天迟到，乘客刚刚上车。",
    "申请人信息：姓名皮小霞，性别女；执业药师注册信息：姓名皮小霞。",
    "多人和平解决；两人全部承认；工人全部撤离；权利人和解；继承人方可领取。",
    "承租人应于每月五日前付款，投保人应如实告知，监护人应在场，收货人后门签收。",
    "投资人全部退出，持卡人时常，业务人员和管理人员，快递员计件工资。",
    "保洁员关门离开，护理员应急演练，售票员明知超员，化妆师花费三小时。",
    "当事人：1.姓名：王建国，2.性别：男。",
    "其姑高中毕业，其舅家中无人，其婿方便时来取，其媳于当日到场。",
    "厨师｜健康证过期，洗碗工｜无健康证。甲方（出租人）未到，与乙方（承租人）约定。",
    # words and signs of statutes behind what somebody is
    "因重大工程建设确需迁移，养护工程竣工后，外籍职工和香港职工，业主和建设单位，教师和高等院校。",
    "对方当事人主张权利，消费者主张其承担责任，著作权人许可，不向其支付报酬，向金融机构转移。",
    "被执行人迟延履行，出租人付清租购费，向村民公布，安全员的日常管理，挂靠人和被挂靠人。",
    "统筹幼儿园建设，包括江河、湖泊，加强贾鲁河保护，第五章，毛泽东思想、邓小平理论。",
    "权利人为依法登记的单位；责任人是公司的员工；对较大的金额处以罚款；对违法的行为予以警告。",
    # sums in words, marks of documents, homes for the old, marks and estates in quotation marks
    "依据该法第六项，罚款伍仟圆；罚款陆仟元；处以柒佰元罚款。",
    "鉴定意见吉文鉴〔2024〕第0088号，单价1,280元。",
    "不符合该条例第八条，作出吴民许不〔2024〕2号不予核发决定。",
    "铜川市印台区孟姜塬互助幸福院，致凌波公寓2号楼楼板开裂。",
    "“鼎峰·江南一品”项目应建防空地下室，销售“鄂尔多斯”仿冒羊绒衫。",
    # numbers of files, machines and samples; papers of transport
    "数字档案检索号0771-20231118-13977001265，档案号0537-20240112-8。",
    "出厂编号15910330018至15910330035，扦样单13907220229、15872940306两份。",
    "许可证号鲁交超许370211240319008，有效期至年底。",
    # places of business, and where an authority sits
    "在林州市姚村镇寨底村家庭作坊焊接作业引燃泡沫板。",
    "宜春市烟草专卖局地址：宜春市袁州区高士路688号。",
    "以自有住宅乌鲁木齐市沙依巴克区西山路天山景苑12号楼2单元501室对外接待旅客。",
    "将位于南京市栖霞区尧化街道12幢102室的商铺分隔成七间。",
    "为其母公司提供担保，将其子公司注销，对其夫妻共同财产分割。",
]


@pytest.mark.parametrize("text", MARKED)
def test_whom_a_trade_announces_is_found(text: str) -> None:
    """Each name in braces is found as a person's, whole and alone."""
    assert written(text, (PersonalKind.PERSON,)) == text


HIDDEN = [
    ("家住济南市历下区泉城路5号西屋两间，月租三百元。", ("泉城路5号西屋两间",)),
    ("住西藏那曲市嘉黎县麦地卡乡那果\n村。", ("麦地卡乡那果\n村",)),
    ("电话0976-8827315、15838612345。", ("0976-8827315", "15838612345")),
    ("手机13912345678至13912345680均可联系。", ("13912345678", "13912345680")),
    (
        "将位于南京市栖霞区尧化街道金尧山庄26幢三单元102室的自有住房分隔成七间出租。",
        ("尧化街道金尧山庄26幢三单元102室",),
    ),
]


@pytest.mark.parametrize(("text", "parts"), HIDDEN)
def test_what_stands_beside_such_numbers_and_homes_is_hidden(text: str, parts: tuple[str, ...]) -> None:
    """Phones in a list or a range, and a home that was split, are found whole."""
    assert tuple(text[s.start : s.end] for s in REDACTOR.mask(text).spans) == parts


@pytest.mark.parametrize("text", PUBLIC)
def test_what_only_ends_like_a_trade_stays(text: str) -> None:
    """Officers, drivers who are the party, and words that end like a trade are left as they are."""
    assert REDACTOR.mask(text).text == text
