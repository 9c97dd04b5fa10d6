"""Finds what tells of health by its form alone: degrees of disability, weeks of pregnancy, carriers."""

import re
from collections.abc import Iterable, Iterator

from streams.domain.privacy.health.anatomy import PARTS_ONLY
from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.HEALTH
ENDING = re.compile(
    r"[^疾患看治生发者]病(?!毒|人|房|区|院|情|历|史|案|床|例|程|因|原)|症(?!状)|炎(?!热)|癌|瘤|疮|疹|癣|痛风|聋|哑|盲|瘫|痴呆|骨折|骨裂|损伤|[挫扭烫烧灼裂创刀枪摔]伤|破裂|断裂"
    r"|坏死|撕裂|硬化|结石|结节|囊肿|水肿|血肿|脓肿|梗[死塞阻]|出血|衰竭|障碍|综合[征症]|紫癜|哮喘|息肉|疝|痔疮?|溃疡|增生|脱垂|脱位|脱臼|畸形|萎缩|积液"
    r"|感染|阳性|携带者|抑郁|焦虑|中毒|过敏|休克|阻塞|穿孔|痉挛|阻滞|麻痹|惊厥|抽搐|昏迷|晕厥|[发高低]热|麻木|头痛|呕吐|腹泻|皮疹|瘙痒|不齐|尘肺|矽肺|炭疽|失明|失聪|缺损|缺失|截肢|怀孕|妊娠|震荡|疾病|疾患|后遗症|疟疾|霍乱|梅毒|伤寒|肺结核|结核|高血压|尿毒"
)
"""What names of conditions end like."""
_LEVEL = re.compile(
    r"(?:劳动功能障碍|劳动能力|生活自理障碍|自理障碍|自理能力|障碍(?=等级|程度)|工伤|伤残|残疾|致残|护理依赖|护理)(?:等级|程度|级别)?(?:鉴定)?(?:结论)?(?:评定|鉴定|被评)?[】\]]?[【\[]?(?:为|是|：|:|达到|达)?"
    r"((?:[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]|[0-9]{1,2})级(?:伤残|残疾)?|(?:完全|大部分|部分)护理依赖|(?:完全|大部分|部分)丧失(?:劳动能力)?)"
)
_RATING = re.compile(
    r"(?:等级评定|评定等级|鉴定等级|评定结果|鉴定结果|鉴定结论|评定结论|评残|评定|鉴定|构成(?:伤残)?|评|定)(?:等级|级别)?(?:结果|结论)?[为是：:]?"
    r"(?:伤残)?((?:残疾)?(?:[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]|[0-9]{1,2})级(?:伤残|残疾)?)(?![甲乙丙医资施重])"
)
_DEGREE = re.compile("(?<=[按为至成定])(?:极?重度|中度|轻度|[一二三四1-4]级)(?=等级|级别|标准|残疾|失能)")
"""A degree of disability that somebody is put into."""
_DISABILITY = re.compile(
    "伤残|伤情|受伤|摘除|术后|视力|[烧烫灼]伤|致残|残疾|工伤|劳动能力|障碍|损失|损伤|缺失|截肢|失明|失聪|骨折"
)
"""What is rated by degrees in the sentence before, when firms and hospitals are rated too."""
_FAR = 48
RATED = re.compile(
    r"(?:肢体|精神|智力|视力|听力|言语|多重)(?:残疾)?[、，]?(?:[一二三四壹贰叁肆1-4])级(?:伤残|残疾)?"
    r"|(?:肢体|精神|智力|视力|听力|言语|多重)?(?:[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]|[0-9]{1,2})级(?:肢体|精神|智力|视力|听力|言语|多重)?(?:伤残|残疾)"
    r"|因[战公病](?:致残|残疾|伤残)?[一二三四五六七八九十]级(?:伤残|残疾)?"
)
_PREGNANT = re.compile(
    r"(?:怀(?:上|有)?双胎|停经|怀孕|孕周[：:为]?|妊娠|有孕|身孕|孕期|(?<!不)孕|早孕|(?:头胎|[一二三四]胎)[，,、]?(?:顺产|剖[宫腹]产)|(?:顺产|剖[宫腹]产|流产|引产|分娩|人流|生产|产)(?:手?术)?后)"
    r"(?:已|约|近|满|仅|逾|术?后|第){0,2}[0-9一二三四五六七八九十两多余]{1,4}(?:\+[0-6])?(?:个[多半]?月|(?<=[一二两三四五六七八九])月(?![0-9份日初底中])|(?<=孕[0-9])月(?![0-9份日初底中])|周(?:\+[0-6]天?)?|余?[天日]|\+)(?:余)?(?!健康|检查|访视|复查|随访|[^，。；]{0,4}(?:检查|访视|标准|规定))"
)
_CARRIER = re.compile(
    r"[A-Z][A-Za-z0-9]{1,7}[\u4e00-\u9fff]{0,2}基因(?:突变|缺失|缺陷)|(?:妊娠试验|早孕试[纸验]|(?:抗-?)?[A-Z][A-Za-z]{1,5}(?:-?[12](?![0-9]))?|艾滋病?(?=患者)|人类[一-鿿A-Z]{1,12}病毒(?=携带|抗体|感染)|人类免疫缺陷病毒(?:[（(]HIV(?:-?[12])?[）)])?|[甲乙丙丁戊]肝|[甲乙丙丁戊]型肝炎|梅毒|淋球菌|结核|艾滋病?|核酸|新冠|布病|布鲁氏?菌|幽门螺杆菌|伤寒|痢疾|霍乱|诺如病毒|轮状病毒|沙门氏?菌|志贺氏?菌|大麻|吗啡|冰毒|(?:甲基)?苯丙胺|氯胺酮|可卡因|海洛因|依托咪酯|摇头丸|鸦片)"
    r"(?:(?![为呈是，。])[\u4e00-\u9fff]|Ig[GMAE]|[DR]NA|[\- ]){0,10}?"
    r"(?:(?:(?<!结果)(?<!检测)(?<!检验)[呈为])?[强弱]?阳性|携带者|感染者|[呈有]?反应性|阳转|转阳)"
)
_SIGNED = re.compile(
    "(?:(?:痰液?|尿液?|大?便|粪便|血清?|抗酸|结核菌?素?|[甲乙丙丁戊]肝|梅毒|布病|布鲁氏?菌|新冠|虎红|螺旋体)?(?:涂片|蛋白|[隐潜]血|尿糖|酮体|抗酸杆?菌?|抗体|抗原|凝集|试验)|(?:抗-?)?[A-Z][A-Za-z]{1,6}(?:-[A-Z]{1,3})?)"
    "(?:检[测查])?(?:结果)?[：:为呈]?(?:[1-4]?[+]{1,4}|[（(][1-4]?[+]{1,4}[）)])"
)
"""A finding whose degree is told by signs."""
_FIGURE = re.compile(
    r"(?<=视力)(?:均?[为仅：:是]|低于|不足|仅为|仅有)?(?:[左右]眼?[：:]?)?[0-9]\.[0-9]{1,2}"
    r"(?:[、，,/ ]?[左右]眼?[：:]?[0-9]\.[0-9]{1,2})?"
    r"|(?<=血压)(?:[：:为达高至]|升高?至|飙升至){0,2}[0-9]{2,3}/[0-9]{2,3}(?:\s?mm[Hh]g)?"
    r"|(?<=血糖)(?:[：:为达高至]|升高?至|飙升至){0,2}[0-9]{1,2}(?:\.[0-9]{1,2})?(?:\s?mmol/L)?|(?<=智商)[：:为仅]{0,2}[0-9]{2,3}"
    r"|(?<=[铅镉酐酶胞板白酸温素量率氧压])(?:计数|高达|值)?[A-Z]{0,4}\s?[：:为达至高]{0,2}[0-9]{1,4}(?:\.[0-9]{1,2})?\s?(?:[mμu]?mol/L|[μum]?g/d?L|U/L|℃|度|%|×10[0-9⁰-⁹¹²³]{0,2}(?:/L)?)"
    r"|(?<=BMI)(?:[：:为达]|高达|值){0,2}[0-9]{2}(?:\.[0-9])?|(?<=CD4)(?:细胞)?(?:计数)?[：:为达]{0,2}[0-9]{1,4}(?:个?/[μu]l)?"
    r"|(?:检查|评分|得分|标准分|测评|测定|检测)?(?:结果|值)?[：:为达仅 ]{0,2}[0-9]{1,4}(?:\.[0-9]{1,2})?"
    r"\s?(?:分(?!钟)|%|％|ms|[个A-Za-zμ]{0,4}/[μa-zA-Z]{1,3}|×10\^?[0-9⁰-⁹¹²³]{1,2}(?:/L|拷贝/ml|IU/m[lL])?)"
    r"|(?<=IQ)\s?[：:为]?[0-9]{2,3}|(?<=听阈)[：:为达]{0,2}[0-9]{2,3}(?:\s?dB)?"
)
_TEETH = re.compile(
    "缺牙[一二两三四五六七八九十0-9]{1,2}颗|(?:缺失|缺损|拔除|脱落|断裂)[左右上下颌第一二三四五六七八0-9]{1,6}(?:切牙|尖牙|前?磨牙|门牙|智齿|乳牙)(?:[一二三四五六0-9]颗)?"
)
_ALLERGIES = re.compile(
    "(?:过敏史|药物过敏)(?:一?栏)?(?:填写?)?[：:为是]"
    "((?!无|不详|否|未|没|暂)[\u4e00-\u9fff]{1,8}(?:[、及和][\u4e00-\u9fff]{1,8}){0,4})(?=[，。；;,）)”\n]|$)"
)
"""A field that tells what somebody cannot bear."""
_IN_GENERAL = re.compile(
    "[）)]?(?:人?证的|及?以[上下内]|至|到[一二三四五六七八九十]|[的及]?(?:补助|标准|待遇)|的申请人|的?[，,]?(?:赔付|给付|按)"
    "|的[，,、；]|、[一二三四五六七八九十]级(?:伤残|残疾)?(?:的[，,、；]|及以[上下]|人员))"
)
"""Behind what rules say of whoever it is."""
_UP_TO = ("至", "到")
_EITHER = re.compile("[一二三]、$")
_OPENED, _CLOSED = ("（", "("), ("）", ")")
_EYES = re.compile("[左右双][眼耳]$")
_KIND_FIELD = re.compile(
    "残疾(?:类别|类型|种类|类)(?:及等级|及级别)?[：:为＝=是]\\s?"
    "((?:(?:肢体|视力|听力|言语|智力|精神|多重)(?:残疾)?(?:[、和/及，](?=[肢视听言智精多]))?)+(?:[一二三四壹贰叁肆1-4]级)?)(?=[，。；;｜|、）)\\s]|$)"
)
"""A field that tells what kind of disability somebody has."""
_LEVEL_FIELD = re.compile("(?:等级|级别)[：:为＝=]\\s?([一二三四五六七八九十1-9]级)")
_ABILITY = re.compile("评估(?:等级|结论|结果|级别)?[：:为]((?:[轻中重极]{1,2}度)失[能智])")
_CASE = re.compile("(?:结果|判定|认定|诊断)[为系是](确诊病例|无症状感染者)(?![的0-9])")
_SELF_TESTED = re.compile("自测(?:结果)?(?:均?显示|均?呈现|均?呈|均?为|是){1,2}([弱强]?阳性)")
_TESTED = re.compile(
    "(?:抗原|核酸)(?:检测|检查|复测|复检|初筛|快检|试纸)?(?:结果)?(?:显示|呈现|呈|为|是|出现|有){0,2}([弱强]?阳性|两[道条]杠|双杠)"
)
_CARRIER_END = re.compile("基因(?:突变|缺失|缺陷)|阳性|携带者|感染者|反应性|阳转|转阳|两[道条]杠|双杠")
_LONGEST_CARRIER = 20
_BEHIND = 16


