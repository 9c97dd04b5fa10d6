"""Cuts from both ends of a condition what only tells that somebody has it: 其身体, 发作, 卧床, 史."""

import re

_BODY = re.compile("身体(?![残障不瘫])|(?<=查)体|全(?![身盲瘫聋色脑前切口失秃肺胃结腹血])")
_EXAMINED = re.compile("(?:胸片|心电图)(?!示|提示|显示)(?=[左右双]|[^，。；、]{4})")
"""What was made to find the condition."""
_NAMED_SEIZURE = re.compile("(?:抑郁|躁狂|惊恐|焦虑|恐慌|精神|[轻中重]度|[大小性]|失神|缺血|混合|部分|阵挛)$")
"""Conditions that are called 发作 themselves."""
_LYING = re.compile("(?:(?<![，,、])(?:长期|常年|一直)|(?<![期年直，,、]))卧床(?:不起|多年)?$")
_HISTORY = re.compile("(?<!手术)(?<![毒酒流])病?史$")
_ONE_WITH_ILL = re.compile(
    "(?:精神|糖尿|心脏|冠心|皮肤|传染|血管|颈椎|腰椎|白血|妇科|职业|狂犬|帕金森|遗传|[肝肾肺胃性心骨眼脑氏])$"
)
"""What is no condition without 病."""
_TOLD_OF = re.compile(
    "(?:隐瞒|[曾患原]有|[查明]其有|[因且并确仍]有|瞒报|谎报|未告知|否认)[^，。；：:“]{0,6}$|^有$|[^没具持带含]有$"
)
"""Somebody has or hides a history of what is personal; as a field (病历：癫痫病史) it is one with it."""
_OPERATION = re.compile("(?<=[癌瘤炎病症石疝痔障肿])手术$")
_UNDERGOES = re.compile("(?:做[完了过]?|行|接受|施行|需做|进行)[^，。；]{0,2}$")
_NEWBORN = re.compile("(?:新生儿|早产儿|婴幼?儿)(?![黄肺窒败缺湿腹呼溶硬破])(?=.)")
"""Who has it, where it is not called after him."""
_CLAUSE_ENDS = ("", "，", "。", "；", "致", "其", "\n", "“")
_FIELD = re.compile("(?:残疾|疾病|病情|病名|身体)(?=[\u4e00-\u9fff]{3})")
_FIELD_BEGINS = ("", "，", ",", "｜", "|", "；", "\n", " ", "、", "　")
"""Before the name of a field that nothing parts from what it holds: ，残疾脊髓灰质炎后遗症."""
_TOWARDS = re.compile("(?<![针面绝相应])对[^，。；对的其他她]{0,8}$")
"""What somebody cannot bear, whatever it is, before 过敏."""
_BEFORE = 12


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the condition's place without what belongs to the sentence around it."""
    start += text[start] == "已" and end - start > len("已感染")
    examined = _EXAMINED.match(text, start, end)
    start = examined.end() if examined else start
    body = _BODY.match(text, start, end)
    if body and body.end() < end:
        start = body.end()
    field = _FIELD.match(text, start, end)
    if field and text[start - 1 : start] in _FIELD_BEGINS:
        start = field.end()
    newborn = _NEWBORN.match(text, start, end)
    if newborn and text[start - 1 : start] in _CLAUSE_ENDS:
        start = newborn.end()
    last = text[end - 1]
    if last == "人" and text.endswith("病人", start + 1, end):
        return start, end - 1
    if (
        last in "敏质"
        and "过敏" in text[start:end]
        and (towards := _TOWARDS.search(text, max(0, start - _BEFORE), start))
    ):
        return towards.start(), end
    if last == "作" and text.endswith("发作", start + 1, end):
        return start, _before_seizure(text, start, end)
    if last in "床起年":
        lying = _LYING.search(text, start, end)
        return start, lying.start() if lying and lying.start() > start else end
    if last == "史":
        history = _HISTORY.search(text, start, end)
        if history and _TOLD_OF.search(text, max(0, start - _BEFORE), start):
            kept = text[history.start()] == "病" and _ONE_WITH_ILL.search(text, start, history.start())
            return start, history.start() + bool(kept)
    if last == "重" and text.endswith("加重", start, end) and text[end - 3] not in "性疮":
        return start, end - 2
    if last == "术":
        operation = _OPERATION.search(text, start, end)
        if operation and not _UNDERGOES.search(text, max(0, start - _BEFORE), start):
            return start, operation.start()
    return start, end


def _before_seizure(text: str, start: int, end: int) -> int:
    """Return where the condition ends that has a seizure, when it is not called one itself."""
    noun = end - 2
    if text.endswith("急性", start, noun):
        return end
    return end if _NAMED_SEIZURE.search(text, start, noun) else noun
