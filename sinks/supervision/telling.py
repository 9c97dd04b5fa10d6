"""A month's report for programs: JSON with whole numbers beside every rate."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import orjson

from sinks.supervision.words import KINDS, OFFICIAL, by_whom, official, title
from streams.domain.supervision.definitions import COUNTING, DEADLINE, DEFINITIONS
from streams.domain.supervision.figures import Distribution, Figures, Rate
from streams.domain.supervision.report import (
    DepartmentReport,
    FindingLine,
    GapLine,
    ItemReport,
    LateLine,
    Part,
    Report,
    TrendPoint,
)

RATES = ("timeliness", "late_reporting", "accuracy", "completeness", "concealment")


def json_of(report: Report) -> bytes:
    """Return the report as JSON, with a line's end; the same report gives the same bytes."""
    return orjson.dumps(told(report), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def told(report: Report) -> Mapping[str, Any]:
    """Return the report in plain values."""
    return {
        "month": str(report.month),
        "title": title(report),
        "standing": report.standing,
        "last_due": report.last_due,
        "counts_first_day": report.counts_first_day,
        "catalogue": report.catalogue,
        "deadline": DEADLINE,
        "counting": COUNTING[report.counts_first_day],
        "definitions": [asdict(one) for one in DEFINITIONS],
        "monthly": [row for one in report.departments for row in _monthly(one)],
        "total": _part(report.both),
        "kinds": [_part(part) for part in report.kinds],
        "trend": _trend(report.trend),
        "departments": [_department(one) for one in report.departments],
        "items": [_item(one) for one in report.items],
        "findings": [_finding(one) for one in report.findings],
        "gaps": [_gap(one) for one in report.gaps],
        "absent": [asdict(one) for one in report.absent],
        "late": [_late(one) for one in report.late],
        "late_in_all": report.late_in_all,
    }


def _monthly(one: DepartmentReport) -> list[dict[str, Any]]:
    about = {"部门": one.name, "统一社会信用代码": one.code}
    return [
        {**about, "类型": KINDS[part.kind], **dict(zip(OFFICIAL, official(part, problems), strict=True))}
        for part, problems in ((one.both, one.problems), *((part, ()) for part in one.kinds))
    ]


def _department(one: DepartmentReport) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "rank": one.rank,
        **_part(one.both),
        "kinds": [_part(part) for part in one.kinds],
        "trend": _trend(one.trend),
        "problems": one.problems,
    }


def _part(part: Part) -> dict[str, Any]:
    told = _figures(part.figures, part.distribution)
    return {"kind": part.kind, "declared": part.declared, "basis": part.basis, **told}


def _figures(figures: Figures, distribution: Distribution) -> dict[str, Any]:
    rates = {name: _rate(getattr(figures, name)) for name in RATES}
    days = {str(day): count for day, count in distribution.days.items()}
    counts = {"due": figures.due, "unreported": figures.unreported}
    return {**asdict(figures), **counts, **rates, "working_days": days}


def _rate(rate: Rate) -> dict[str, Any]:
    percent = rate.percent
    return {"part": rate.part, "whole": rate.whole, "percent": None if percent is None else str(percent)}


def _trend(points: tuple[TrendPoint, ...]) -> list[dict[str, Any]]:
    return [{"month": str(one.month), "timeliness": _rate(one.timeliness)} for one in points]


def _item(one: ItemReport) -> dict[str, Any]:
    about = {"department": one.department, "code": one.code, "name": one.name, "kind": one.kind}
    return {**about, **_figures(one.figures, one.distribution)}


def _finding(one: FindingLine) -> dict[str, Any]:
    return {"code": one.code, "column": one.column, "message": one.message, "rows": one.rows}


def _gap(one: GapLine) -> dict[str, Any]:
    return {
        "department_code": one.department,
        "numbers": str(one.gap),
        "first": one.gap.first,
        "last": one.gap.last,
        "count": one.gap.count,
        "jump": one.gap.jumps,
    }


def _late(one: LateLine) -> dict[str, Any]:
    return {
        "department_code": one.department,
        "document_number": one.document_number,
        "kind": one.kind,
        "due_on": one.due_on,
        "published_on": one.published_on,
        "late_by": one.lateness.party,
        "held": one.lateness.held,
        "portals": one.lateness.portals,
        "told": by_whom(one.lateness),
    }