def carriers(text: str) -> Iterator[tuple[int, int]]:
    """Yield places such as 乙肝病毒携带者."""
    reached = 0
    for end in _CARRIER_END.finditer(text):
        first = max(reached, end.start() - _LONGEST_CARRIER)
        carrier = _CARRIER.search(text, first, end.end())
        tested = None if carrier else _TESTED.search(text, first, end.end())
        if carrier:
            reached = carrier.end()
            yield carrier.start(), reached
        elif tested:
            reached = tested.end()
            yield tested.span(1)


def signed(text: str) -> Iterator[tuple[int, int]]:
    """Yield places such as 痰涂片2+ and HBsAg（+）."""
    if "+" in text:
        for found in _SIGNED.finditer(text):
            yield found.span()


def teeth(text: str) -> Iterator[tuple[int, int]]:
    """Yield places such as 缺失第一磨牙."""
    if "牙" in text or "齿" in text:
        for found in _TEETH.finditer(text):
            yield found.span()


def measured(text: str, places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield places such as 左眼矫正视力0.3, where `places` name what is measured."""
    for start, end in places:
        figure = _FIGURE.match(text, end)
        if figure:
            eyes = _EYES.search(text, max(0, start - 2), start)
            yield eyes.start() if eyes else start, figure.end()


def fixed(text: str) -> list[Span]:
    """Return degrees of disability, allergies in fields and weeks of pregnancy: a person's by themselves."""
    found = list(_degrees(text))
    if "确诊病例" in text or "感染者" in text:
        found += (Span(*match.span(1), _KIND, "case of an epidemic") for match in _CASE.finditer(text))
    if "评估" in text:
        found += (Span(*match.span(1), _KIND, "loss of abilities") for match in _ABILITY.finditer(text))
    if "自测" in text:
        found += (Span(*match.span(1), _KIND, "test of oneself") for match in _SELF_TESTED.finditer(text))
    if "残疾" in text:
        found += (Span(*match.span(1), _KIND, "kind of disability") for match in _KIND_FIELD.finditer(text))
    if "过敏" in text:
        found += (Span(*match.span(1), _KIND, "allergy") for match in _ALLERGIES.finditer(text))
    if "孕" in text or "妊娠" in text or "停经" in text or "胎" in text or "产后" in text or "术后" in text:
        found += (Span(*match.span(), _KIND, "pregnancy") for match in _PREGNANT.finditer(text))
    return [
        span._replace(end=_with_part(text, span.end))
        for span in found
        if not _IN_GENERAL.match(text, span.end)
        and text[span.start - 1 : span.start] not in _UP_TO
        and not (text.startswith("人", span.end) and _EITHER.search(text, max(0, span.start - 2), span.start))
    ]


def _with_part(text: str, end: int) -> int:
    """Return the end of the bracket that tells the part of the body behind a degree, or `end`."""
    if text[end : end + 1] not in _OPENED:
        return end
    part = PARTS_ONLY.match(text, end + 1)
    return part.end() + 1 if part and text[part.end() : part.end() + 1] in _CLOSED else end


def _degrees(text: str) -> Iterator[Span]:
    """Yield degrees of disability."""
    if "度等" in text or "度级" in text or "度标" in text:
        for match in _DEGREE.finditer(text):
            if _DISABILITY.search(text, max(0, match.start() - _FAR), match.start()):
                yield Span(match.start(), match.end(), _KIND, "degree of disability")
    at = text.find("级")
    while at >= 0:
        first, last = max(0, at - _BEHIND), at + 5
        for match in _LEVEL.finditer(text, first, last):
            yield Span(match.start(1), match.end(1), _KIND, "degree of disability")
        for match in RATED.finditer(text, first, last):
            yield Span(match.start(), match.end(), _KIND, "degree of disability")
        for match in _LEVEL_FIELD.finditer(text, first, last):
            if "残疾" in text[max(0, first - _FAR) : match.start()]:
                yield Span(match.start(1), match.end(1), _KIND, "degree of disability")
        for match in _RATING.finditer(text, first, last):
            if _DISABILITY.search(text, max(0, first - _FAR), match.start()):
                yield Span(match.start(1), match.end(1), _KIND, "degree of disability")
        at = text.find("级", at + 1)
    if "护理依赖" in text or "丧失" in text:
        for match in _LEVEL.finditer(text):
            yield Span(match.start(1), match.end(1), _KIND, "degree of disability")
