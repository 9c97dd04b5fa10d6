"""Columns of the 2016 template (国发〔2016〕33号, `domain.md` 1.5) and what became of them in 2018."""

from collections.abc import Mapping
from types import MappingProxyType

from streams.domain.stages import Kind

SUCCESSORS: Mapping[Kind, Mapping[str, str]] = MappingProxyType(
    {
        Kind.LICENCE: MappingProxyType(
            {
                **dict.fromkeys(("XK_XDR", "XK_XDRMC"), "XK_XDR_MC"),
                **dict.fromkeys(("XK_XMMC", "项目名称"), "XK_XKWS"),
                **dict.fromkeys(("XK_SPLB", "审批类别"), "XK_XKLB"),
                **dict.fromkeys(("XK_JZQ", "许可截止期"), "XK_YXQZI"),
                **dict.fromkeys(("XK_XZJG", "许可机关"), "XK_XKJG"),
                "XK_XDR_ZDM": "XK_XDR_ZZJG",
                "XK_XDR_GSDJ": "XK_XDR_GSZC",
            }
        ),
        Kind.PENALTY: MappingProxyType(
            {
                **dict.fromkeys(("CF_CFMC", "CF_AJMC", "处罚名称", "案件名称"), "CF_WFXW"),
                **dict.fromkeys(("CF_CFLB1", "CF_CFLB2", "处罚类别1", "处罚类别2"), "CF_CFLB"),
                **dict.fromkeys(("CF_JG", "处罚结果"), "CF_NR"),
                "处罚事由": "CF_SY",
                **dict.fromkeys(("CF_XZJG", "处罚机关"), "CF_CFJG"),
                **dict.fromkeys(("CF_JZRQ", "处罚截止期"), "CF_YXQ"),
                "CF_XDR_ZDM": "CF_XDR_ZZJG",
                "CF_XDR_GSDJ": "CF_XDR_GSZC",
            }
        ),
    }
)
"""Old code or header → the column that holds the same now."""

PERSONAL = ("XK_XDR_SFZ", "CF_XDR_SFZ", "居民身份证号")
"""The subject's own number on a natural person's row, the legal representative's on the others."""

WITHOUT_SUCCESSOR: Mapping[str, str] = MappingProxyType(
    {
        "DFBM": "地方编码",
        "SJC": "数据更新时间戳",
        "GSQX": "公示期限",
        "CF_ZT": "当前状态",
        "CF_AREACODE": "地方编码",
        "XK_AREACODE": "地方编码",
        "XK_BM": "权力编码",
        "CF_BM": "权力编码",
        "XK_GSJZQ": "公示截止期",
    }
)
"""Old code → its header; what the templates of 2018 dropped."""

RANGES = ("XK_SYFW", "CF_SYFW")
"""适用范围 of 2016: 0 公示, 1 仅政府部门内部共享, 2 仅可授权查询."""

STATUS = "CF_ZT"
"""当前状态 of 2016: 0 正常, 1 撤销, 2 异议, 3 其他."""
