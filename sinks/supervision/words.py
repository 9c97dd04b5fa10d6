"""The words in which reports tell of a month."""

from datetime import date
from types import MappingProxyType

from streams.domain.supervision.lateness import Held, Lateness, Party
from streams.domain.supervision.report import Part, Report

KINDS = MappingProxyType({"": "合计", "licence": "行政许可", "penalty": "行政处罚"})
PARTIES = MappingProxyType({Party.DEPARTMENT: "部门", Party.PLATFORM: "本系统", Party.PORTAL: "公示平台"})
HELD = MappingProxyType(
    {
        Held.NOT_HANDED_IN: "到期时尚未报送",
        Held.REFUSED: "到期时已退回、未改正",
        Held.UNDER_REVIEW: "到期时审核未完",
        Held.AWAITS_RULING: "到期时待人工审核",
        Held.NOT_SENT: "到期时尚未送出",
        Held.NOT_TAKEN: "到期时平台未接收",
    }
)
SPANS = (
    ("当日", 0, 0),
    ("1～3", 1, 3),
    ("4～5", 4, 5),
    ("6～7", 6, 7),
    ("8～10", 8, 10),
    ("11～15", 11, 15),
    ("16～30", 16, 30),
    ("30 以上", 31, None),
)
"""Working days until publication as they are printed; JSON has each day."""
OFFICIAL = (
    "产生数量",
    "本单位公示数量",
    "报送数量",
    "未报送数量",
    "未报送依据",
    "有效入库数",
    "迟报",
    "报送存在问题",
)
"""The columns of the monthly form."""


def title(report: Report) -> str:
    """Return a report's title."""
    return f"{report.month.year}年{report.month.number}月行政许可和行政处罚“双公示”督查月报"


def standing(report: Report) -> str:
    """Return as of when a report stands."""
    if report.standing is None:
        return f"本月决定的公示期限已于{day(report.last_due)}全部届满。"
    until = f"（最晚{day(report.last_due)}届满）"
    return f"截至{day(report.standing)}，本月决定的公示期限尚未全部届满{until}，数据将有变化。"


def day(on: date) -> str:
    """Return a day as letters have it."""
    return f"{on.year}年{on.month}月{on.day}日"


def by_whom(late: Lateness) -> str:
    """Return by whom a decision is late, and why."""
    portals = f"（{'、'.join(late.portals)}）" if late.portals else ""
    return f"{PARTIES[late.party]}：{HELD[late.held]}{portals}"


def official(part: Part, problems: tuple[str, ...]) -> tuple[str | int, ...]:
    """Return a row of the monthly form, in the order of `OFFICIAL`; "" where nothing was declared."""
    figures = part.figures
    return (
        figures.produced if part.declared else "",
        figures.own_site,
        figures.reported,
        figures.unreported if part.declared else "",
        part.basis,
        figures.valid,
        figures.received_late,
        "；".join(problems),
    )
