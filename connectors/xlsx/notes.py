"""What a clerk is told of each column of a template: whether it must be filled, its form and its rule."""

# ruff: noqa: E501 -- a table reads best with a rule a line

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from streams.domain.columns import TEMPLATES, Column, Form, Need, Publicity
from streams.domain.enumerations import ID_TYPES, LICENCE_TYPES, OTHER, PENALTY_TYPES
from streams.domain.stages import Kind, SubjectClass


class Subject(StrEnum):
    """Whose template: that of legal persons is also for organisations and individual businesses."""

    LEGAL = "legal"
    NATURAL = "natural"


class Filling(StrEnum):
    """Whether a column must be filled, as clerks read it."""

    ALWAYS = "必填"
    CONDITIONAL = "条件必填"
    NEVER = "选填"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One column of a template."""

    column: Column
    filling: Filling
    form: str
    """Its form in Chinese: 文本，最长 200 字."""
    rule: str
    choices: tuple[str, ...] = ()
    """What the drop-down offers."""
    closed: bool = False
    """Whether nothing but the choices may be filled in."""


_FORMS: Mapping[Form, str] = MappingProxyType(
    {Form.DAY: "日期，如 2026-09-24", Form.AMOUNT: "数字，单位万元，最多 6 位小数"}
)
_LISTED: Mapping[Filling, str] = MappingProxyType(
    {
        Filling.ALWAYS: "必须填写。",
        Filling.CONDITIONAL: "符合条件的必须填写。",
        Filling.NEVER: "没有的留空。",
    }
)
_ALWAYS: Mapping[Subject, tuple[str, ...]] = MappingProxyType(
    {Subject.LEGAL: ("_XDR_SHXYM",), Subject.NATURAL: ("_XDR_ZJLX", "_XDR_ZJHM")}
)
"""Columns whose condition is met on every row of the template (`domain.md` 1.4)."""

_CLASSES: Mapping[Subject, tuple[str, ...]] = MappingProxyType(
    {
        Subject.LEGAL: (SubjectClass.LEGAL.value, SubjectClass.INDIVIDUAL_BUSINESS.value),
        Subject.NATURAL: (SubjectClass.NATURAL.value,),
    }
)
_CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "_XKLB": tuple(dict.fromkeys(LICENCE_TYPES.values())),
        "_CFLB": tuple(dict.fromkeys(PENALTY_TYPES.values())),
        "_XDR_ZJLX": tuple(dict.fromkeys(ID_TYPES.values())),
        "_FR_ZJLX": tuple(dict.fromkeys(ID_TYPES.values())),
        "_ZT": ("1", "2"),
    }
)
_CLOSED = ("_XDR_LB", "_ZT")

_HIDDEN = "公示时由系统隐去，不对外公开。"
_AUTHORITY = "18 位统一社会信用代码，机关一般以 11 开头，末位为校验位。"
_RULES: Mapping[str, str] = MappingProxyType(
    {
        "_XDR_MC": "与营业执照、登记证书或身份证件上的名称完全一致。",
        "_XDR_SHXYM": "18 位，含校验位；个体工商户以 92 开头。尚无代码的个体工商户填 17 个 0 加 X，并填工商注册号。",
        "_XDR_GSZC": "15 位数字。行政相对人代码_1 填 17 个 0 加 X 时必填。",
        "_XDR_ZZJG": "8 位数字或字母加 1 位校验位。已有统一社会信用代码的可不填。",
        "_XDR_SWDJ": "15、17、18 或 20 位。",
        "_XDR_SYDW": "事业单位填写，个体工商户不填。",
        "_XDR_SHZZ": "社会组织填写，个体工商户不填。",
        "_FRDB": "法人及非法人组织必填；个体工商户填经营者，可不填。",
        "_FR_ZJLX": f"可不填。{_HIDDEN}",
        "_FR_ZJHM": f"可不填。{_HIDDEN}",
        "_XDR_ZJLX": "与证件号码一致。",
        "_XDR_ZJHM": "填写完整号码，不要遮盖，公示时由系统自动隐去。身份证为 18 位。",
        "_XKWS": "许可决定文书的标题。",
        "_WSH": "如：济市监罚〔2026〕1号；没有文书号的许可填许可编号。与相对人名称、决定机关一起确定一条决定，不可更改。",
        "_XKLB": f"从下拉列表中选择；选“{OTHER}”的写作“{OTHER}-说明”。",
        "_XKZS": "许可证书上的名称。",
        "_XKBH": "许可证书上的编号。",
        "_NR": "决定的主要内容。不要写入身份证号、电话、住址等个人信息。",
        "_JDRQ": "作出决定的日期，不晚于今天。自该日起 7 个工作日内必须公示。",
        "_YXQZ": "有效期开始的日期。",
        "_YXQZI": "不早于有效期自；长期有效的填 2099-12-31 或“长期”。",
        "_XKJG": "作出决定的机关全称。",
        "_CFJG": "作出决定的机关全称。",
        "_XKJGDM": _AUTHORITY,
        "_CFJGDM": _AUTHORITY,
        "_ZT": "1 表示有效，2 表示无效。",
        "_LYDW": "报送本数据的单位全称。",
        "_SJLY": "报送本数据的单位全称。",
        "_LYDWDM": _AUTHORITY,
        "_SJLYDM": _AUTHORITY,
        "_WFXW": "违法行为的名称，如：发布违法广告。",
        "_SY": "违法的主要事实。不要写入身份证号、电话、住址等个人信息。",
        "_YJ": "法律、法规、规章的名称和条款。",
        "_CFLB": f"从下拉列表中选择；多项用“、”分开；选“{OTHER}”的写作“{OTHER}-说明”。责令改正不是处罚类别。",
        "_NR_FK": "处罚类别含罚款时必填且大于 0。单位为万元：罚款 2000 元填 0.2。",
        "_NR_WFFF": "处罚类别含没收时必填。单位为万元；没收物品无法计价的填 0。",
        "_NR_ZKDX": "处罚类别含暂扣或吊销时必填。",
        "_YXQ": "不早于处罚决定日期；长期有效的填 2099-12-31 或“长期”。",
        "_GSJZQ": "晚于处罚决定日期。",
    }
)


def notes(kind: Kind, subject: Subject) -> tuple[Note, ...]:
    """Return the columns of one of the four official templates, in order."""
    return tuple(
        _note(column, subject)
        for column in TEMPLATES[kind].values()
        if (column.legal if subject is Subject.LEGAL else column.natural)
    )


def _note(column: Column, subject: Subject) -> Note:
    suffix = column.code[2:]
    choices = _CLASSES[subject] if suffix == "_XDR_LB" else _CHOICES.get(suffix, ())
    rule = _RULES.get(suffix, "")
    if not rule and choices:
        rule = f"填写：{'、'.join(choices)}。"
    if not rule and column.publicity is Publicity.RESTRICTED:
        rule = _HIDDEN
    filling = _filling(column, subject)
    return Note(
        column=column,
        filling=filling,
        form=_FORMS.get(column.form, f"文本，最长 {column.length} 字"),
        rule=f"{_LISTED[filling]}{rule}",
        choices=choices,
        closed=suffix in _CLOSED,
    )


def _filling(column: Column, subject: Subject) -> Filling:
    if column.need is Need.ALWAYS or column.code[2:] in _ALWAYS[subject]:
        return Filling.ALWAYS
    return Filling.CONDITIONAL if column.need is Need.CONDITIONAL else Filling.NEVER
