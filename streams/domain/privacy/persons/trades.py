"""Finds words for what somebody does by their last character: 水箱清洗工, 银保专管员, 贷户, 屠夫."""

import re
from collections.abc import Iterator

_HAN = "\u4e00-\u9fff"
_OFFICERS = (
    "书记|审[核查批判理]|检[查疫察]|监[察督理]|督[察查导]|稽[查核]|执法|协管|公务|办事|记录|核查|鉴定|调查|受理"
    "|评估|巡查|勘验|陪审|公证|司法|执行|驾驶|承办|参谋|特派|指导"
)
"""Of authorities, and drivers, who are the party more often than not."""
_STAFF = (
    "工作|执法|监管|检查|检疫|监督|检验|检测|稽查|督查|巡查|协查|协管|核查|勘查|勘验|调查|办案|办理|经办|承办|审批|审核|公务|管理|责任|负责|主管|相关|有关"
    "|其他|其它|从业|全体|全部|所有|部分|专业|技术|科研|在场|到场|现场|值守|参加|应急|救援|消防|医务|医护|卫生|鉴定|评估|采样|抽样|测量|司法|辅助|取样|专家"
)
"""Before 人员: officers, and those who are told of together."""
_NO_WORKERS = (
    "的其及施加化手开完竣停复动返用招务打误轻军分罢怠人建特总美义旷"
    "员职民上下收趁换做赶社劳包监土费计质安高技勤"
)
"""With 工 they are what is done, not who does it."""
_NO_PERSONS = (
    "等一二两三四五六七八九十几多数本他别工个旁众有无每名老男女私客专证商法某该此伤病"
    "死亲家友军成后前古诗因令为机用使让"
)
_CLERKS = (
    "检查|勘验|抽样|送达|执行|办理|制作|调查|询问|复核|主持|责任|管理|经营|生产|使用|报告|许可|处罚|相对|处理"
    "|复议|签发|批准|受理|负责|联系|申请|当事|行为|采样|监管|评审|主管|告知|听证|陈述|申辩|第三|公证|仲裁|拍卖"
)
"""Before 人: those who are counted or not told apart, and officers, parties and their representatives."""
_COLONS = ("：", ":")
_TRADE = re.compile(
    f"[员工师夫匠户者人手](?<=[{_HAN}].)(?=[：:]?[{_HAN}]{{2}})(?:"
    f"(?<=员)(?<![动官成党会复议委职雇全学队组团球演店海船职官]员)(?<!(?:{_OFFICERS})员)(?<!(?:{_STAFF})人员)(?<![的等名类些该位此]人员)"
    f"|(?<=工)(?<![{_NO_WORKERS}]工)"
    "|(?<=师)(?<![律老教法出会军水京工药医]师)"
    "|(?<=夫)(?<=[屠车渔船马挑更樵农轿]夫)"
    "|(?<=匠)"
    "|(?<=[作号歌鼓骑枪炮舵旗吹飞拖机叉吊铲]手)"
    f"|(?<=人)(?<![{_NO_PERSONS}]人)(?<!(?:{_CLERKS})人)"
    "|(?<=户)(?<=[客贷烟佃猎蚕药菇果菜蜂牧养种蔗茶棉粮农租住商散大]户)(?<![账]户)"
    "|(?<=者)(?<![或经消营作记患学前后二三再违参劳使]者)(?<![费动用赛]者)"
    ")"
)


def trades(text: str) -> Iterator[int]:
    """Yield the ends of words for what somebody does."""
    for match in _TRADE.finditer(text):
        end = match.end()
        yield end + (text[end] in _COLONS)
