"""Finds what tells a person's belief; authorities, places, shops and goods keep their names."""

import re
from collections.abc import Collection, Iterator, Sequence

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.naming import NameBefore
from streams.domain.privacy.quoting import is_of_speaker, is_quoted
from streams.domain.privacy.reading import Reading
from streams.domain.privacy.religion.deeds import Deeds
from streams.domain.privacy.religion.offices import OFFICES, is_office
from streams.domain.privacy.religion.rites import Rites
from streams.domain.privacy.religion.sayings import (
    ENDED,
    NOT_PERSON,
    became,
    believed,
    is_appointed,
    is_said,
    is_told,
    nones,
    unknown_faith,
)
from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.RELIGION
_NO_BELIEF = re.compile(
    r"(?:(?<![有是])(?<!或者)[无不没未][有]?(?:任何)?(?:宗教信仰|信教|信仰(?:任何)?宗教|信奉(?:任何)?宗教|信仰|皈依)(?!者?(?:优先|不限|可|均)|的?(?:公民|少数民族)|，不得))|(?<=宗教信仰)无|(?<=[是为填：:])不信(?:仰?宗)?教(?=[，。；）)])|不信(?:仰|奉)?任何(?:宗教|教派|教)"
)
_LED = re.compile(
    r"(?:系|为|是|拜|乃|自己|本人|自称|自述|声称|宗教信仰|宗教|属|属于|一名|名|虔诚|职业|均|都|身份|者|作为|当过|做过|当|曾任)"
    r"[：:为是（( ]?(?:了|一名|一位|虔诚的?|的)?$"
)
_SAID = re.compile('(?:自称|自述|声称|自认|宗教(?:信仰)?[为是：:]|信仰[为是：:])(?:是|为|系)?[“"]$')
_RULE = re.compile("教?(?:教规|教义|教律|教法|戒律|葬俗|礼俗|习俗|葬礼|丧葬|信仰|规矩|规)")
_RULES = ("教规", "教义", "教律", "教法")
_BECAUSE = re.compile(
    "(?:要求|请求|坚持|提出|希望)?(?:因|依|按|遵|遵照|按照|依照|出于|根据|以)(?:其|自己|本人)?$"
)
_RELATIVE = re.compile("(?:家属|亲属|家人|其|者|本人|称|述|[男女员工母父子妻夫方属人]|家长|患者|住户|村民)$")
_BELIEVER = re.compile(
    r"(?:的?(?:信徒|教徒|穆斯林|教友|信众|信教群众|居士|信仰者|信奉者|教众|教民|门徒|门人|会友|信友|信士|道亲|徒)|徒|信仰)"
)
_OF_MANY_MORE = re.compile("(?:[捐反需众的]|集体|代表|聚集|较多|人数)")
"""Behind followers who are no one in particular."""
_FOLLOWERS = ("信众", "信徒", "教徒", "教友", "信教群众", "信仰者", "信奉者", "信友", "道亲")
"""What somebody is called whose faith is told elsewhere, or nowhere."""
_SCHOOL = re.compile(
    "(?<=教)(?:新教|(?!青年|女青年|协|爱国|委员|联合|基金|理事|晚|音乐|茶话|聚|大|座谈)[\u4e00-\u9fff]{2,4}会(?=[，,。；;、）)])|[\u4e00-\u9fff]{1,4}[派宗](?![出系往驻]))|[（(](?:[藏汉南北]传|[\u4e00-\u9fff]{1,4}[派宗])[）)]|[（(](?:已|正在|曾)?(?:皈依|受洗|受戒|受浸)[）)]"
)
"""Names the school of a faith behind it, or how somebody came to it."""
_FIELD = re.compile(
    "(?:(?:信教|信仰|宗教信仰)(?:情况|状况)"
    r"|(?:宗教|信仰|宗教信仰|教派)(?:情况|状况)?(?:[（(][^（）()]{1,4}[）)])?[：:＝=|｜/　\]】]"
    "|[信教][^。；]{0,8}[？?]\\s?答[：:])$"
)
_MISLED = re.compile('[受被][：:“"]?$')
_MISLEADING = re.compile("(?:邪教)?(?:组织)?(?:拉拢|发展|吸收|蛊惑|蒙骗|影响|洗脑|引诱)")
"""What a group does to whom it wins."""
_JOINED = re.compile("(?:参加|加入|入|修炼|习练|练习|信奉|追随|痴迷)了?[“‘]?$")
_HOLDER = re.compile(r"(?:穆斯林|徒|居士|教友|阿訇|伊玛目|信众|弟子|群众|成员|中人|长老|执事)$")
_CLERIC = re.compile(
    "(?:传教士|宣教士|传道人|牧师|神父|修女|修士|教士|长老|执事|主教|祭司|会员|成员|门人|比丘尼?|沙弥尼?|弟子|传人|信士|信女|信友|会众|道亲|道姑|传道员|同工|带领人|活佛|堪布|毛拉|法师|住持|道长|道人|喇嘛|和尚|尼姑|僧人|道士|骨干)"
)
_ONLY_BELIEVED = frozenset(
    (
        *("伊斯兰", "犹太", "道家", "佛家", "佛法", "基督", "耶稣", "真主", "安拉", "妈祖", "观音"),
        *("耶和华", "上帝", "天主", "道士", "和尚", "尼姑", "僧人", "喇嘛", "修女", "神父", "牧师"),
    )
)
"""Words of many senses: they count only after a verb of believing or with what somebody is."""
_JOINERS = " 、和与及兼（("
_HIMSELF = re.compile(
    "[^，。；（）]{0,8}[（(，,][^，。；（）]{0,3}(?:本人|自己|其|其本人|全家|家人|夫妻|均|也)(?:亦|也|均|皆|都|长期|一直|现)?(?:信奉|信仰|皈依|信|笃信|奉)(?:此教|该教|之)?[）)，,。；;]"
)
"""Behind a belief: whoever was spoken of holds it."""
_TEMPLES, _HALLS = frozenset("寺观宫庙庵祠处点殿塔所"), frozenset("堂院阁会坛")
_DEVOUT = re.compile("(?:虔诚的?|在家|俗家)$")
_BEHIND = 14


