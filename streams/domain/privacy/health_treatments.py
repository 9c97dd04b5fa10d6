"""Finds medicines that somebody takes for long and therapies that he undergoes; sold ones are goods."""

import re
from collections.abc import Iterator, Sequence

_STEADY = (
    "长期|常年|规律|一直|持续|按时|定期|定时|每日|每天|每晚|每周|每月|终身|遵医嘱|间断|坚持|自行|开始"
    "|需要?|仍在|正在|目前|现|曾|近期|靠|依赖|因病|停"
)
_TAKES = (
    f"(?:(?:{_STEADY})(?:口服|服用|(?:皮下)?注射|静脉滴注|静滴|使用|吃|应用|服|打|用)"
    "|(?:患者|病人|老人|其|本人|母|父|妻|夫|子|女)(?:口服|服用|注射|静滴|服))"
    "(?:了|过|着|的?药物?[：:为是]|抗[\u4e00-\u9fff]{1,3}药物?[：:为是]?)?"
)
_COURSE = (
    "(?:治疗经过|(?:治疗|用药|化疗)方案|(?:用药|服药)情况|[用服]药史|(?:现|目前|长期|既往)用药|医嘱)[：:为是]"
)
_THERAPY = (
    "(?:(?:冲击|替代|靶向|免疫|介入|内分泌|抗病毒|抗结核|抗凝|抗精神病|抗癫痫|抗抑郁|溶栓|电休克|MECT|姑息|维持"
    "|胰岛素|光动力|脱毒|戒毒|心理)治疗"
    "|放化疗|化疗|放疗|透析|血透|腹透|输血|造血干细胞移植|[肝肾肺心]脏?移植|介入术|支架术|放射治疗)"
)
_UNDERGOES = re.compile(
    "(?:接受|正在接受|进行|行|予以?|给予|继续|每周|每月|每隔[0-9一二三四]天|定期|长期|需|曾)(?:了|过|做|行)?"
    "(?:需要?|须|行)?"
    f"((?:(?![的了在为与向于各类])[\u4e00-\u9fffA-Za-z0-9\\-+]){{0,12}}?{_THERAPY})"
    "(?![费仪机室科中室剂舱业项价收设技术服疗药区病床院所站]|用药|项目|方案|技术|服务|设备|器械|资质|活动|仪器)"
)
_ANY_THERAPY = ("疗", "透", "移植", "输血", "支架术", "介入术")
_LISTED = "(?:[、及和与+，]|联合|合并|加用?)"
_SINCE = "[0-9一二三四五六七八九十半两数多]{1,3}(?:余?年|个?多?月|周|余?天)|至今|维持|控制"
_GIVEN = (
    "(?:(?:静脉滴注|静滴|冲击治疗|化疗|治疗)|(?![缓控]释|[分肠]|片|胶囊|注射液|口服|颗粒|栓|乳膏|软膏|滴|针))"
)


def medicines(stems: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of medicines that somebody takes; `stems` end generic names by what they are.

    With a form behind it (片, 胶囊) a medicine is goods.
    """
    one = (
        "(?:(?![的了在为与向于和及])[\u4e00-\u9fff]){0,6}?"
        f"(?:{'|'.join(sorted(map(re.escape, stems), key=len, reverse=True))}){_GIVEN}"
    )
    return re.compile(
        f"(?:{_TAKES}|{_COURSE})({one}(?:{_LISTED}{one}){{0,3}})|(?:服用|口服|注射)({one})(?={_SINCE})"
    )


def treatments(text: str, medicine: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of medicines that are taken and of therapies that are undergone."""
    if any(word in text for word in ("服", "注射", "静", "药", "用", "吃", "治疗经过", "方案", "医嘱")):
        for found in medicine.finditer(text):
            yield found.span(found.lastindex or 0)
    if any(word in text for word in _ANY_THERAPY):
        for found in _UNDERGOES.finditer(text):
            yield found.span(1)
