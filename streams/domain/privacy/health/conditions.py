"""Tells how far a condition goes: what part, cause, stage and further condition belong to a lexicon word."""

import re
from collections.abc import Iterator, Sequence

from streams.domain.privacy.health.anatomy import LONGEST_PART, PART, PART_AHEAD, PARTS_ONLY, PLACES
from streams.domain.privacy.health.edges import trimmed
from streams.domain.privacy.health.forms import RATED
from streams.domain.privacy.lexicon import Lexicon

Place = tuple[int, int]

_BRACKET = re.compile(r"[（(][^（）()，。；]{1,14}[）)]")
_GRADE = re.compile(
    r"(?:[一二三四五六七八九十1-9ⅠⅡⅢⅣIVX]{1,3}|壹|贰|叁|肆)[A-Da-d]?[1-3]?(?:级(?:暴露)?|[期度型])|[早中晚末初][期孕]|[重中轻]度|[（(][早中晚]期[）)]"
    r"|(?:BI-?RADS|TI-?RADS|C-?TI-?RADS)?[ ]?[0-6][a-cA-C]?类(?:结节)?"
    r"|约?[0-9]{1,2}(?:\.[0-9])?(?:mm|cm|毫米|厘米)|(?<=伤)[0-9]{1,2}[%％]|[0-9]{2,3}(?:分贝|dB)|[0-9]{2}(?:\.[0-9])?(?:度|℃)|[0-9]\.[0-9]|[A-D甲乙丙丁]型|[一二两三四五六1-6][颗根处枚节](?![\u4e00-\u9fff])"
)
_MORE = re.compile(
    "自理|[涂菌][阳阴]|[\u4e00-\u9fff]型|[0-9.]+ ?(?:ng|mg|μg|ug|U|IU|mmol|g)/"
    "|(?<![诊疾看传染])[症病瘫血炎癌瘤](?=[）)])"
    "|^.(?:孕|产后|哺乳)?[0-9一二两三四五六七八九十]{1,2}(?:个月|周|天)|^.[+＋±]{1,4}.$|^.[轻中重极]{1,2}度|介导|抗[原体]|阳性|次/分|角[0-9]|值[0-9]|评分|mol/L|未手术|^.第?[0-9]{1,2}[-、～][0-9]{1,2}肋|多重|^.[\u4e00-\u9fff]{1,2}型.$|视力|切除|胰岛素|^.[左右双][眼耳侧]"
    "|^.(?![A-Z]{2,4}[0-9-]{4})[A-Za-z][A-Za-z0-9/-]{0,11}"
    "(?: ?[0-9.]{1,5} ?[A-Za-z/]{0,5}|[ ]?[A-C1-9IVⅠⅡⅢ]{1,3}级)?.$"
)
"""A bracket that says the same otherwise, or measures it."""
_BEHIND_BRACKET = re.compile(
    "术后|(?:抗[体原])?(?:检测|确证)?(?:结果)?[为呈]?[强弱]?阳性|[ⅠⅡⅢⅣIV一二三四1-4]{1,3}[型期级度]"
)
"""Goes on behind the bracket: 脊髓性肌萎缩症（SMA）Ⅱ型."""
_RISK = re.compile(
    "[高中低]危|暴露|代偿|期|残疾|度|术后|发作|[伴并]|[已未]愈|治愈|陈旧"
    "|[植置]入|切除|T[0-4]|[0-9]\\s?(?:mm|mg|mmol|μg|U/L|dB|%|％)"
    "|(?:婴儿|孩子|宝宝|子女|幼[子女儿]|孕|产后)[^（）()]{0,4}[0-9一二两三四五六七八九十半]"
)
"""What a bracket behind a condition says of it."""
_NUMBERED = re.compile(
    r"第?[0-9一二三四五六七八九十]{1,2}(?:(?:[-至、~～/及和]|、?第)?[0-9一二三四五六七八九十]{1,2}){0,4}$"
    r"|(?:BI-?RADS|TI-?RADS)[ ]?[0-6][a-cA-C]?类$"
    r"|(?:[0-9]{1,3}(?:\.[0-9])?(?:%|％)|百分之[一二三四五六七八九十]{1,3})(?:面积|体表面积)?$"
    r"|[左右][上下]颌?[1-8]$|[ⅠⅡⅢⅣIVX一二三四1-4]{1,3}[期级度型]$|[颈胸腰骶][0-9一二三四五]{1,2}(?:[-/、～][颈胸腰骶]?[0-9一二三四五]{1,2}){0,3}(?:椎体?)?$|(?:L|C|T|S)[0-9]{1,2}(?:[-/、](?:L|C|T|S)?[0-9]{1,2})*$"
)
"""Ribs, vertebrae, shares of the body, stages."""
_NO_PART = re.compile(
    "(?:犬|狗|猫|鼠|蛇|蜂|虫|动物|猴|马|猪|功能|活动|型|状态|反应|单纯|混合|典型|全层|面积|线性|侧|第[一二三四]|[铅汞砷镉铊铬锰苯]|甲醛|甲醇|甲苯|二甲苯|亚硝酸盐|农药|沥青|汽油"
    "|已|全|明显|部分|完全|全部|人工|携带|进行性|爆发性|暴发性|严重|剧烈|轻微|[轻中重高]度|永久性?|暂时性?|持续性|季节性|复发性?|反复|频发|[早中晚末]期|[一二三四]级"
    "|[两三多数]处|大面积|小面积|物质)+"
)
"""Belongs to conditions, but is no part of a body: a brake too may be out of order."""
_NO_BODY = re.compile("(?:[主客物整个]体|[吊悬摇机挂]臂|[账数项科条题名]目|[总数金差余份面税限定名]额|全部)$")
"""Ends like a part of a body."""
_LOSSES = ("损失", "损害")
_NUMERALS = frozenset("0123456789一二三四五六七八九十类%％积期级度型椎体")
_JOINER = re.compile(
    r"[、和及与]|并(?:发|伴|有)?|伴(?:有|发)?|合并|致使?|所致|继发|诱发|导致|引起的?|起(?=水泡|水疱|泡)|[，,](?:伴|并|合并)(?:有|发)?|[“\"](?=[大小]三阳)|后(?=失语|失明|偏瘫|昏迷|意识|言语|吞咽|肢体|认知|痴呆|精神|人格|神经|遗|综合|感染|出血|瘫|癫|抑郁|肺炎|肠梗|粘连|贫血|关节|心)|[（(](?=[^（）()，。；]{2,14}[）)])"
)
_BEFORE = re.compile("(?:手?术后|已有?|过敏史)(?=[^，。；]{2})(?![感疼疤])")
"""Tells when, and is no part of the condition."""
_EARLY = frozenset("手术已过")
_SIDES = frozenset("左右双")
"""No number belongs before them: 鲍三右眼 begins with a name."""
_HAN = re.compile("[\u4e00-\u9fff]+")
_ADJECTIVE, _OF_A_KIND = 3, frozenset("性型")
_LESIONS = ("性病变", "性病灶")
"""Lesions of a kind, not 性病."""
_HURT = frozenset("伤断折裂")
"""Ends of what happens to a part that stands behind: 灼伤右手背."""
_KIND = re.compile("(?:^|[^\u4e00-\u9fff]|[患为是系有的某])([\u4e00-\u9fff]{2,4}型)$")
"""A kind that fills the clause before, such as 神经根型."""
_LONGEST_KIND = 7
_NO_KINDS = frozenset("类血体模机典大小新车房户字")
"""Before 型 in words that are no kinds of conditions."""
_BONY = frozenset("侧手肢眼耳足目肋椎指趾颈胸腰骶跖掌根处节颗期级度型类次胎尾")
"""Only before these a bare numeral is part of the condition: 甘三尘肺 begins with a name."""
_OPENED = ("（", "(")
_GERM = re.compile(
    "[了过上有]?(?:[A-Za-z0-9\u4e00-\u9fff](?![，。；、的])){0,7}?(?:病毒|杆菌|球菌|弧菌|螺旋体|支原体|衣原体|疟原虫|吸虫|绦虫|[阿毛]米巴|变异株)(?![性检感源学株])"
)
"""What somebody is infected with, behind the verb."""
_LONGEST_GROWTH, _LONGEST_NUMBER = 30, 12
_SHORT_ADJECTIVES = frozenset("炎痛癌囊脓黏浆")
"""Before 性 where nothing more belongs to it."""
_NO_ADJECTIVES = ("女性", "男性", "一性")


