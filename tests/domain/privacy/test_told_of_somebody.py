"""Illnesses, treatments, beliefs and accounts as clerks tell them of somebody, and neighbours that stay."""

import pytest

from tests.domain.privacy.braces import marked

MARKED = [
    # injuries: parts by side and place, degrees, what was done for them
    "侄女周小兰搬运时{左手无名指末节离断}，送县医院。",
    "骑手马明送餐途中摔倒致{右侧锁骨中段骨折}。",
    "乘客祁秀兰急刹车时{腰2椎体压缩性骨折}。",
    "村民苟长友扑火中{面颈部浅Ⅱ度烧伤}。",
    "学生丁晓彤课间奔跑，{右额部裂伤，缝合五针}。",
    "郝二女{颈椎挥鞭样损伤}。",
    "顾客吕静纹眉后{局部红肿渗液}。",
    # markers in somebody's blood
    "杜家骏自述{EB病毒抗体IgG阳性}。",
    "居民祝平血样检出{HIV-1抗体阳性}。",
    # teeth
    "记录本载：“三姑——{龋齿}，拔牙一颗，200元；小吴——{缺失第一磨牙}，镶牙”。",
    # quoted of whoever is named before
    "该校将查体表张贴，其中毕成“{窦性心动过缓}”、石雯“{澳抗阳性}”。",
    "体检机构将阮晴的“{乙肝表面抗原阳性}”告知用人单位。",
    "单位以体检“{心电图异常}”为由拒录燕宁。",
    "并在群内称其“{乳腺癌化疗}呢”。",
    # medicines and treatments
    "余小曼长期服用{奥氮平}，驾驶客车。",
    "患者鲍丽接受{紫杉醇联合卡铂化疗}4次。",
    "治疗经过：{环磷酰胺冲击治疗}6次。",
    "其父{肺癌晚期}，服用{吉非替尼}三个月。",
    # fields
    "健康情况：{肺癌术后}；申请项目：临时救助。",
    "入职登记表过敏史栏：{花生、海鲜过敏}。",
    "申请人骆玉华，既往疾病：{脑梗死，左侧肢体偏瘫}。",
    "评残人员武志坚，{因战六级}。",
    # birth
    "含郭梓涵“{二胎，剖宫产后15天，乳腺炎}”及家庭联系电话",
    "女工仲秀{流产后第9天}被安排夜班。",
    "汽修工鲍三{右眼球贯通伤}，未参加工伤保险。",
    "快递员独孤信{腰椎间盘突出症}申请病假。",
    "店员在会员系统备注狄小姐“{更年期综合征}”。",
    # a role and a name that is no usual one, honorifics, kin, what else is told of somebody in a list
    "网约车撞伤乘客顾炎，{颈髓损伤，四肢不全瘫}。",
    "住养老人骆奶奶{压疮Ⅲ期}，护理记录缺失。",
    "申请低保家庭成员：妻，{脑出血后遗症}，无业。",
    "核查档案：虎占山，回族，{伊斯兰教}，{听力重度受损}，由儿子代述。",
    # the name ends where the illness begins
    "辐射工作人员杨雄{白细胞减少}，未调离。",
    # what is measured, what cells a tumour has
    "化工厂周边居民孩子{血铅210μg/L}。",
    "投保人隐瞒{甲状腺乳头状癌手术史}。",
    "老人容桂珍{误吸窒息}，经抢救无效。",
    # a line that ends within a word
    "申请临时救助，理由：{慢性肾\n炎}。批准金额1500元。",
    # beliefs
    "机场安检员要求{锡克教}旅客辛格摘除头巾。",
    "问：你信什么教？答：{基督教}。",
    "人事在系统为应聘者田园备注“{基督教}，周日不加班”。",
    "车间公示栏贴出马占海“{回教}”、李玉“{无宗教信仰}”。",
    "准予备案：释明空，{汉传佛教}比丘尼，原籍安徽。",
    "同意认定马国栋为{伊斯兰教}教职人员。",
    "申请人以自费参加{伊斯兰教}朝觐为由办理护照。",
    "信仰{伊斯\n兰教}，住新疆",
    # accounts
    "广告语“有事找我，Q{88213067}”。",
    "电话打不通就Q我，{6 2 2 0 9 1 8 0}。",
    "宣传页载明“薇：{dbc_fast}，扣：{281775927}”。",
    "与当事人雇员钮佳慧的微信记录（{niujh_silk}）。",
    "其在小红书平台以账号“{珠珠收娃屋}”发布招生信息。",
    "从微信叫“{老哈牛羊批发}”的人那里拿货。",
    "上线“{沂蒙老烟枪}”（微信），真实姓名不详。",
    "微信 {tie rong fen88}（中间有空格）拍到站外揽客。",
    "QQ {26841\n07395} 也系本人使用。",
]

