"""Takes symptoms that no lexicon has, by what they end like, to those beside them in a list."""

import re
from collections.abc import Iterable, Iterator

_SYMPTOM = (
    "(?:(?![因、，的了在和及等并出现屏幕灯墙板管菜果机器线路车门窗店货衣])[\u4e00-\u9fff]){0,5}?"
    "(?:咳|咳痰|流涕|鼻涕|喷嚏|痒|呕吐|干呕|泻|头晕|眩晕|发烧|[高低]烧|[高低发]热|[色样]尿|[色样稀血黏]便|[盗冷出]汗|发麻|麻木|胀|憋闷|胸闷|肿|痛|疼|酸软|苍白"
    "|发[紫黄白黑红青绀冷抖颤凉]|[无乏]力|(?:呼吸|吞咽|排尿|排便|行走|行动|进食|站立|发声)困难|不适|不振|不清|不稳|不畅|不宁|不安|模糊|流涎|抽动|抽搐|[出流吐咯便]血|消瘦|歪斜|斜视|无神"
    "|幻[听视觉嗅]|妄想|恍惚|呆滞|嗜睡|萎靡|[红皮丘风]疹|水疱|[紫瘀淤]斑|脱皮|脱发|失眠|多梦|厌食|[觉力欲](?:减退|下降|丧失|消失)|震颤|僵硬|痉挛|混乱|错乱|迟钝|[大小]便失禁|(?:异物|灼热|烧灼|刺痛|压迫|窒息|濒死|坠胀|紧绷)感|肿块|红斑|瘀青|淤青|肿大)"
)
_ENDED = "(?=[、，。；）”等]|症状|表现|不适|后|且|并|$)"
_MORE = re.compile(f"(?:、{_SYMPTOM}(?<!、){_ENDED}){{1,4}}")
_EARLIER = re.compile(f"(?<=[现有呈诉称伴感，])({_SYMPTOM}(?:、{_SYMPTOM}){{0,3}}、)$")
_REACH = 28
_OF_THINGS = re.compile("不[畅稳清振]|模糊|混乱|脱皮|僵硬|迟钝")
"""Happens to drains, signs and machines, too."""
_APPEARING = re.compile(
    f"(?:了|明显|不同程度的?|持续|轻微|严重)?({_SYMPTOM}(?:[、和及伴]{_SYMPTOM}){{0,4}})(?=[、，。；）”等]|症状|表现|不适|反应|后|且|并|$)"
)


def appearing(text: str, places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the places of symptoms right behind `places` of words such as 出现 and 自述."""
    for _, end in places:
        found = _APPEARING.match(text, end)
        if found and not _OF_THINGS.search(found[1]):
            yield found.span(1)


def with_symptoms(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place from `start` to `end` with the symptoms listed right before and behind it."""
    if text[end : end + 1] == "、":
        more = _MORE.match(text, end)
        end = more.end() if more else end
    if text[start - 1 : start] == "、":
        earlier = _EARLIER.search(text, max(0, start - _REACH), start)
        start = earlier.start(1) if earlier else start
    return start, end
