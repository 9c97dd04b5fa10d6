"""Findings, tubes and symptoms of somebody; those of animals, goods, institutions and rules that stay."""

import pytest

from tests.domain.privacy.braces import marked

MARKED = [
    # tests, germs and genes
    "复检提示其{丙型肝炎抗体呈反应性}，血袋未屏蔽。",
    "供浆员罗芳{梅毒抗体阳转}后未被屏蔽。",
    "额尔德木已知{感染新冠病毒}，仍驾车离开。",
    "厨工石某{感染诺如病毒}后未调离。",
    "于2022年1月出现{发热、嗅觉减退}症状且抗原显示{阳性}。",
    "该捐精者{携带地中海贫血基因}，未复检。",
    # tubes and devices
    "{失智}并{插胃管}的入住者孜拉汗被安置于四层。",
    "牛二爷，{瘫痪在床}，{尿管长期留置}，现居左云县。",
    "买方告知店员父亲得了{冠心病}，{装过三个支架}。",
    "询问笔录：“我有{心脏病}，{放了两个支架}。”",
    # medicines and therapies
    "该人有{心绞痛}病史，正服用{硝酸甘油}。",
    "岩罕尚在服用{异烟肼、利福平}期间，到集市售卖凉米线。",
    "患者常某患{多发性骨髓瘤}，依赖{来那度胺}维持。",
    "户主冯贵{矽肺叁期合并肺结核}，常年{吸氧}。",
    # symptoms in lists, also ones that no lexicon has
    "学生家长称其儿子用餐后出现{酱油色尿、面色苍白}。",
    "打磨工麻培根2022年5月起出现{进行性气促、干咳}。",
    "患者出现{颜面水肿、皮肤发痒、双目畏光刺痛}。",
    # lists of people, fields
    "通报：马玉成，同单位传菜，{甲肝抗体IgM阳性}；石磊，面点，{手部化脓性湿疹}。",
    "残疾类别：{精神}；残疾等级：{二级}。",
    "姓名敖登，宗教{萨满教}，残疾{脊髓灰质炎后遗症、肢残三级}，电话略。",
    "要求正在{哺乳期（婴儿五个月）}的顿珠卓玛加班。",
    "确诊{甲型H1N1流感}后仍上班。",
    # operations and parts
    "急诊，{右前臂毁损伤，行前臂中段截肢术}。",
    "经鉴定{双耳听力全部丧失（一级听力残疾）}，住唐山市。",
    "爆炸致邵宝根{95%面积特重度烧伤伴吸入性损伤}。",
    # whoever is named behind what he is
    "把{中风}的78岁老人康健锁在屋内。",
    "对{聋哑}的送餐员孙蕾克扣工资。",
    "幼儿园拒收{先天性心脏病}幼儿龚琳娜。",
    # lines of numbered lists, what is testified of another, what cannot be borne whatever it is
    "三、牛改花，停发；四、赵四孩，{小儿麻痹后遗症}，继续享受。",
    "证人鲍某陈述：“老板吴敬松{糖尿病}二十年了。”",
    "其女儿于朵朵{对甲壳类过敏}，点餐时声明。",
    "杭玉（{癫痫}，每日服{左乙拉西坦}）被反锁。",
    "患者出现{胸骨后烧灼感}。",
    # who is dismissed for it, whom a doctor says to have it, who has it now
    "公司以“{抑郁症}”为由辞退周桂兰。",
    "医生周强诊断周桂兰为{乳腺癌}。",
    "姚玉兰现{半身不遂}，住北京市。",
    "认定周强所受{左桡骨远端骨折}为工伤。",
    # self-harm by its means, scores and measures
    "披露大学生凌子萱{割腕自伤}的经过。",
    "学生梅某{吞服安眠药自杀未遂}，学校未通报。",
    "客户杨某{BRCA1基因突变}的报告被泄露。",
    "女工方某{孕周32周}，被安排夜班。",
    "心理测评显示其{PHQ-9得分20分}。",
    "伤者平某{全身烧伤面积62%}。",
    # the first of a line, a neighbour, who hides it, whose family name alone is told
    "准予临时救助：阚宝山，{重症急性胰腺炎}，自费十七万元。",
    "在微信群发布“三单元老段得了{肺结核}，大家注意”。",
    "当事人隐瞒{发热38.3℃、肌肉酸痛}情况，搭乘高铁。",
    "未对{丙肝核酸反应性}献血者舒某实施屏蔽。",
    # what befell whoever begins the clause, what is missing, how much of it
    "顾客在汗蒸房{晕厥}，送医诊断为{热射病}。",
    "住客洗澡时{一氧化碳中毒}身亡。",
    "申请人{左手缺三指}，不符合申领条件。",
    "该人{双耳听力损失80分贝}，不予许可。",
    "要求{孕7月}的柜员栾红站立工作。",
]

