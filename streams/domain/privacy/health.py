"""Finds what tells a person's health; adverts, goods, institutions and rules keep their words."""

import re
from collections.abc import Iterator

from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_LEVEL = re.compile(
    r"(?:劳动功能障碍|伤残|残疾|致残|护理依赖)(?:等级|程度|级别)?(?:鉴定)?(?:结论)?(?:评定|鉴定|被评)?(?:为|是|：|:|达到)?((?:[一二三四五六七八九十]|[0-9]{1,2})级(?:伤残)?)"
)
_PREGNANT = re.compile(
    r"(?:怀孕|妊娠|有孕|孕)(?:已|约|近)?[0-9一二三四五六七八九十两多]{1,4}(?:个多?月|周|余?天)(?:余)?"
)
_RIGHT = re.compile(
    r"(?:病毒|抗体|抗原|核酸)?(?:阳性|携带者|感染者?|体质|后遗症|综合征)?"
    r"(?:[一二三四1-4ⅠⅡⅢⅣI]{1,3}[级期度型])?(?:[早中晚末]期)?(?:[（(][^（）()，。；]{1,14}[）)])?"
)
_PERSON_BEFORE = re.compile(
    r"患有?|罹患|染上|染有|得了|确诊|诊断|查出|检出|因|系|自述|自称|病史|健康状况|病情|伤情|致|受伤|导致|造成|突发|出现|遗留|既往|伴有?|"
    r"合并|结果为|结果|属于?|体检|名|[（，、][男女]，|感染|送医|就诊|住院|又有|素有|为一?|有|后|[）)]"
)
_PERSON_AFTER = re.compile(
    r"[）)]?(?:患者|病人|病史|症状|住院|休养|病情|体质|病发|发作|死亡|的?(?:老人|女职工|职工|员工|学生|儿童|顾客|病患|孕妇))"
)
_PUBLIC_BEFORE = re.compile(
    r"(?:治疗|预防|治愈|根治|改善|缓解|适用于|适应症|宣称|声称|功效|宣传|广告|防治|抗|疗效|对抗|降低|控制|远离|告别|防止|防|主治|调理|消除|针对|专治|可治|有效治疗)"
    r"[^，。；]{0,6}$"
)
_PUBLIC_AFTER = re.compile(
    r"(?:等)?(?:专科)?(?:医院|门诊|研究|防治|疫苗|药|试剂|试纸|广告|人群|病人可食用|人可食用|条例|中心|科|诊疗|筛查|治疗仪|食品|协会|防控|知识|讲座|预防|控制|"
    r"管理|根治|治愈|患者的福音|的福音|克星|产品|疗法|人自测|病原|疫情|专用|奶粉|传播|风险|隐患|医学|器械|胶囊|机构|病房|病区|高发|相关)"
)
_OPEN, _CLOSE = "“《「『‘", "”》」』’"
_BEHIND = 16
_JOINERS = re.compile(r"[、和及与并伴]$")


def detect(reading: Reading) -> Iterator[Span]:
    """Yield conditions that are said of a person; the reason tells by which words."""
    text, previous = reading.text, 0
    for match in _LEVEL.finditer(text) if "级" in text else ():
        yield _span(match.start(1), match.end(1), "degree of disability")
    for start, end in _phrases(reading):
        if start < previous:
            continue
        listed = previous and text[previous:start] in (
            "、",
            "，",
            "和",
            "及",
            "与",
            "伴",
            "并",
            "；",
            "、并",
            "合并",
        )
        if listed or _is_personal(text, start, end):
            previous = end
            yield _span(start, end, "condition of a person")


def _phrases(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the places of whole conditions: words of the lexicon with what belongs to them left and right."""
    text, last = reading.text, -1
    lefts = {end: start for start, end in reversed(reading.cues.get("health.left", ()))}
    cores = sorted(reading.cues.get("health.core", ()), key=lambda place: (place[0], -place[1]))
    for start, end in cores:
        if start < last:
            continue
        pregnant = _PREGNANT.match(text, start)
        after = _RIGHT.match(text, end)
        end = max(end, after.end() if after else end, pregnant.end() if pregnant else end)  # noqa: PLW2901 -- grown
        while (grown := lefts.get(start)) is not None or (
            text[start - 1 : start] == "、" and lefts.get(start - 1)
        ):
            start = grown if grown is not None else lefts[start - 1]  # noqa: PLW2901 -- grown
        for other_start, other_end in cores:
            if start <= other_start <= end < other_end:
                after = _RIGHT.match(text, other_end)
                end = after.end() if after else other_end  # noqa: PLW2901 -- grown
        last = end
        yield start, end


def _is_personal(text: str, start: int, end: int) -> bool:
    before = re.split(r"[。；\n]", text[max(0, start - _BEHIND) : start])[-1]
    if _quoted(text, start) or _PUBLIC_BEFORE.search(before) or _PUBLIC_AFTER.match(text, end):
        return False
    return _PERSON_BEFORE.search(before) is not None or _PERSON_AFTER.match(text, end) is not None


def _quoted(text: str, place: int) -> bool:
    """Tell whether `place` stands within quotation marks or a title."""
    opened = max(text.rfind(sign, max(0, place - 60), place) for sign in _OPEN)
    closed = max(text.rfind(sign, max(0, place - 60), place) for sign in _CLOSE)
    return opened > closed


def _span(start: int, end: int, reason: str) -> Span:
    return Span(start=start, end=end, kind=PersonalKind.HEALTH, reason=reason)
