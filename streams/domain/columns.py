"""The official columns of the four 双公示 templates of 2018 (发改办财金〔2018〕424号), as one table.

Lengths are those of deployed databases: compatible limits, as the standard's attachment was not to be had.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from streams.domain.stages import Kind


class Form(StrEnum):
    """What a column holds."""

    TEXT = "text"
    DAY = "day"
    AMOUNT = "amount"
    """In 万元, at most six decimals."""


class Need(StrEnum):
    """Whether a column must be filled."""

    ALWAYS = "always"
    CONDITIONAL = "conditional"
    """A rule in `validation` tells when."""
    NEVER = "never"


class Publicity(StrEnum):
    """What becomes of a column on a portal."""

    PUBLIC = "public"
    MASKED = "masked"
    """Published with its middle hidden."""
    SCANNED = "scanned"
    """Free text: published after personal data in it was masked."""
    RESTRICTED = "restricted"
    """Never leaves the restricted side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One official column."""

    code: str
    name: str
    """Official Chinese name, as in the header of the template."""
    form: Form = Form.TEXT
    length: int = 0
    """Longest text in characters; 0 for days and amounts."""
    need: Need = Need.ALWAYS
    publicity: Publicity = Publicity.PUBLIC
    legal: bool = True
    """On the legal-person template (法人, 非法人组织, 个体工商户)."""
    natural: bool = True
    """On the natural-person template."""
    aliases: tuple[str, ...] = ()
    """Other codes and headers in use for the same column."""


def _subject(prefix: str) -> tuple[Column, ...]:
    never, conditional = Need.NEVER, Need.CONDITIONAL
    restricted = Publicity.RESTRICTED
    return (
        Column(
            code=f"{prefix}_XDR_MC", name="行政相对人名称", length=200, aliases=("相对人名称", "COMP_NAME")
        ),
        Column(code=f"{prefix}_XDR_LB", name="行政相对人类别", length=100),
        Column(
            code=f"{prefix}_XDR_SHXYM",
            name="行政相对人代码_1(统一社会信用代码)",
            length=18,
            need=conditional,
            natural=False,
            aliases=("统一社会信用代码", "行政相对人代码_1"),
        ),
        Column(
            code=f"{prefix}_XDR_GSZC",
            name="行政相对人代码_2(工商注册号)",
            length=50,
            need=conditional,
            publicity=restricted,
            natural=False,
            aliases=("工商注册号", "工商登记码", "行政相对人代码_2"),
        ),
        Column(
            code=f"{prefix}_XDR_ZZJG",
            name="行政相对人代码_3(组织机构代码)",
            length=10,
            need=never,
            publicity=restricted,
            natural=False,
            aliases=("组织机构代码", "行政相对人代码_3"),
        ),
        Column(
            code=f"{prefix}_XDR_SWDJ",
            name="行政相对人代码_4(税务登记号)",
            length=32,
            need=never,
            publicity=restricted,
            natural=False,
            aliases=("税务登记号", "行政相对人代码_4"),
        ),
        Column(
            code=f"{prefix}_XDR_SYDW",
            name="行政相对人代码_5(事业单位证书号)",
            length=120,
            need=never,
            publicity=restricted,
            natural=False,
            aliases=("事业单位证书号", "行政相对人代码_5"),
        ),
        Column(
            code=f"{prefix}_XDR_SHZZ",
            name="行政相对人代码_6(社会组织登记证号)",
            length=50,
            need=never,
            publicity=restricted,
            natural=False,
            aliases=("社会组织登记证号", "行政相对人代码_6"),
        ),
        Column(
            code=f"{prefix}_FRDB",
            name="法定代表人",
            length=50,
            need=conditional,
            natural=False,
            aliases=(f"{prefix}_FDDB", f"{prefix}_FR", "法定代表人姓名"),
        ),
        Column(
            code=f"{prefix}_FR_ZJLX",
            name="法定代表人证件类型",
            length=64,
            need=never,
            publicity=restricted,
            natural=False,
        ),
        Column(
            code=f"{prefix}_FR_ZJHM",
            name="法定代表人证件号码",
            length=64,
            need=never,
            publicity=restricted,
            natural=False,
            aliases=(f"{prefix}_FR_SFZH", "法定代表人身份证号"),
        ),
        Column(
            code=f"{prefix}_XDR_ZJLX",
            name="证件类型",
            length=64,
            need=conditional,
            legal=False,
        ),
        Column(
            code=f"{prefix}_XDR_ZJHM",
            name="证件号码",
            length=64,
            need=conditional,
            publicity=Publicity.MASKED,
            legal=False,
        ),
    )


def _source(name_code: str, code_code: str) -> tuple[Column, ...]:
    return (
        Column(code=name_code, name="数据来源单位", length=200),
        Column(code=code_code, name="数据来源单位统一社会信用代码", length=18),
        Column(code="BZ", name="备注", length=512, need=Need.NEVER, publicity=Publicity.RESTRICTED),
    )


LICENCE: tuple[Column, ...] = (
    *_subject("XK"),
    Column(code="XK_XKWS", name="行政许可决定文书名称", length=200, publicity=Publicity.SCANNED),
    Column(code="XK_WSH", name="行政许可决定文书号", length=128),
    Column(code="XK_XKLB", name="许可类别", length=100),
    Column(code="XK_XKZS", name="许可证书名称", length=200, need=Need.NEVER, publicity=Publicity.SCANNED),
    # Certificates of persons often carry the holder's identity number.
    Column(code="XK_XKBH", name="许可编号", length=128, need=Need.NEVER, publicity=Publicity.SCANNED),
    Column(code="XK_NR", name="许可内容", length=4000, publicity=Publicity.SCANNED),
    Column(code="XK_JDRQ", name="许可决定日期", form=Form.DAY),
    Column(code="XK_YXQZ", name="有效期自", form=Form.DAY),
    Column(code="XK_YXQZI", name="有效期至", form=Form.DAY),
    Column(code="XK_XKJG", name="许可机关", length=255),
    Column(code="XK_XKJGDM", name="许可机关统一社会信用代码", length=18),
    Column(code="XK_ZT", name="当前状态", length=1),
    *_source("XK_LYDW", "XK_LYDWDM"),
)
"""行政许可, `domain.md` 1.1."""

PENALTY: tuple[Column, ...] = (
    *_subject("CF"),
    Column(code="CF_WSH", name="行政处罚决定书文号", length=128, aliases=("CF_CFWSH",)),
    Column(code="CF_WFXW", name="违法行为类型", length=2000, publicity=Publicity.SCANNED),
    Column(code="CF_SY", name="违法事实", length=5000, publicity=Publicity.SCANNED),
    Column(code="CF_YJ", name="处罚依据", length=2048, publicity=Publicity.SCANNED),
    Column(code="CF_CFLB", name="处罚类别", length=255),
    Column(code="CF_NR", name="处罚内容", length=4000, publicity=Publicity.SCANNED),
    Column(code="CF_NR_FK", name="罚款金额(万元)", form=Form.AMOUNT, need=Need.CONDITIONAL),
    Column(
        code="CF_NR_WFFF",
        name="没收违法所得、没收非法财物的金额(万元)",
        form=Form.AMOUNT,
        need=Need.CONDITIONAL,
    ),
    Column(
        code="CF_NR_ZKDX",
        name="暂扣或吊销证照名称及编号",
        length=200,
        need=Need.CONDITIONAL,
        publicity=Publicity.SCANNED,
    ),
    Column(code="CF_JDRQ", name="处罚决定日期", form=Form.DAY),
    Column(code="CF_YXQ", name="处罚有效期", form=Form.DAY),
    Column(code="CF_GSJZQ", name="公示截止期", form=Form.DAY, need=Need.NEVER),
    Column(code="CF_CFJG", name="处罚机关", length=255),
    Column(code="CF_CFJGDM", name="处罚机关统一社会信用代码", length=18),
    *_source("CF_SJLY", "CF_SJLYDM"),
)
"""行政处罚, `domain.md` 1.2."""

TEMPLATES: Mapping[Kind, Mapping[str, Column]] = MappingProxyType(
    {
        Kind.LICENCE: MappingProxyType({column.code: column for column in LICENCE}),
        Kind.PENALTY: MappingProxyType({column.code: column for column in PENALTY}),
    }
)
"""Kind → official code → column, in the template's order."""
