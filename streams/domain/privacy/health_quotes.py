"""Tells of whom a condition in quotation marks is quoted: papers, lists and whoever is named before."""

import re

from streams.domain.privacy.naming import NameBefore
from streams.domain.privacy.quoting import opening

_TITLES = frozenset("《》")
_NOTED = re.compile(
    "(?:(?:的|被|所|自)?(?:填写?|标注|标记|备注|注明|登记|写明?|记录|记载|记|述|说|称|叫|系|为|是)(?:为|有|的)?){0,2}"
    "(?:其|她|他|的)?[：:]?$"
)
"""Stands between a name and what is quoted of him."""
_CLAIM = re.compile("[对治防可能让使]|本品|产品|[^”]{9}")
"""Stands between the quotation mark and the condition where something is praised or told at length."""
_PRONOUNS = frozenset("其她他")
_LISTED = re.compile("(?:^|[“；;。\n\\s])[\u4e00-\u9fff]{2,4}-{1,2}$")
"""Whoever stands before a dash in a list of patients."""
_PAPER = re.compile(
    "(?:病历|病案|诊断证明|诊断书|假条|处方|化验单|体检单|检查单|因病)[（(]$"
    '|(?:体检|诊断|死因|病因|病情|病名|主诉|因病|查出|查体)(?:结果)?(?:为|有|是|系|：|:)?[“「『‘"]$'
)
_HONORED = ("小姐", "女士", "先生", "阿姨", "奶奶", "爷爷", "大爷", "大妈", "师傅", "同学", "某", "某某")
_BEHIND = 16


def is_quoted_of(text: str, start: int, names: NameBefore) -> bool:
    """Tell whether what is quoted up to `start` is somebody's paper, his line in a list, or said of him."""
    near = max(0, start - _BEHIND)
    if _LISTED.search(text, near, start) or _PAPER.search(text, near, start):
        return True
    opened = opening(text, start)
    if text[opened] in _TITLES:
        return False
    noted = _NOTED.search(text, max(0, opened - _BEHIND), opened)
    if noted is None or _CLAIM.search(text, opened, start):
        return False
    place = noted.start()
    return noted[0][-1:] in _PRONOUNS or text.endswith(_HONORED, 0, place) or names.ends(text, place)
