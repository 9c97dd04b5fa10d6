"""Finds verbs of believing and deeds of belief, such as 信佛 and 受洗, that are told of somebody."""

import re
from collections.abc import Iterator, Sequence

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.naming import NameBefore
from streams.domain.privacy.quoting import is_of_speaker, is_quoted, opening
from streams.domain.privacy.religion.sayings import BELIEVING, ENDED, NOT_PERSON, OF_MANY, is_told

_DEED = re.compile(
    r"(?:伊斯兰教|佛教|道教|基督教|天主教|[佛道主]|耶稣|基督|上帝|真主|天主|佛门)?(?:多年|[0-9一二三四五六七八九十]+年)?"
)
_DEED_SUBJECT = re.compile(
    r"(?:自述|自称|常年|长年|早年|长期|婚后|后来|现已|经常|每逢|生前|晚年|年轻时|在家|一直|[（(，,：:]|其|系|者|[男女]|本人|自己|[甲乙丙对]方|平时|平日|每周|因|家|均|都|也|亦|曾|已|从小|自幼|打小|以|是"
    r"|初一十五|逢斋日|每天|每日|天天|多年|在[\u4e00-\u9fff]{2,6}[山寺庙庵观院宫]|[父母客户民工员主徒友姨姐哥妹婆爷娘嫂奶爹妈爸舅叔姑婶侄甥公岳居属媳婿称]|[妻儿孙]子|女儿|父亲|母亲|爱人|丈夫|老公|老婆|老伴|老人|邻居|孩子|[我俺咱她他]|家里|家中|家人|人(?<=证人|病人|家人|工人|老人|男人|女人)"
    r"|(?:于|在|自)?[0-9]{2,4}年(?:[0-9]{1,2}月)?(?:起)?)[“\"]?(?:是)?$"
)
_ANNOUNCING = ("信奉", "信仰", "皈依", "笃信", "崇信", "归信", "崇拜")
_CONVERTED = ("皈依", "归依")
_BUDDHA = re.compile("佛门|佛(?!教)|道(?!教)|主(?!教)|上帝|真主")
_ASKED = re.compile("(?:情况)?(?:吗|么|与否|情况|公民|自由|否)")
_WHOSE = re.compile("(?:[者客户工生员友]|老人|其|本人)$")
_URGED = re.compile("[劝诱拉骗][^，。；]{0,8}$")
"""Whom somebody else would have join."""
_FAR = 24


class Deeds:
    """Knows names and whom folk beliefs worship."""

    def __init__(self, lexicon: Lexicon, names: NameBefore) -> None:
        self._names = names
        self._held = re.compile(f"信(耶和华见证人|{lexicon.pattern('religion.held')})")
        self._whom = re.compile(lexicon.pattern("religion.held"))

    def find(self, text: str, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and reason of what the deeds at `places` tell of somebody."""
        for start, end in places:
            held = self._held.match(text, start)
            believed = held and BELIEVING.search(text, max(0, start - 2), start + 1)
            if held and believed and not NOT_PERSON.match(text, held.end()):
                yield held.start(1), held.end(1), "belief of a person"
                continue
            whom = self._whom.match(text, end) if text[start:end] in _ANNOUNCING else None
            if whom and not NOT_PERSON.match(text, whom.end()) and not OF_MANY.match(text, whom.end()):
                yield whom.start(), whom.end(), "belief of a person"
                continue
            deed = _DEED.match(text, end)
            stop = deed.end() if deed else end
            if _ASKED.match(text, stop):
                continue
            alone = text[start:end] in _ANNOUNCING and not _BUDDHA.match(text, end)
            alone = alone and not (text[start:end] in _CONVERTED and ENDED.match(text, end))
            if not alone and not NOT_PERSON.match(text, stop) and self._is_deed(text, start):
                yield start, stop, "deed of belief"

    def _is_deed(self, text: str, start: int) -> bool:
        if text.startswith("入教", start) and _URGED.search(text, max(0, start - 11), start):
            return False
        led = _DEED_SUBJECT.search(text, max(0, start - 11), start)
        quoted = is_quoted(text, start) and not is_told(text, start)
        if quoted and (is_of_speaker(text, start) or self._is_reason(text, start)):
            return True
        if led:
            return not quoted or led[0].endswith("是")
        return not quoted and not text.startswith("入教", start) and self._names.ends(text, start)

    def _is_reason(self, text: str, start: int) -> bool:
        """Tell whether what is quoted of whoever is named before is given as a reason."""
        opened = opening(text, start)
        close = text.find("”", start, start + _FAR)
        given = close > 0 and text.startswith("为由", close + 1)
        return given and (
            _WHOSE.search(text, max(0, opened - 4), opened) is not None or self._names.ends(text, opened)
        )
