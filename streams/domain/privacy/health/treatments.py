"""Finds medicines that somebody takes for long and therapies that he undergoes; sold ones are goods."""

import re
from collections.abc import Iterator, Sequence

from streams.domain.privacy.naming import NameBefore
from streams.domain.privacy.reading import Reading

_STEADY = re.compile(
    "(?:长期|常年|事发前|案发前|驾车前|当[日晚天]|规律|每[一二两三四五六]?[周月天日]|一直|持续|按时|定期|定时|每日|每天|每晚|每周|每月|终[身生]|遵医嘱|睡前|早晚|隔日|间断|坚持|自行|开始|需要?|须|仍在"
    "|正在?|尚在?|还在?|仍|目前|现|曾|近期|靠|依赖|因病|停|患者|病人|老人|其|本人|[父母妻夫子女])(?:皮下)?$"
)
"""Who takes a medicine for good, or that he does."""
_STEADILY = frozenset("长一每随药自常依")
"""Beginnings of words that tell by themselves that it is taken for long: 一直吃."""
_FIELD_ENDS = ("：", ":", "为", "是")
_UNDERGOES = re.compile(
    "(?:治疗(?:情况|方式|方法|经过|方案)[：:为]?|接受|进行|行|中断|停止|放弃|完成|[已曾需刚在来去着]做|家做|每[日天周月次]做|正在做?|仍在做?|靠|予以?|给予|继续|每周|每月|每隔[0-9一二三四]天|定期|长期|常年|长年|终身|居家|在家|先后|多次|依赖|须|需要?|曾|经|院做)(?:[0-9一二三四五六七八九十两]{1,3}次)?(?:了|过|做|行|接受)?(?:需要?|须|行|长期|常年|定期|规律){0,3}"
    "((?:(?![的了在为与向于各类靠])[\u4e00-\u9fffA-Za-z0-9+-]){0,12}?)$"
)
_TRADE = re.compile(
    "[费仪机室科中剂舱业项价收设技术服药区病床院所站]|用药|方案|活动",
)
"""Behind a therapy that is offered rather than undergone."""
_LISTED = "(?:[、及和与+，]|联合|合并|加用?)"
_SINCE = re.compile(
    "[0-9一二三四五六七八九十半两数多]{1,3}(?:余?年|个?多?月|周|余?天)|至今|维持|控制|后(?:驾驶|驾车|开车|上路|上岗|上班)"
)
_GIVEN = (
    "(?:(?:静脉滴注|静滴|冲击治疗|化疗|(?=治疗))"
    "|(?![缓控]释|[分肠]|片|胶囊|注射液|口服|颗粒|栓|乳膏|软膏|滴|针))"
)
_ANOTHER = "[\u4e00-\u9fff]{2,7}(?<![片囊粒液膏剂盒等])(?=[，。；）]|治疗|维持)"
"""A medicine at the end of a list that no stem tells."""
_SALT = "[钠钾钙锂]?(?:[0-9.]{1,4} ?m?g)?"
_BEFORE, _LONGEST = 8, 20
_REGISTERED = re.compile("[^，。；（(]{0,4}[（(](?:国药准字|批准文号)")
"""Goods, whose number or batch is told."""
_ROUTE = re.compile("(?:静脉|鞘内|皮下|肌肉|腹腔|球后|玻璃体腔内?|关节腔内?)(?:注射|输注|滴注|推注|给药)$")
"""How a medicine is given is a part of the therapy."""
BY_A_PATIENT = ("接受", "行", "中断了", "中断", "完成")
"""Tells that somebody undergoes what follows, also in a hospital."""


class Treatments:
    """Knows what generic names of medicines end with, by what they are."""

    def __init__(self, stems: Sequence[str], names: NameBefore) -> None:
        self._names = names
        longest_first = sorted(map(re.escape, stems), key=len, reverse=True)
        one = (
            f"(?:(?![的了在为与向于和及])[\u4e00-\u9fff]){{0,6}}?(?:{'|'.join(longest_first)}){_SALT}{_GIVEN}"
        )
        self._medicines = re.compile(
            f"(?:用(?:了|过)?|了|过|着|的?药物?[：:为是]|抗[\u4e00-\u9fff]{{1,3}}药物?[：:为是]?|[：:为是])?"
            f"({one}(?:{_LISTED}{one}){{0,3}}(?:、{_ANOTHER})?)"
        )
        """With a form behind it (片, 胶囊) a medicine is goods."""
        formed = (
            f"[\u4e00-\u9fff]{{0,6}}?(?:{'|'.join(longest_first)})[钠钾钙锂]?"
            "(?:(?:[缓控]释|肠溶)?(?:片|胶囊|颗粒|注射液)|冲击治疗|静滴|化疗)?"
        )
        self._in_a_field = re.compile(f"[：:为是]{{0,2}}({formed}(?:{_LISTED}{formed}){{0,3}})")

    def find(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Yield the places of medicines that are taken and of therapies that are undergone."""
        text = reading.text
        for start, end in reading.cues.get("health.taken", ()):
            medicines = self._medicines.match(text, end)
            if medicines and (
                text[start] in _STEADILY
                or _STEADY.search(text, max(0, start - _BEFORE), start)
                or _SINCE.match(text, medicines.end())
                or self._names.ends(text, start)
            ):
                steady = text[start] in _STEADILY or _STEADY.search(text, max(0, start - _BEFORE), start)
                if steady or not _REGISTERED.match(text, medicines.end()):
                    yield _with_route(text, start, end, medicines.start(1)), medicines.end(1)
        for _, end in reading.cues.get("health.course", ()):
            medicines = self._in_a_field.match(text, end) if text[end : end + 1] in _FIELD_ENDS else None
            if medicines:
                yield medicines.span(1)
        for start, end in reading.cues.get("health.therapy", ()):
            undergone = _nearest(text, max(0, start - _LONGEST), start)
            if undergone and not _TRADE.match(text, end):
                yield undergone.start(1), end


def _with_route(text: str, start: int, end: int, medicine: int) -> int:
    """Return where the way to give the medicine begins that ends right before it, or `medicine`."""
    route = _ROUTE.search(text, max(0, start - 5), end) if medicine == end else None
    return route.start() if route else medicine


def _nearest(text: str, first: int, start: int) -> re.Match[str] | None:
    """Return the words for undergoing that stand nearest before the therapy at `start`."""
    found = _UNDERGOES.search(text, first, start)
    while found and (nearer := _UNDERGOES.search(text, found.start() + 1, start)):
        found = nearer
    return found
