"""Beliefs as they are stated of somebody, in fields, speech and deeds; and what only sounds like one."""

import pytest

from tests.domain.privacy.braces import marked

MARKED = [
    # fields, also where there is none
    "身份证件登记“宗教信仰”一栏为{无}，未经剃度。",
    "政治面貌：群众；信仰：{无}。",
    "是否信教：{否}。",
    "宗教信仰：{无}；健康状况：良好。",
    "信仰一栏填{基督教}。",
    "问：有无宗教信仰？答：{没有}。",
    # folk beliefs behind a bare verb
    "当事人海某（男，满族，信{萨满}，俗称“跳大神”）无证采伐。",
    "其父信{关公}，供有神龛。",
    "孩子家里信{耶和华见证人}，不能过生日。",
    # schools within a faith, and faiths that no list has, by who follows them
    "该观负责人纪某（道号“清心子”，{道教全真龙门派}弟子）约谈。",
    "检疫申报人沙马史洛（彝族，{毕摩文化信仰者}）。",
    "老伴系{白阳教信众}。",
    "赵某系{基督复临安息日会信徒}。",
    "王某属{地方教会}成员。",
    "产妇自称{耶和华见证会}成员，拒绝输血。",
    # told by others of somebody
    "旅客说：“老板的阿爸是{藏传佛教}喇嘛，我们给了随喜200元。”",
    "父亲说：“她奶奶{吃斋念佛}，不许上学晚。”",
    "证人陈述：“他跟我一样是{基督徒}。”",
    "二人称自己{天主教信友}。",
    # deeds, and when and where
    "其妻于2019年{皈依}。",
    "其曾在五台山{出家}。",
    "其母{吃长斋}三十余年。",
    "死者生前{受洗归主}。",
    "学生家长称孩子{守斋月}不能上体育课。",
    "奶奶{信佛}，家中设佛堂。",
    "家属称其信奉{黄大仙}。",
    "企业以应聘者“{信佛}、吃素不便应酬”为由拒录。",
    "家长以{基督教信仰}为由拒绝体检。",
    "职工金某（朝鲜族，{基督教长老会}）。",
    "证人田某是{天主教}堂区教友。",
    "被害人被{全能神}邪教组织拉拢入教。",
]

KEPT = [
    # authorities, places, goods, events
    "民族宗教事务局依据《宗教事务条例》处罚。",
    "基督教堂消防设施不合格。",
    "该村妈祖庙会占道，妈祖诞辰活动燃放烟花。",
    "当事人销售“佛跳墙”预包装食品。",
    "当事人生产念佛机未贴标。",
    "道家养生馆宣传“包治百病”。",
    "受戒典礼未报批。",
    "念经超度服务明码标价。",
    # slogans and adverts
    "当事人发布“信佛得福”标语。",
    "广告宣称“信主得救，喝水治病”。",
    "馆内挂“信道得道，信佛得福”条幅。",
    # followers of no faith that is told
    "信教群众反映停车难。",
    "当事人为各宗教信徒提供停车。",
    "本教会信徒捐款登记不全。",
    "宗教信仰自由受法律保护。",
    "不得强制公民信仰宗教或者不信仰宗教，不得歧视不信教公民。",
    "基督教青年会活动室，天主教爱国委员会，印章过期。",
    "该店崇拜客户至上理念，信奉质量第一。",
    "信奉观音寺的香客众多。",
    "询问有无宗教信仰系歧视性条款。",
    "招聘启事写明“无宗教信仰者优先”。",
    "信用卡套现，信息安全。",
]


@pytest.mark.parametrize("text", MARKED)
def test_beliefs_are_found_however_they_are_stated(text: str) -> None:
    """What somebody believes, or that he believes nothing, is found, and exactly that is masked."""
    assert marked(text) == text


@pytest.mark.parametrize("text", KEPT)
def test_authorities_places_goods_and_slogans_stay(text: str) -> None:
    """What names no belief of somebody stays public."""
    assert marked(text) == text
