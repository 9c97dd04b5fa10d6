"""Writes `schemas/avro/*.avsc` from the tables of the domain: `python -m schemas.build`."""

import json
from pathlib import Path

from schemas.catalogue import catalogue_entry
from schemas.outcomes import held, masked, register, rejected, unchanged, withheld
from schemas.parts import AMOUNT, DAY, MOMENT, Json
from schemas.parts import enum as _enum
from schemas.parts import field as _field
from schemas.parts import head as _head
from schemas.parts import maybe as _maybe
from schemas.parts import origin as _origin
from schemas.parts import record as _record
from streams.domain.columns import LICENCE, PENALTY, Column, Form, Publicity
from streams.domain.events import Addressee, AlertKind
from streams.domain.stages import Action, Ground, Kind, Ruling, SubjectClass

FOLDER = Path(__file__).parent / "avro"


def _column(column: Column, *, typed: bool) -> Json:
    unit = {Form.DAY: "day", Form.AMOUNT: "万元", Form.TEXT: f"text, at most {column.length} characters"}
    doc = f"{column.name} · official code {column.code} · {unit[column.form]}"
    if column.publicity is Publicity.MASKED and typed:
        doc += " · its middle is masked on portals"
    form = {Form.DAY: DAY, Form.AMOUNT: AMOUNT, Form.TEXT: "string"}[column.form] if typed else "string"
    return _maybe(column.code, form, doc)


def _columns(prefix: str, *, typed: bool, public: bool) -> list[Json]:
    names = {"Licence": (LICENCE, "行政许可", Kind.LICENCE), "Penalty": (PENALTY, "行政处罚", Kind.PENALTY)}
    fields = []
    for name, (columns, chinese, kind) in names.items():
        kept = [c for c in columns if not (public and c.publicity is Publicity.RESTRICTED)]
        record = _record(
            f"{prefix}{name}",
            f"{chinese}: the official columns, null where empty",
            [_column(column, typed=typed) for column in kept],
        )
        fields.append(_maybe(str(kind), record, f"Columns of a {kind} ({chinese}); null for the other kind"))
    return fields


def _action_and_kind() -> list[Json]:
    return [
        _field("action", _enum("Action", list(Action), "动作"), "publish 公示, correct 更正, withdraw 撤回"),
        _field("kind", _enum("Kind", list(Kind), "决定种类"), "licence 行政许可, penalty 行政处罚"),
    ]


def _released(name: str, doc: str, *, public: bool) -> Json:
    classes = _enum("SubjectClass", [c.name for c in SubjectClass], "行政相对人类别")
    fields = [
        *_head(),
        *_action_and_kind(),
        _field(
            "subject_class", classes, "行政相对人类别 · LEGAL 法人, NATURAL 自然人, INDIVIDUAL_BUSINESS 个体"
        ),
        _field("department", "string", "责任部门名称"),
        _field("department_code", "string", "责任部门统一社会信用代码"),
        _field("region", "string", "行政区划代码 · six digits, GB/T 2260"),
        _field("item", "string", "目录事项编码 · empty when the catalogue has none"),
        _field("decided_on", DAY, "决定日期 · day"),
        _field("due_on", DAY, "公示期限 · last day on which it must be public"),
        _field("reason", "string", "更正或撤回的原因 · empty for a first publication"),
    ]
    if public:
        fields.append(_field("portals", {"type": "array", "items": "string"}, "公示平台 · portal ids"))
        masked = {"type": "map", "values": "int"}
        fields.append(
            _field("masked", masked, "脱敏处数 · kind of personal data → places masked", default={})
        )
    fields += [
        _maybe(
            "public_until", DAY, "公示截止 · last day on which it may be public, null where no rule ends it"
        ),
        _field("objection", "boolean", "异议 · whether an objection to it is open", default=False),
    ]
    prefix = "Public" if public else "Shared"
    return _record(name, doc, fields + _columns(prefix, typed=True, public=public))


