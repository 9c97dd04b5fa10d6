"""Wordings that a second independent set showed, class by class, and neighbours that must stay."""

import pytest

from streams.domain.privacy import Redactor
from streams.privacy_data import load_lexicon

REDACTOR = Redactor(load_lexicon())

MARKED = [
    # conditions of every speciality, their stages, risks, degrees and how they are told
    "私设诊室，为{刘洋}（{牛皮癣}）、{陈洁}（{妇科炎症}）输液",
    "旅客{黄长生}（身份证{370102198001011234}）{晕厥}发作，在车上倒地。",
    "公开{姚一诺}确诊{高血压三级（极高危）}的病历",
    "从业人员{郝雨欣}患有{肝硬化失代偿期}，仍服务。",
    "{孙伟}申请伤残等级评定，且已评定，评定等级{十级}，",
    "内有{吴桂兰}治疗{白血病}的药品。",
    "{吴桂兰}服用治疗{糖尿病}的药品。",
    "备注“{肺癌}，已手术”，汇款人{赵敏}。",
    "在朋友圈公开来访者{贺伟}的{进食障碍}情况，",
    "犬只咬伤{周洋}致其{右小腿犬咬伤（Ⅲ级暴露）}。",
    "披露{柳海燕}离异及{性病}等隐私",
    "导致其子{周一鸣}{急性肠胃炎}。",
    # homes: quoted, left, followed to, before whose door
    "公开{李红}住所“济南市市中区{舜耕路28号院3号楼2单元401}”。",
    "离开居家隔离地点济南市历下区{泉城路88号2单元101室}外出。",
    "客户{聂强}从济南市历下区{泉城路88号2单元101室}搬至外地。",
    "追至济南市历下区{安平镇张家湾村}其住处方停车。",
    "与业主{崔胜利}因费用纠纷，在济南市历下区{石榴园路53号院1号楼1门701}门口喷涂大字。",
    "该会未搬，其母{李桂花}住历下区{泉城路88号2单元101室}。",
    # names in frames without role, in lists, of elders, and roles by trade
    "由{车景行}用罐车拉走。",
    "乘坐{冯水生}驾驶的出租车。",
    "从{吕根发}处收购电缆88公斤。",
    "手机（与{常敏}共用）",
    "擅自拆封{史超}寄给{邓可心}的包裹。",
    "致{项辉}丢失手机一部",
    "寺院住持称其系村民{房可心}引荐。",
    "强迫游客{沈新民}购物。",
    "名单如下：{方满堂} {35058219590101769X}",
    "聚集村民{吴根发}、{魏子轩}等57人诵经。",
    "父{齐玲}、母{韦嘉豪}，均到场。",
    "教务员{路景行}、修理工{薄长生}、站点站长{胡洋}在场。",
    "评审专家{方建设}、拟任理事{章平}知情。",
    "该诊所医师{尤娜}超范围执业。",
    "执业兽医师{司辉}、签字会计师{管娟}、咨询师{苗辉}未备案。",
    # accounts
    "以“{急用钱找我}”为微信名放贷",
    "QQ好友{影视小屋}（QQ号{1072904227}）",
    "客服微信{abc12345}、QQ{9248201961}。",
]

KEPT = [
    "某幼儿园（地址：济南市历下区泉城路88号2单元101室）未取得许可。",
    "该寺地址济南市历下区泉城路88号，功德箱现金元。",
    "济南市历下区九州小卖部（地址：济南市历下区铁西三街447号院内）",
    "本机关联系电话:12345,地址:济南市历下区东湖南路106号。",
    "已将济南市历下区锦绣大道846号附4号转租他人",
    "滑雪场经营高危险性体育项目，地址济南市历下区石榴园路673号商铺140号",
    "生产的乙型肝炎病毒表面抗原检测试剂盒未经注册",
    "增加经营范围体外诊断试剂（含HIV抗体、乙肝五项、梅毒螺旋体检测）",
    "变更业务范围为孤独症儿童康复、脑瘫康复",
    "农业农村局销毁确诊非洲猪瘟、口蹄疫生猪649头",
    "告示载明“心脏病、高血压、孕妇禁止入场”",
    "未按规定报告肺结核病例3例。",
    "安全生产标准化评定等级三级，某医院为三级甲等医院。",
    "医院宣传治疗白癜风、牛皮癣，包治狐臭。",
    "向华宇财产保险股份有限公司索赔",
    "外卖骑手（工牌号833669）",
    "问：有无宗教信仰？",
    "以“代办医保”为名骗取钱款",
    "平安乡长生村、国强路、新民市市场监督管理局、可心蛋糕店",
    "施工方建设单位、由公司负责人组织整改、从水产市场处购进黄花鱼",
]


def written(text: str) -> str:
    """Return `text` with everything that is marked in braces."""
    spans = REDACTOR.spans(text)
    marked = bytearray(len(text) + 1)
    for span in spans:
        marked[span.start : span.end] = b"\1" * (span.end - span.start)
    return "".join(
        ("{" if marked[at] and not marked[at - 1] else "")
        + ("}" if marked[at - 1] and not marked[at] else "")
        + text[at : at + 1]
        for at in range(len(text) + 1)
    )


def plain(text: str) -> str:
    """Return `text` without braces."""
    return text.replace("{", "").replace("}", "")


@pytest.mark.parametrize("text", MARKED)
def test_what_is_in_braces_is_found_and_nothing_else(text: str) -> None:
    """Every class is marked whole, and not a character beside it; neighbours may be one mark."""
    assert written(plain(text)) == text.replace("}{", "")


@pytest.mark.parametrize("text", KEPT)
def test_what_speaks_of_nobody_stays(text: str) -> None:
    """Premises, reagents, trades, animals, warnings, firms and questions stay readable."""
    assert REDACTOR.spans(text) == ()
