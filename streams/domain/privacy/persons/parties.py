"""Tells whom a word for the party or an officer calls who is neither: hired drivers, foremen of firms."""

import re

_HIRED = re.compile(
    "(?:雇[用请佣]|聘[用请]|招用|所雇|指派|安排|派遣|指使|伙同)(?:的|了)?$"
    "|(?:挖掘|推土|装载|起重|收割|压路|钻)机$|(?:铲|叉|吊|泵|罐)车$"
    "|(?:承运人|雇主|承运单位)[^，。；：、]{2,14}[，、；]$"
)
"""Whoever drives for the party is a third party."""
_NAME = "[：:]?[\u4e00-\u9fff·]{2,7}?(?:[（(][^（）()]{1,40}[）)])?"
_EMPLOYED = re.compile(f"{_NAME}[，,]?(?:系|均|是)?受[^，。；、]{{1,12}}?(?:雇|聘|委托|指派|指使|安排)")
_OTHER_CASE = re.compile(f"{_NAME}(?:已|均|由[^，。；]{{2,16}})?另(?:案|行处理|行立案)")
_OF_FIRM = re.compile(
    "(?:公司|业主委员会|业委会|物业|工地|项目部|酒店|宾馆|歌舞厅|夜总会)[^，。；：、（）()]{0,8}$"
)
_FORMER = re.compile("(?:原|[前上][一两二三任手]{0,2}|先前|此前的|原来的)(?:实际)?$")
"""Whoever was it before is a third party now."""
_FOREMEN = frozenset(("队长", "主任", "副主任", "科长", "站长"))
_DRIVER = "驾"
_REACH = 20
RELATED = re.compile(
    "(?:(?:于|在)[^，。；]{1,14})?(?:离婚|离异|结婚|复婚|再婚|登记结婚|解除婚姻|同居|分居)|(?:并?无|没有|不存在|有)[^，。；]{0,6}关系|[原曾]?[系为是](?:同居|再婚|合法|近|远房|亲|堂|表|结义|多年)?(?:夫妻|夫妇|翁媳|婆媳|翁婿|岳婿|父[子女]|母[子女]|爷孙|祖孙|叔侄|姑侄|舅甥|姨甥|兄[弟妹]|姐[弟妹]|姐妹|妯娌|连襟|郎舅|姑嫂|叔嫂|亲[戚属家]|邻居|同[事学乡村]|朋友|好友|恋人|情侣|师徒|战友|雇佣|合伙|租赁|房东)"
)
"""What two who are named together are to each other."""


def is_third(text: str, start: int, end: int) -> bool:
    """Tell whether the word for a party or an officer from `start` to `end` calls somebody else."""
    before = max(0, start - _REACH)
    if text[start] == _DRIVER and (
        _HIRED.search(text, before, start) or ("受" in text[end : end + 60] and _EMPLOYED.match(text, end))
    ):
        return True
    if text[end - 1] in "者人" and _FORMER.search(text, before, start):
        return True
    if text[start:end] in _FOREMEN and _OF_FIRM.search(text, before, start):
        return True
    return "另" in text[end : end + 60] and _OTHER_CASE.match(text, end) is not None