def _review() -> Json:
    fields = [
        _field(
            "ruling",
            _enum("Ruling", list(Ruling), "审核结论"),
            "approve 公示, withhold 不予公开, return 退回",
        ),
        _field("held", "string", "所审事件编号 · the event that was held"),
        _field("by", "string", "审核人"),
        _field("at", MOMENT, "审核时间 · milliseconds since 1970, UTC"),
        _field("reason", "string", "审核意见"),
    ]
    return _record("Review", "What a person has ruled of a held decision", fields)


def _submitted() -> Json:
    ground = _enum("Ground", [g.name for g in Ground], "不予公开理由")
    return _record(
        "Submitted",
        "A decision as a department handed it in, as typed. Restricted: holds personal data.",
        [
            *_head(),
            *_action_and_kind(),
            _maybe("ground", ground, "不予公开理由 · declared ground to withhold"),
            _field("reason", "string", "更正或撤回的原因", default=""),
            _origin(),
            _field("submitted_at", MOMENT, "报送时间 · milliseconds since 1970, UTC"),
            *_columns("", typed=False, public=False),
            _field("other", {"type": "map", "values": "string"}, "非标准列 · header → text", default={}),
            _maybe("review", _review(), "人工审核 · null for what a department hands in"),
        ],
    )


def _receipt() -> Json:
    return _record(
        "Receipt",
        "A portal has accepted one revision of a decision.",
        [
            *_head(),
            _field("decision_event_id", "string", "所送事件编号"),
            _field("portal", "string", "公示平台"),
            _field("action", _enum("Action", list(Action), "动作"), "what was accepted"),
            _field("status", "int", "平台应答码 · HTTP status, 0 for a protocol without one"),
            _field("remote_id", "string", "平台记录编号 · empty when it gives none"),
            _field("attempts", "int", "投递次数"),
            _field("accepted_at", MOMENT, "接收时间 · milliseconds since 1970, UTC"),
        ],
    )


def _alert() -> Json:
    return _record(
        "Alert",
        "The deadline agent's word on a decision.",
        [
            *_head()[:2],
            _field(
                "kind",
                _enum("AlertKind", list(AlertKind), "预警类型"),
                "due_soon 临期, due_today 今日到期, overdue 超期, resolved 解除",
            ),
            _field("department", "string", "责任部门名称"),
            _field("department_code", "string", "责任部门统一社会信用代码"),
            _field("responsible", "string", "责任科室和责任人"),
            _maybe("decided_on", DAY, "决定日期 · day"),
            _field("due_on", DAY, "公示期限 · day"),
            _field("portals", {"type": "array", "items": "string"}, "尚未接收的平台 · portal ids"),
            _field("raised_at", MOMENT, "预警时间 · milliseconds since 1970, UTC"),
            _field("days_past", "int", "超期工作日 · after which this is said: 0, 1, 3 or 7", default=0),
            _field(
                "addressee",
                _enum("Addressee", list(Addressee), "预警对象"),
                "responsible 责任人, head 部门负责人, supervisor 督促检查机关",
                default=Addressee.RESPONSIBLE.value,
            ),
        ],
    )


def build() -> dict[str, Json]:
    """Return schema name → Avro schema, as the files in `schemas/avro` must stand."""
    public = "A decision as anybody may read it; the same schema on every portal.<id> topic."
    shared = "A decision in full, for 市公共信用信息平台 only. Restricted: holds personal data."
    schemas = {
        "decision.submitted": _submitted(),
        "decision.rejected": rejected(),
        "decision.withheld": withheld(),
        "decision.held": held(),
        "decision.unchanged": unchanged(),
        "decision.masked": masked(),
        "decision.register": register(),
        "portal": _released("Publication", public, public=True),
        "share.credit-platform": _released("Shared", shared, public=False),
        "publication.receipt": _receipt(),
        "deadline.alert": _alert(),
        "catalogue.entry": catalogue_entry(),
    }
    return {name: {"namespace": "gongshi", **schema} for name, schema in schemas.items()}


def text_of(schema: Json) -> str:
    """Return the text of a schema's file."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name, schema in build().items():
        (FOLDER / f"{name}.avsc").write_text(text_of(schema), encoding="utf-8")