KEPT = [
    # cases and people that are counted
    "未按规定报告流感2例、水痘3例。",
    "辖区报告手足口病14例，未采取消毒措施。",
    "事故造成2人骨折。",
    "2024年全市登记严重精神障碍患者1.2万人。",
    "客车与货车碰撞，造成9人受伤，其中1人颅脑损伤。",
    # animals
    "奶牛乳房炎，使用违禁抗生素。",
    "向奶牛注射青霉素后未执行休药期。",
    "宠物医院为猫实施绝育手术未签手术同意书。",
    "为犬做骨折内固定手术，无执业兽医资格。",
    "犬只狂犬病免疫证书过期。",
    "送检猫只猫瘟抗体阳性。",
    "生猪左前腿脓肿，检疫不合格。",
    # what is told of an illness as such
    "当事人在店内讲解糖尿病的成因。",
    "糖尿病的成因与预防专栏刊登药品广告。",
    "文章《乳腺癌的早期信号》夹带广告。",
    "当事人张丽称“本品对失眠、焦虑有改善作用”。",
    "店主王伟销售“糖尿病康复茶”42盒。",
    # machines have sides, too
    "塔吊右臂变形，左侧标准节裂纹。",
    "左侧护栏缺失、右后轮胎破损。",
    # medicines in stock, therapies as trades
    "该药店未凭处方销售奥氮平片2盒。",
    "宣传长期服用阿托伐他汀可逆转斑块。",
    "给猫长期服用阿莫西林。",
    "门诊部超范围开展化疗、放疗。",
    "该店以“每天服用人参”可长寿作宣传。",
    # rules
    "工伤保险先行支付申请受理条件：一级至四级伤残。",
    "过敏源：标签未标注花生、大豆。",
    "体温38.5℃以上人员不得入内的告示缺失。",
    "残疾二级以上的申请人可享受补贴。",
    "孕28周以上引产须经批准。",
    "产妇产后42天健康检查服务未开展。",
    "禁止安排怀孕女职工从事夜班劳动。",
    # temples, questions
    "元妙观（道教）香火区未配灭火器。",
    "问：你本人信教吗？答：与本案无关。",
    "伊斯兰教协会组织朝觐工作培训。",
    "查获非法出版的基督教书籍62册。",
    "佛教青年会换届、道教老人院收费。",
    # goods, deductions, groups
    "型号Q235钢材38吨，产品型号QX-88213067。",
    "扣除押金500元，扣2000元工资。",
    "QQ群“北海海鲜内购”系其创建。",
    "抖音账号“海底捞火锅官方旗舰店”发布。",
    "聊天记录（共12页）显示。",
]


@pytest.mark.parametrize("text", MARKED)
def test_what_is_told_of_somebody_is_found_whole(text: str) -> None:
    """What is in braces is found, and not a character beside it."""
    assert marked(text) == text


@pytest.mark.parametrize("text", KEPT)
def test_what_is_nobodys_stays(text: str) -> None:
    """Statistics, animals, essays, machines, goods, rules, temples and groups stay readable."""
    assert marked(text) == text
