"""Names in rows with numbers, beside what somebody calls himself or signs; names that all know stay."""

import pytest

from streams.domain.privacy import PersonalKind
from tests.domain.privacy.braces import REDACTOR, written

MARKED = [
    # rows with identity numbers, whatever fills the field
    "欠薪（姓名／身份证／欠薪）：①{色力布}／513426199111224410／6,300元；②{伍开发}／522527197003140854／500元。",
    "名单：1)　{阿依木萨}　653021199408164022；2)　{陆老七}　52232519640105104X。",
    # behind a word for what somebody is, with a number in brackets
    "电联现场管事{农益}（0776-2841905），对方答复已拆除。",
    "与塔主{关喜}（0456 8223617）通话核实。",
    "传单写明：收药找{荆小满}，13905317788。",
    # whom many are told with, what he calls himself, signs, does
    "吸收{相秀兰}、{侍成林}等四十余名老年人资金。",
    "自称“讲师”的{单广林}报出号码。",
    "绰号“大头”的{邬建波}驾船。",
    "委托书中“{冯骥德}”“{綦欣然}”两处签名笔迹一致。",
    "经办代理{杭辰}，联系邮箱另附；主讲{谌露}、助教另聘。",
    # who was it before, who is named with the party and what they are to each other
    "店面原经营者{龙跃进}于2023年6月将设备作价转让。",
    "申请人祝洪福与{毛银仙}为翁媳。祝洪福瞒着{毛银仙}办理登记。",
    # what somebody has at a bank is no bank
    "资金经出纳{稽晓东}中信银行卡转出。",
    # families whose names are verbs elsewhere, Yi and Mongolian names
    "给予收银员{要丽君}警告，其妻{要秀珍}在场。",
    "{阿侯尔者}协助装订，经{敖日格乐}介绍购入牛犊。",
    "失智的入住者{孜拉汗}被安置于四层。",
    # numbered rows, behind a place's short name, before what is his at a clinic or a hotel
    "名单：一、{牛改花}，停发；二、{赵四孩}，继续享受。",
    "证人名单：{陈玉环}，村民。",
    "在患者{涂金花}门诊病历中记载。",
    "{曾国梁}预订厦门翔鹭国际大酒店有限公司婚宴38桌。",
    "搭载{旦增}、{华青加}，行至路口。",
    "原职工{欧阳德}自1998年起清砂。",
    # rare families behind a role, whatever follows; verbs that are trades of firms as well
    "使用非卫生技术人员{先春梅}独立从事护理工作。",
    "店员{奇晓庆}拒不退款，连襟{续三娃}灌装。",
    "为患者{要国强}静脉输液，由筏工{秧茂林}载客。",
    "施工单位派{温志刚}维修三次未果，地下室租给{季春生}加工豆腐。",
    "邻居{惠雪莲}联系店主，门卫{祝老九}放行一辆货车。",
    "劳务队长{乔振海}垫付医药费，业主委员会副主任{刘桂兰}实名反映。",
    "“我叫{邵东升}，是窑炉工。”",
    "{池明}与{关小雨}于2023年离婚。",
    "充装工{哈力木拉提}陈述，司机{苏合巴特}卸货。",
    "刹车片系从{姜涛}朋友{廖凡平}处拿货。",
    # what people call whom they do not know; those who divorce the party
    "供货者自称“{小马哥}”，货源来自“{宋五}”，系由“{潮汕阿雄}”上门推销。",
    "进货来自一人，自称“{郭俊俊}”，街上接待{付招娣}等22人。",
    "致收件人{蒋婉婷}的快件遗失。站点负责人束学军与{蒋婉婷}无亲属关系。",
    "当事人盛国梁与参保人{姜莉}原系夫妻，采血点向{程万山}采集血小板。",
    "欠薪清册：（一）{代景春}，150429196601244114；（二）{伍开发}，522527197003140854。",
    "前厅主管{鲁茸卓玛}与厨师{马建国}举报该酒店。",
    "乘客{欧阳俊}醉酒，供货者不明。",
    "当事人都明亮与{史桂芝}离婚后，仍用{史桂芝}身份证。",
    # somebody called like one whom all know
    "顾客{李宁}投诉称运动鞋开胶。",
    "学生{杜鹃}（电话13905317788）购买香烟。",
    "向{张飞}出售香烟一包。",
    "业务员自称{葛洪亮}。",
]

PUBLIC = [
    "该店与安踏、乔丹、李宁专柜同处一层。",
    "箱内卷烟为黄鹤楼、白沙、泰山等品牌。",
    "在门店张贴“朱元璋御用”等宣传语，墙上挂有华佗、张仲景画像。",
    "花艺店销售的康乃馨、满天星、郁金香未明码标价，金骏眉每斤1,280元。",
    "詹天佑奖评审材料另行报送，苏小小墓、岳飞庙等景点开放。",
    "现经营者王小明接手，原址不变；原经营范围为零售。",
    "经办代理机构，代理记账，主讲课程三门。",
    "“有机”“无公害”两处字样，“授权”二字处盖章。",
    "自称“百年老店”的宣传并无依据，号称“特效”的产品已下架。",
    "明细（项目／编号）：①方案／370102199001011234；②图纸／370102199001011235。",
    "资金存入中信银行，高温作业人员应当休息，操作手册缺失。",
    "前台张贴“谢绝入住”告示，值班人员脱岗，尽早戒烟有益健康。",
    "整改内容：一、方案，二、金额，三、高度。",
    "顾客都未就医，理发师都已离职，会员常客共有61人，职工全员未接受培训。",
    "司机时有超速，司机从北向南行驶，店长应知而未制止，观众都改签，店员全不承认。",
    "工程师傅未签名，总监理工程师须到岗。",
    "老凤祥银楼、金碧辉煌夜总会均在检查名单之列。",
    "面单寄件人“山货老表”，登记寄件人为“爱心超市”，自称“老师”，找“外卖小哥”代买。",
    "行政处罚决定书（邢信农（种子）罚〔2024〕9号），名下凤英小卖部逾期未报年报。",
    "食品厂生产的“木糖醇沙琪玛”标签不合格。",
    "使用的“小熊星”调制乳粉，以“老龚留学”名义发布广告，超声诊断仪（孕妇慎用）。",
    "通过贝宝账号付款，自称“高级讲师”，自称“百年老店”，名为“向日葵”的产品。",
    "老年人等22人，务工人员等20人，消费者等多人。",
    "联系客服（0531-82123456），值班经理（0531-82123457）不在。",
]


@pytest.mark.parametrize("text", MARKED)
def test_each_name_in_braces_is_found_whole(text: str) -> None:
    """Each name in braces is found, whole and alone."""
    assert written(text, PersonalKind.PERSON) == text


@pytest.mark.parametrize("text", PUBLIC)
def test_what_only_looks_like_a_name_stays(text: str) -> None:
    """Nothing is taken for somebody's name."""
    assert not [span for span in REDACTOR.spans(text) if span.kind is PersonalKind.PERSON]
