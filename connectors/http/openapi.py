"""The OpenAPI 3.1 document, made of the tables that the program itself goes by."""

from collections.abc import Mapping
from typing import Any

from connectors.decisions import EXTRA
from connectors.http.problems import MEDIA_TYPE
from connectors.http.uploads import FORM, FORMATS
from streams.domain import envelope
from streams.domain.columns import TEMPLATES, Form
from streams.domain.stages import Action, Ground, Kind

Json = dict[str, Any]

_STATUSES = {
    400: "请求体不完整、无法读取，或 Idempotency-Key 不合规",
    401: "没有令牌，或令牌无效",
    403: "令牌所属部门不在目录中，或所报全部是其他部门的决定",
    404: "没有这件决定，或不是本部门的",
    408: "上传超时",
    409: "同一 Idempotency-Key 的请求正在办理",
    413: "请求体过大",
    415: "不支持的格式",
    422: "没有一条可以受理(逐条说明见 rows)，或 Idempotency-Key 已用于其他内容",
    429: "请求过于频繁；见 Retry-After",
    500: "系统故障；instance 中的编号供运维人员查找",
    503: "系统繁忙或暂时不可用，没有确认受理；见 Retry-After",
}
_RETRIED = (409, 429, 503)
_NAMES: Mapping[Kind, str] = {Kind.LICENCE: "Licence", Kind.PENALTY: "Penalty"}


def document(version: str) -> Json:
    """Return the document of this version."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "双公示报送接口",
            "version": version,
            "description": "各部门的系统报送行政许可、行政处罚决定，并查询每件决定的全过程。",
        },
        "security": [{"token": []}],
        "paths": {
            "/v1/decisions": {"post": _hand_in()},
            "/v1/decisions/{key}": {"get": _path()},
            "/v1/openapi.json": {"get": _open("本文件", "application/json")},
            "/healthz": {"get": _open("进程是否正常", "application/json", 503)},
            "/readyz": {"get": _open("是否可以受理报送", "application/json", 503)},
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }


def _hand_in() -> Json:
    file = {"type": "string", "contentMediaType": "application/octet-stream"}
    one = {"anyOf": [_ref(name) for name in _NAMES.values()]}
    many = {"type": "array", "items": one}
    wrapped = {"type": "object", "required": ["decisions"], "properties": {"decisions": many}}
    content: Json = {media_type: {"schema": {"type": "string"}} for media_type in FORMATS}
    content["application/json"] = {"schema": {"anyOf": [one, many, wrapped]}}
    content[FORM] = {
        "schema": {"type": "object", "required": ["file"], "properties": {"file": file}},
    }
    return {
        "operationId": "handIn",
        "summary": "报送一件或多件决定，或上传一个表格",
        "parameters": [
            {
                "name": "Idempotency-Key",
                "in": "header",
                "description": "每次报送用一个新的 UUID，重试时不变。72 小时内同一内容只办一次，答复相同。",
                "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
            }
        ],
        "requestBody": {"required": True, "content": content},
        "responses": {
            "202": _answer("消息队列已确认收到；退回的行见 rows", "application/json", _ref("Told")),
            **_problems(400, 401, 403, 408, 409, 413, 415, 422, 429, 500, 503),
        },
    }


def _path() -> Json:
    return {
        "operationId": "path",
        "summary": "一件决定的全过程",
        "parameters": [
            {
                "name": "key",
                "in": "path",
                "required": True,
                "description": "决定标识(报送答复中的 key)、文书号或 event_id，须作 URL 编码。",
                "schema": {"type": "string"},
            }
        ],
        "responses": {
            "200": _answer(
                "同一文书号可能有几件决定", "application/json", {"type": "array", "items": _ref("Path")}
            ),
            **_problems(401, 403, 404, 429, 500, 503),
        },
    }


def _open(summary: str, media_type: str, *statuses: int) -> Json:
    about = {"type": "object"}
    answers = {str(status): _answer(summary, media_type, about) for status in (200, *statuses)}
    return {"summary": summary, "security": [], "responses": answers}


def _problems(*statuses: int) -> Json:
    made: Json = {}
    for status in statuses:
        made[str(status)] = _answer(_STATUSES[status], MEDIA_TYPE, _ref("Problem"))
        if status in _RETRIED:
            retry = {"description": "多少秒后再试", "schema": {"type": "integer"}}
            made[str(status)]["headers"] = {"Retry-After": retry}
    return made


def _answer(description: str, media_type: str, schema: Json) -> Json:
    return {"description": description, "content": {media_type: {"schema": schema}}}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(required: tuple[str, ...], **properties: Json) -> Json:
    return {"type": "object", "required": list(required), "properties": properties}


def _schemas() -> Json:
    text: Json = {"type": "string"}
    number: Json = {"type": "integer"}
    flag: Json = {"type": "boolean"}
    rows = {"type": "array", "items": _ref("Row")}
    counts: dict[str, Json] = {"accepted": number, "refused": number, "rows_left_out": number, "rows": rows}
    severity = {"enum": ["error", "warning"]}
    return {
        **{name: _decision(kind) for kind, name in _NAMES.items()},
        "Finding": _object(
            ("code", "column", "severity", "message"),
            code=text,
            column=text,
            severity=severity,
            message=text,
        ),
        "Row": _object(
            ("row", "ok", "sent", "event_id", "findings"),
            row=number,
            sheet=text,
            ok=flag,
            sent=flag,
            event_id=text,
            key=text,
            findings={"type": "array", "items": _ref("Finding")},
        ),
        "Told": _object(("accepted", "refused", "rows"), **counts),
        "Problem": _object(
            ("type", "title", "status", "detail", "instance"),
            **dict.fromkeys(("type", "title", "detail", "instance"), text),
            status=number,
            **counts,
        ),
        "Path": _object(("identity", "status"), identity=text, status=text),
    }


def _decision(kind: Kind) -> Json:
    cell = {"type": ["string", "number", "null"]}
    properties: Json = {
        code: {**cell, "title": column.name, **({"format": "date"} if column.form is Form.DAY else {})}
        for code, column in TEMPLATES[kind].items()
    }
    properties |= dict.fromkeys(EXTRA[kind], cell)
    properties |= {
        "action": {"enum": list(Action), "title": envelope.ACTION},
        "reason": {**cell, "title": envelope.REASON},
        "ground": {"enum": ["", *Ground], "title": envelope.GROUND},
    }
    return {
        "type": "object",
        "properties": properties,
        "description": "列名用官方代码或中文名称均可；各列的规则见 docs/rules.md。",
    }
