"""Schemas of what the review makes of an event before any portal, and of what it remembers."""

from schemas.parts import DAY, TEXTS, Json, enum, field, head, maybe, origin, record
from streams.domain.revising import Standing
from streams.domain.stages import Cause, Ground, Kind, Severity


def _finding() -> Json:
    return record(
        "Finding",
        "One thing wrong with a decision",
        [
            field("code", "string", "问题代码"),
            field("column", "string", "官方列代码 · empty where the whole record is meant"),
            field(
                "severity", enum("Severity", list(Severity), "严重程度"), "error refuses, warning does not"
            ),
            field("message", "string", "原因和改法 · Chinese, quotes no value"),
        ],
    )


def rejected() -> Json:
    """Return the schema of `decision.rejected`."""
    kind = enum("Kind", list(Kind), "决定种类")
    return record(
        "Rejected",
        "A decision sent back with everything that is wrong with it. Restricted.",
        [
            *head(),
            maybe("kind", kind, "licence 行政许可, penalty 行政处罚; null when unreadable"),
            field("department_code", "string", "决定机关统一社会信用代码 · empty when unknown"),
            maybe("decided_on", DAY, "决定日期 · day"),
            maybe("due_on", DAY, "公示期限 · day"),
            field("findings", {"type": "array", "items": _finding()}, "全部问题"),
            origin(),
        ],
    )


def withheld() -> Json:
    """Return the schema of `decision.withheld`."""
    ground = enum("Ground", [g.name for g in Ground], "不予公开理由")
    return record(
        "Withheld",
        "A decision that the law forbids to publish. Restricted.",
        [
            *head(),
            field("kind", enum("Kind", list(Kind), "决定种类"), "licence 行政许可, penalty 行政处罚"),
            field("department", "string", "责任部门名称"),
            field("department_code", "string", "责任部门统一社会信用代码"),
            field("decided_on", DAY, "决定日期 · day"),
            field("ground", ground, "不予公开理由"),
            field("basis", "string", "法律依据"),
            origin(),
        ],
    )


def held() -> Json:
    """Return the schema of `decision.held`."""
    kind = enum("Kind", list(Kind), "决定种类")
    return record(
        "Held",
        "A decision that a person must look at before it may be public. Restricted.",
        [
            *head(),
            field("kind", kind, "licence 行政许可, penalty 行政处罚"),
            field("department", "string", "责任部门名称"),
            field("department_code", "string", "责任部门统一社会信用代码"),
            field("decided_on", DAY, "决定日期 · day"),
            field("due_on", DAY, "公示期限 · day; it runs on"),
            field("signs", {"type": "array", "items": _finding()}, "转人工审核的原因"),
            origin(),
        ],
    )


def unchanged() -> Json:
    """Return the schema of `decision.unchanged`."""
    cause = enum("Cause", list(Cause), "原因")
    doc = (
        "same_event 同一事件重复到达, same_content 内容与已公示的相同, overtaken 已有更新的修订, "
        "not_published 撤销时没有平台在公示"
    )
    return record(
        "Unchanged",
        "An accepted event after which nothing has to happen at any portal.",
        [*head(), field("cause", cause, doc)],
    )


def masked() -> Json:
    """Return the schema of `decision.masked`."""
    places = [
        field("column", "string", "官方列代码"),
        field("start", "int", "起始位置 · character of the value as handed in, from 0"),
        field("end", "int", "结束位置 · exclusive"),
        field("kind", "string", "个人信息种类, or the column's code where the whole column is masked"),
        field("reason", "string", "识别依据 · name of the rule that found it"),
    ]
    return record(
        "Masking",
        "Where one event was masked before publication: places and kinds, never the text. Restricted.",
        [
            *head(),
            field("places", {"type": "array", "items": record("Place", "脱敏位置", places)}, "全部位置"),
        ],
    )


def register() -> Json:
    """Return the schema of `decision.register`."""
    standing = enum("Standing", list(Standing), "状态")
    return record(
        "Entry",
        "What the review knows of one decision, for judging its next event; its partition is that of the"
        " decision's submissions. Restricted.",
        [
            *head(),
            field("sent", "long", "已发修订号 · the highest revision that left for a portal, 0 before"),
            field(
                "standing",
                standing,
                "published 公示, withheld 不予公开, withdrawn 已撤销, held 待审, returned 退回",
            ),
            field("portals", TEXTS, "现有公示平台 · portal ids"),
            field("digest", "bytes", "内容摘要 · BLAKE2b of what it says, keyed where a key is set"),
        ],
    )
