"""Beliefs that somebody tells of himself or holds an office of, accounts of groups, codes that look so."""

import pytest

from tests.domain.privacy.braces import marked

MARKED = [
    "释宏道（俗名屠国强，{佛教}教职人员）携带文物。",
    "沙明亮系{全真派道士}，在家做法事。",
    "笔录：“我以前不信，现在是{天主教徒}，周日去堂里。”",
    "笔录摘录：“我叫向前，{信佛}，每月初一上山。”",
    "其因{伊斯兰}教义要求封斋，被扣工资。",
    "员工称因{基督教}教义不在周日上班。",
    "经询问，牟大山系{净土宗居士}。",
    "答：我是{穆斯林}，不吃这个。",
    "唐芸，{基督教}教职人员，未备案。",
    "在抖音上（号为{lanlan_xiu88}）售卖假货。",
    "微信上（ID：{zhou_da_99}）加其好友。",
    "粉丝群{718820345}有成员900人，QQ群主为退休职工万某。",
    "客服QQ交流群{55230918}。",
    "黄牛联络号{ticket_hao6}。",
    "联系号：{xh_2288abc}。",
    "群主微信昵称“{云中鹤}”，经查群主为某中学在职教师。",
    "VX{abc12388}下单。",
    "微信{WANG8899}。",
]

KEPT = [
    "佛教教职人员认定办法。",
    "道士塔景区未验收。",
    "该书宣扬基督教教义，无准印证。",
    "伊斯兰教教义研究会未登记。",
    "道教教职人员证书印刷。",
    "“我是佛系青年”T恤标签不合格。",
    "广告语“我们都是酒的信徒”。",
    "经核，群主为个体工商户业主。",
    "集装箱号TGBU5512345，封号YY123456。",
    "箱号TGHU8613920，提单号NGB13588776。",
    "样品编号TM-YY-0331-2，批号WX-220-2024。",
    "水样编号SW-QQ-2024031。",
    "设备型号VX8800PRO，货号QQ-30019。",
    "合同编号YY20240311。",
    "交流群有630人参加。",
    "航班YY2218延误。",
    "检测编号TG202403188。",
    "会员群里有1200人，群规12345条。",
    "群主为小区业委会主任，账号由其管理。",
    "博主为在校大学生，未取得许可。",
    "主播为公司员工，非个人行为。",
]


@pytest.mark.parametrize("text", MARKED)
def test_what_somebody_says_of_himself_and_how_to_reach_him_is_found(text: str) -> None:
    """What is in braces is found, and not a character beside it."""
    assert marked(text) == text


@pytest.mark.parametrize("text", KEPT)
def test_codes_and_what_somebody_is_stay(text: str) -> None:
    """Offices as such, books, slogans, codes with a service's letters, what a group's owner is stay."""
    assert marked(text) == text