KEPT = [
    # animals, meat, surfaces
    "绵羊皮57张未消毒，抽检结果布鲁氏菌抗体阳性。",
    "现场待宰牛2头，牛血清布鲁氏菌抗体阳性。",
    "从养殖场采集的羊血样检出布鲁氏菌抗体阳性。",
    "运输的仔猪出现发热、腹泻症状。",
    "饲养的犬只患有狂犬病，未扑杀。",
    "养殖户未报告奶山羊布病阳性，私自转运。",
    "蛋鸡场环境拭子沙门氏菌阳性。",
    "抽检的凉拌黄瓜检出沙门氏菌阳性。",
    "冷冻巴沙鱼外包装新冠病毒核酸阳性。",
    "苗圃中杨树溃疡病未除治。",
    # institutions, services, records
    "准予贵阳云岩艾滋病确证检测实验室延续资格。",
    "未对新入职员工开展噪声聋职业健康检查。",
    "从业人员未开展痢疾、伤寒、甲肝检查。",
    "肺结核病人转诊登记本缺项。",
    "未建立晨检及传染病（手足口病、水痘）登记制度。",
    "该公司投保重疾险，保障急性心肌梗死、终末期肾病等120种重疾。",
    "年报显示，新报告梅毒1,903例。",
    # goods
    "增加婴儿护臀霜（湿疹宝宝适用）单元。",
    "低钠盐（高血压患者优选）未标注钾含量。",
    "一次性导尿管过期4根，医疗废物中混有胃管。",
    "更换脚手架支架螺钉两颗。",
    "检出大肠杆菌、金黄色葡萄球菌超标。",
    "举办自闭症儿童画展未报备安全方案。",
    "事故造成3人轻伤、1人重伤。",
    "以跳楼相威胁讨要工程款。",
    "服务器感染勒索病毒，数据被加密。",
    "销售转基因大豆油未标识。",
    # firms, groups, medicines, cranes, rumours
    "当事人名下的疤痕修复工作室无证经营。",
    "当事人聋人手语咖啡馆有限公司未公示价格。",
    "员工吴某负责糖尿病专柜销售。",
    "当事人在癌友之家群推销保健品。",
    "当事人销售痔疮膏、皮炎平。",
    "工人朱某操作塔吊导致吊臂断裂。",
    "网友金某编造某小区有鼠疫的谣言。",
    # rules
    "维护精神障碍患者的合法权益。",
    "公示严禁皮肤病、心脏病患者入池的须知。",
    "患有传染病的人员不得从事直接入口食品工作。",
    "患有精神病、癫痫病的，不予发放许可。",
    "孕期、哺乳期女职工不得安排夜班。",
    "对患有高血压的老年人提供免费体检。",
    "可能对三岁以下儿童造成窒息伤害。",
    "劳动功能障碍程度另行鉴定。",
]


@pytest.mark.parametrize("text", MARKED)
def test_what_somebody_has_is_found(text: str) -> None:
    """What is in braces is found, and not a character beside it."""
    assert marked(text) == text


@pytest.mark.parametrize("text", KEPT)
def test_findings_of_nobody_stay(text: str) -> None:
    """What was found in animals and goods, and what rules and records speak of, stays readable."""
    assert marked(text) == text