class ReligionDetector:
    """A term counts when a person is said to hold it, and no institution, goods or place follows."""

    def __init__(self, lexicon: Lexicon, names: NameBefore) -> None:
        self._names = names
        self._forbidden = re.compile(lexicon.pattern("religion.forbidden"))
        self._deeds = Deeds(lexicon, self._names)
        self._rites = Rites(self._names)
        self._member = re.compile(lexicon.pattern("religion.member"))

    def detect(self, reading: Reading) -> Iterator[Span]:
        """Return terms of belief that describe a person."""
        text, cues = reading.text, reading.cues
        held: set[int] = set()
        if "信" in text and (
            "信仰" in text or "信教" in text or "任何" in text or "信奉" in text or "皈依" in text
        ):
            for match in _NO_BELIEF.finditer(text):
                yield _span(match.start(), match.end(), "no belief")
        if "信" in text or "宗教" in text:
            for start, end in nones(text):
                yield _span(start, end, "no belief in a field")
        if "教" in text or "信奉" in text or "信仰" in text or "门宦" in text:
            for start, end in believed(text):
                held.add(end)
                yield _span(start, end, "faith that no list has")
        if "religion.deed" in cues:
            for start, end, reason in self._deeds.find(text, cues["religion.deed"]):
                held.add(end)
                yield _span(start, became(text, end), reason)
        if "religion.term" in cues:
            for span in self._terms(text, cues["religion.term"], held):
                held.add(span.end)
                yield span
        for start, end in self._rites.find(reading, held):
            yield _span(start, became(text, end), "rite that somebody keeps")

    def _terms(
        self, text: str, places: Sequence[tuple[int, int]], held: Collection[int] = ()
    ) -> Iterator[Span]:
        """Yield the terms at `places` that somebody holds; deeds of belief end at `held`."""
        last = before = -1
        for start, end in places:
            close = end - text.startswith(_RULES, end - 1)
            school = _SCHOOL.match(text, close)
            close = school.end() if school else close
            last = max(last, next((at for at in (start - 1, start) if at in held), -1))
            believer = _BELIEVER.match(text, close)
            stop = believer.end() if believer else close
            if start == last and text[start - 1] not in "派宗" and _CLERIC.fullmatch(text, start, end):
                continue
            listed = 0 <= last <= start <= last + 2 and not text[last:start].strip(_JOINERS)
            alone = text[start:stop] in _FOLLOWERS and start > before
            unknown = unknown_faith(text, start) if alone else -1
            before = end
            if unknown >= 0:
                yield _span(unknown, stop, "belief of a person")
            elif self._is_personal(text, (start, close, stop), listed=listed) or _HIMSELF.match(text, close):
                devout = _DEVOUT.search(text, max(0, start - 3), start)
                first = devout.start() if devout else start
                opened = listed and text[start - 1] in "（("
                whole = stop + 1 if opened and text[stop : stop + 1] in ("）", ")") else stop
                yield _span(last if whole > stop else first, whole, "belief of a person")
                last = stop

    def _is_personal(self, text: str, place: tuple[int, int, int], *, listed: bool) -> bool:
        """Tell whether somebody holds the belief whose term has this start, end, and end with what he is."""
        start, end, stop = place
        near = max(0, start - _BEHIND)
        if _RULE.match(text, end) and (because := _BECAUSE.search(text, near, start)):
            whose = because.start()
            return _RELATIVE.search(text, near, whose) is not None or self._names.ends(text, whose)
        if is_appointed(text, start, end, self._names):
            return True
        if NOT_PERSON.match(text, end) or NOT_PERSON.match(text, stop):
            return False
        if is_said(text, start, stop, self._names):
            return True
        led = _LED.search(text, near, start)
        if led and led[0].endswith("是") and text.startswith(("的”", '的"'), stop):
            return True
        if text[start:stop] in _FOLLOWERS:
            return led is not None and led[0][:1] in "系为是乃" and not _OF_MANY_MORE.match(text, stop)
        if self._forbidden.match(text, start) and self._is_joined(text, start, end):
            return True
        if is_quoted(text, start):
            told = led is not None and is_told(text, start)
            return told or _SAID.search(text, near, start) is not None or is_of_speaker(text, start)
        misled = _MISLEADING.match(text, end) and _MISLED.search(text, near, start)
        if misled or _FIELD.search(text, near, start):
            return True
        return self._is_held(text, place, led=led, listed=listed)

    def _is_held(
        self, text: str, place: tuple[int, int, int], *, led: re.Match[str] | None, listed: bool
    ) -> bool:
        """Tell whether the words right around an unquoted term say that somebody holds it."""
        start, end, stop = place
        if text[start:end] in OFFICES and is_office(text, start, end, self._names):
            return True
        if text[start:end] in _ONLY_BELIEVED and stop == end:
            of_school = listed and text[start - 1] in "派宗" and text[start:end] == "道士"
            return of_school or (led is not None and _CLERIC.fullmatch(text, start, end) is not None)
        if led or listed or (_CLERIC.match(text, end) and self._names.ends(text, start)):
            return True
        if start > 1 and text[start - 1] in "（(" and self._is_place(text, start - 1):
            return False
        bracketed = start > 0 and text[start - 1] in "（(，,；;" and self._is_closed(text, stop)
        holder = stop > end or _HOLDER.search(text, start, end) is not None
        return bracketed or holder or (self._names.ends(text, start) and ENDED.match(text, stop) is not None)

    def _is_place(self, text: str, bracket: int) -> bool:
        """Tell whether a temple or church is named before `bracket`, and nobody."""
        sign = text[bracket - 1]
        return sign in _TEMPLES or (sign in _HALLS and not self._names.ends(text, bracket))

    def _is_joined(self, text: str, start: int, end: int) -> bool:
        """Tell whether somebody joined the group named from `start` to `end`, or is called its member."""
        if _JOINED.search(text, max(0, start - _BEHIND), start):
            return True
        member = self._member.match(text, end)
        if not member or is_quoted(text, start):
            return False
        after = member.end()
        named = self._names.begins(text, after) or text[after + 1 : after + 2] == "某"
        return named or ENDED.match(text, after) is not None

    def _is_closed(self, text: str, stop: int) -> bool:
        """Tell whether a belief ends at `stop`, or what somebody is in it follows and ends."""
        cleric = _CLERIC.match(text, stop)
        return ENDED.match(text, cleric.end() if cleric else stop) is not None


def _span(start: int, end: int, reason: str) -> Span:
    return Span(start, end, _KIND, reason)
