"""报送存在问题: what the figures of a department say, in the words of the monthly form."""

from collections.abc import Iterator, Sequence

from streams.domain.columns import TEMPLATES
from streams.domain.supervision.numbering import Gap
from streams.domain.supervision.report import FindingLine, Part

_TOLD = 3
"""Findings and gaps that are named; the rest only counted."""
KINDS = {"licence": "行政许可", "penalty": "行政处罚"}


def problems(
    both: Part, kinds: Sequence[Part], findings: Sequence[FindingLine], gaps: Sequence[Gap]
) -> Iterator[str]:
    """Yield a clause for each problem, the gravest first."""
    figures = both.figures
    if figures.overdue:
        yield f"逾期未公示 {figures.overdue} 件"
    if figures.published_late:
        yield f"超期公示 {figures.published_late} 件"
    if figures.received_late:
        yield f"迟报 {figures.received_late} 件"
    if figures.absent:
        yield f"抽查 {figures.sampled} 件，瞒报 {figures.absent} 件"
    for part in kinds:
        yield from _declared(part)
    missing = [gap for gap in gaps if not gap.jumps]
    if missing:
        yield f"缺号 {figures.missing_numbers} 个：{_some([str(gap) for gap in missing])}"
    if figures.rows_refused:
        worst = sorted(findings, key=lambda one: (-one.rows, one.code, one.column))
        told = _some([f"{_named(one.column)}（{one.code}）{one.rows} 条" for one in worst])
        yield f"退回 {figures.rows_refused} 条" + (f"：{told}" if told else "")
    declared_none = all(part.declared for part in kinds) and not figures.produced
    if not figures.reported and not figures.before_go_live and not declared_none:
        yield "本月零报送"


def _declared(part: Part) -> Iterator[str]:
    figures, kind = part.figures, KINDS.get(part.kind, part.kind)
    if not part.declared:
        if figures.reported:
            yield f"{kind}未申报产生数量"
        return
    short = figures.produced - figures.excused - figures.reported
    if short > 0:
        yield f"{kind}漏报 {short} 件"
    if figures.reported > figures.produced:
        yield f"{kind}报送比申报的产生数量多 {figures.reported - figures.produced} 件"
    if figures.excused and not part.basis:
        yield f"{kind}有 {figures.excused} 件未注明未报送依据"


def _named(column: str) -> str:
    return next((known[column].name for known in TEMPLATES.values() if column in known), column or "整条")


def _some(texts: Sequence[str]) -> str:
    told = "、".join(texts[:_TOLD])
    return told + (" 等" if len(texts) > _TOLD else "")