class ConditionReader:
    """Grows words to whole conditions; an enumeration of them is one."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lefts = frozenset((*lexicon.contexts["health.left"], *lexicon.cues["health.germ"]))
        self._longest_left = max(map(len, self._lefts))
        self._last_lefts = frozenset(word[-1] for word in self._lefts)
        self._right = re.compile(lexicon.pattern("health.right"))
        self._rights = frozenset(word[0] for word in lexicon.contexts["health.right"])

    def conditions(self, text: str, cores: Sequence[Place], of_parts: Sequence[Place]) -> Iterator[Place]:
        """Yield the places of whole conditions; those of `of_parts` count with a part of the body only."""
        grown = list(self._grown(text, cores))
        grown += self._grown(text, of_parts, with_part=True)
        if of_parts:
            grown.sort()
        loose = dict(of_parts)
        at = 0
        while at < len(grown):
            start, end = grown[at]
            at += 1
            if text[start:end] == "感染" and at < len(grown) and grown[at][0] == end:
                continue  # the verb, not the condition
            while True:
                joiner = _JOINER.match(text, end)
                following = joiner.end() if joiner else end
                if joiner and following in loose and (at == len(grown) or grown[at][0] != following):
                    end = self.right(text, loose[following])
                    continue
                if at == len(grown) or grown[at][0] > following:
                    break
                end = max(end, grown[at][1])
                at += 1
            if "“" in text[start:end] and text[end : end + 1] == "”":
                end += 1
            early = _BEFORE.match(text, start, end) if text[start] in _EARLY else None
            opened = text.find("（", start, end) >= 0 or text.find("(", start, end) >= 0
            stop = self._closed(text, start, end) if opened else end
            yield trimmed(text, early.end() if early else start, stop)

    def _grown(self, text: str, places: Sequence[Place], *, with_part: bool = False) -> Iterator[Place]:
        """Yield each of `places` with what belongs to it; what an earlier one reached is not grown again."""
        reach = known = -1
        for begins, end in places:
            if text[begins].isascii() and _is_code(text, begins, end):
                continue
            start = begins + text.startswith(_LESIONS, begins)
            first = self.left(text, start, known)
            if with_part and (
                first == start or _NO_PART.fullmatch(text, first, start) or _is_no_body(text, first, start)
            ):
                if text[end - 1] not in _HURT or not PART_AHEAD.match(text, end):
                    continue
            known = end
            if end > reach:
                reach = self.right(text, end)
            yield first, reach

    def _closed(self, text: str, start: int, end: int) -> int:
        """Return the end with the bracket opened within the condition, or before it if it goes on."""
        opened = max(text.rfind(sign, start, end) for sign in _OPENED)
        if opened < 0 or max(text.rfind(sign, start, end) for sign in ("）", ")")) > opened:
            return end
        return self.right(text, end + 1) if text[end : end + 1] in ("）", ")") else opened

    def left(self, text: str, start: int, known: int = 0) -> int:
        """Return where the condition begins whose word begins at `start`, or a place up to `known`."""
        first = max(0, known, start - _LONGEST_GROWTH)
        while start > first:
            place = self._before(text, start)
            if place == start:
                joined = text[start - 1 : start] in ("、", "及", "和") and any(
                    text[start - 1 - length : start - 1] in self._lefts
                    for length in range(2, self._longest_left)
                )
                if not joined:
                    return start
                place = start - 1
            start = place
        return start

    def _before(self, text: str, start: int) -> int:
        """Return where what belongs to the condition right before `start` begins, or `start`."""
        sign = text[start - 1]
        if sign in PLACES:
            part = PART.search(text, max(0, start - LONGEST_PART), start)
            if part:
                return part.start()
        if sign in self._last_lefts:
            for length in range(min(self._longest_left, start), 0, -1):
                if text[start - length : start] in self._lefts:
                    return start - length
        if (sign in _NUMERALS or sign.isdigit()) and text[start] not in _SIDES:
            numbered = _NUMBERED.search(text, max(0, start - _LONGEST_NUMBER), start)
            bare = numbered and numbered.end() - numbered.start() == 1 and _HAN.match(sign)
            if numbered and numbered.start() < start and (not bare or text[start] in _BONY):
                return numbered.start()
        return _adjective(text, start) if sign in _OF_A_KIND and start >= _ADJECTIVE else start

    def right(self, text: str, end: int) -> int:
        """Return where the condition ends whose lexicon word ends at `end`."""
        last = end + _LONGEST_GROWTH
        while end < last:
            sign = text[end : end + 1]
            match = (sign in self._rights and self._right.match(text, end)) or _GRADE.match(text, end)
            if not match:
                break
            if match[0] == "患者" or match.end() == end:
                break
            end = match.end()
        if text[end - 1] == "染" and (germ := _GERM.match(text, end)):
            return germ.end()
        if text[end - 1] in _HURT:
            part = PART_AHEAD.match(text, end)
            end = part.end() if part else end
        bracket = _BRACKET.match(text, end) if text[end : end + 1] in _OPENED else None
        if not bracket or not _tells_more(bracket[0]):
            return end
        behind = _BEHIND_BRACKET.match(text, bracket.end())
        return behind.end() if behind else bracket.end()


def _tells_more(bracket: str) -> bool:
    """Tell whether a bracket behind a condition tells its degree, risk, outcome or part of the body."""
    told = _MORE.search(bracket) or _GRADE.search(bracket) or RATED.search(bracket) or _RISK.search(bracket)
    return told is not None or PARTS_ONLY.fullmatch(bracket, 1, len(bracket) - 1) is not None


def _is_no_body(text: str, first: int, start: int) -> bool:
    """Tell whether the part from `first` to `start` is the end of another word, or 精神 of 精神损失."""
    if text[first:start] == "精神":
        return text.startswith(_LOSSES, start)
    return _NO_BODY.search(text, max(0, first - 1), start) is not None


def _adjective(text: str, start: int) -> int:
    """Return where the adjective on 性 or 型 before `start` begins, or `start`."""
    if text[start - 1] == "型":
        kind = _KIND.search(text, max(0, start - _LONGEST_KIND), start)
        if kind:
            return kind.start(1)
        whole = text[start - 2] not in _NO_KINDS and _HAN.fullmatch(text, start - _ADJECTIVE, start)
        return start - _ADJECTIVE if whole else start
    adjective = text[start - _ADJECTIVE : start]
    if adjective[1] in _SHORT_ADJECTIVES:
        return start - len("炎性")
    if adjective[1:] in _NO_ADJECTIVES or not _HAN.fullmatch(adjective, 1):
        return start
    return start - _ADJECTIVE + (not _HAN.match(adjective))


def _is_code(text: str, start: int, end: int) -> bool:
    """Tell whether Latin letters are a part of a longer code, not COPD alone."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if text[end + 1 : end + 2] == "/":  # HIV1/2
        return True
    return (before.isascii() and before.isalnum()) or (after.isascii() and after.isalpha())
