"""The closed lists of the templates (`domain.md` 1.3), with the other writings of them that are in use."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from streams.domain.folding import compact
from streams.domain.stages import Action, Ground, SubjectClass

OTHER = "其他"

_LEGAL, _NATURAL, _INDIVIDUAL = SubjectClass.LEGAL, SubjectClass.NATURAL, SubjectClass.INDIVIDUAL_BUSINESS

SUBJECT_CLASSES: Mapping[str, SubjectClass] = MappingProxyType(
    {
        **{member.value: member for member in SubjectClass},
        **dict.fromkeys(
            (
                "法人和非法人组织",
                "法人或非法人组织",
                "法人/非法人组织",
                "法人",
                "非法人组织",
                "企业法人",
                "其他组织",
                "企业",
                "单位",
            ),
            _LEGAL,
        ),
        **dict.fromkeys(("个人", "公民"), _NATURAL),
        **dict.fromkeys(("个体户", "个体", "个体工商户(经营者)"), _INDIVIDUAL),
    }
)

LICENCE_TYPES: Mapping[str, str] = MappingProxyType(
    {
        writing: name
        for number, name in enumerate(("普通", "特许", "认可", "核准", "登记", OTHER))
        for writing in (name, str(number), f"{name}许可", f"行政{name}", f"{number}-{name}")
    }
)

_PENALTY_TYPES_2018 = (
    "警告",
    "罚款",
    "没收违法所得",
    "没收非法财物",
    "责令停产停业",
    "暂扣或者吊销许可证",
    "暂扣或者吊销执照",
    "行政拘留",
)
_PENALTY_TYPES_2021 = (
    "通报批评",
    "暂扣许可证件",
    "降低资质等级",
    "吊销许可证件",
    "限制开展生产经营活动",
    "责令关闭",
    "限制从业",
)

PENALTY_TYPES: Mapping[str, str] = MappingProxyType(
    {
        **{name: name for name in (*_PENALTY_TYPES_2018, *_PENALTY_TYPES_2021, OTHER)},
        **dict.fromkeys(("没收违法所得和非法财物", "没收", "没收财物", "非法财物"), "没收非法财物"),
        "没收非法所得": "没收违法所得",
        "暂扣或吊销许可证": "暂扣或者吊销许可证",
        "暂扣或吊销执照": "暂扣或者吊销执照",
        "执照": "暂扣或者吊销执照",
        "暂扣或者吊销许可证件": "暂扣或者吊销许可证",
        **dict.fromkeys(("暂扣许可证", "暂扣执照", "暂扣营业执照", "暂扣证照", "暂扣证件"), "暂扣许可证件"),
        **dict.fromkeys(("吊销许可证", "吊销执照", "吊销营业执照", "吊销证照", "吊销证件"), "吊销许可证件"),
        **dict.fromkeys(("停产停业", "责令停业", "责令停产"), "责令停产停业"),
        **dict.fromkeys(("限制开展生产经营", "限制生产经营活动"), "限制开展生产经营活动"),
        "拘留": "行政拘留",
        "关闭": "责令关闭",
        **dict.fromkeys(("降低资质", "降低等级"), "降低资质等级"),
    }
)
"""行政处罚法 (2021) art. 9 and the list of 2018; writing → name."""

_NUMBERED = MappingProxyType(
    {
        "0": ("警告",),
        "1": ("罚款",),
        "2": ("没收违法所得", "没收非法财物"),
        "3": ("责令停产停业",),
        "4": ("暂扣或者吊销许可证", "暂扣或者吊销执照"),
        "5": ("行政拘留",),
        "6": (OTHER,),
    }
)
"""The list of 2018 by its numbers."""

SIMPLE_PROCEDURE = "简易程序"
"""Some departments write it among the types; such a penalty is withheld, not published."""

RECTIFICATION = "责令"
"""责令改正 and its like is no penalty type."""

ID_TYPES: Mapping[str, str] = MappingProxyType(
    {
        writing: name
        for number, (name, *others) in enumerate(
            (
                ("身份证", "居民身份证", "公民身份证", "公民身份号码", "中华人民共和国居民身份证"),
                ("护照号", "护照", "护照号码"),
                ("港澳居民来往内地通行证", "港澳通行证", "回乡证"),
                ("台湾居民来往大陆通行证", "台胞证"),
                ("外国人永久居留身份证", "外国人永久居留证"),
            ),
            start=1,
        )
        for writing in (name, *others, str(number))
    }
)

STATES: Mapping[str, str] = MappingProxyType({"1": "1", "2": "2", "有效": "1", "无效": "2"})

ACTIONS: Mapping[str, Action] = MappingProxyType(
    {
        **{member.value: member for member in Action},
        **dict.fromkeys(("公示", "公开", "新增", "报送", "发布"), Action.PUBLISH),
        **dict.fromkeys(("更正", "修改", "变更", "补正"), Action.CORRECT),
        **dict.fromkeys(
            ("撤销", "撤回", "取消公示", "撤销公示", "停止公示", "删除", "信用修复"), Action.WITHDRAW
        ),
    }
)

GROUNDS: Mapping[str, Ground] = MappingProxyType(
    {
        **{member.value: member for member in Ground},
        **dict.fromkeys(("涉密", "涉及国家秘密", "国家秘密信息"), Ground.STATE_SECRET),
        "涉及商业秘密": Ground.TRADE_SECRET,
        **dict.fromkeys(("涉及个人隐私", "隐私"), Ground.PRIVACY),
        **dict.fromkeys(
            ("危及国家安全", "危及公共安全", "危及经济安全", "危及社会稳定", "国家安全", "公共安全"),
            Ground.SECURITY,
        ),
        **dict.fromkeys(("涉及未成年人", "未成年"), Ground.MINOR),
        **dict.fromkeys(("简易程序处罚", "适用简易程序", "当场处罚"), Ground.SIMPLE_PROCEDURE),
        **dict.fromkeys(("政务共享", "授权查询", "不公开"), Ground.RESTRICTED_RANGE),
    }
)

_SEPARATORS = re.compile(r"[、,;|/\n]+")
_NUMBER = re.compile(r"[0-6](?=-)-")
_AND = re.compile(r"以及|并处|[和及并与+&\s]+")
_BRACKETED = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class PenaltyTypes:
    """What stands in 处罚类别."""

    names: tuple[str, ...]
    """Official names in the order typed, each once; 其他-… with its note."""
    unknown: tuple[str, ...]
    simple_procedure: bool

    def of(self, *words: str) -> bool:
        """Tell whether a name holds one of `words`."""
        return any(word in name for name in self.names for word in words)


@lru_cache(maxsize=4096)
def read_penalty_types(text: str) -> PenaltyTypes:
    """Return the types in `text`, parted by 、 , ; | / or line ends, or else by 和, 及, 并处 and spaces."""
    types = _penalty_types(compact_lines(text))
    if not types.unknown:
        return types
    parted = _penalty_types(_AND.sub("、", text))
    return types if parted.unknown else parted


def _penalty_types(text: str) -> PenaltyTypes:
    plain = _BRACKETED.sub(lambda note: f"-{_SEPARATORS.sub('，', note[1])}", compact_lines(text))
    names: list[str] = []
    unknown: list[str] = []
    simple = False
    for part in filter(None, _SEPARATORS.split(plain)):
        name = _NUMBER.sub("", part)
        if SIMPLE_PROCEDURE in name:
            simple = True
        elif name in PENALTY_TYPES:
            names.append(PENALTY_TYPES[name])
        elif name in _NUMBERED:
            names.extend(_NUMBERED[name])
        elif name.startswith(OTHER):
            names.append(other_with_note(name))
        else:
            unknown.append(name)
    return PenaltyTypes(tuple(dict.fromkeys(names)), tuple(unknown), simple)


def compact_lines(text: str) -> str:
    """Return `text` compact, its line ends kept."""
    return "\n".join(map(compact, text.splitlines()))


def other_with_note(text: str) -> str:
    """Return 其他-note for the ways in which 其他 with a note is written."""
    note = text.removeprefix(OTHER).lstrip("-—:：(（").rstrip(")）")
    return f"{OTHER}-{note}" if note and note not in ("注明", "行政处罚", "处罚", "许可", "说明") else OTHER


def listed(names: Iterable[str]) -> str:
    """Return names as a sentence lists them."""
    return "、".join(dict.fromkeys(names))
