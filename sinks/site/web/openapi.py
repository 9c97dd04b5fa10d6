"""The OpenAPI document of the site's JSON interface."""

from collections.abc import Mapping
from typing import Any

from sinks.site.store.criteria import Sort
from sinks.site.web.asking import LONGEST_TEXT

JSON = "application/json"
MOST = 100
"""Decisions on one page."""
_TEXT: Mapping[str, Any] = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_MOMENT = {"type": "string", "format": "date-time"}
_DAY = {"type": "string", "format": "date"}
_KIND = {"type": "string", "enum": ["licence", "penalty"]}

PARAMETERS: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "q": ({"type": "string", "maxLength": LONGEST_TEXT}, "名称、统一社会信用代码、文书号或关键词"),
    "kind": (_KIND, "决定种类：licence 行政许可，penalty 行政处罚"),
    "authority": (_TEXT, "决定机关统一社会信用代码"),
    "item": (_TEXT, "事项编码"),
    "class": (_TEXT, "处罚或许可类别，如 罚款"),
    "from": (_DAY, "决定日期自"),
    "to": (_DAY, "决定日期至"),
    "min": (_TEXT, "罚没金额自，万元"),
    "max": (_TEXT, "罚没金额至，万元"),
    "sort": (
        {"type": "string", "enum": [str(sort) for sort in Sort]},
        "排序：相关度、公示时间、决定日期、金额",
    ),
}
"""Name → schema and meaning of what a search may ask for."""

MEANINGS: Mapping[str, str] = {
    "id": "决定在本站的编号，不会改变",
    "url": "公示页面的网址",
    "number": "文书号",
    "withdrawn": "是否已撤下；已撤下的只有文书号、时间和原因",
    "updated_at": "最近更新的时间",
    "reason": "撤下原因",
    "kind": "决定种类：licence 行政许可，penalty 行政处罚",
    "natural_person": "行政相对人是否为自然人",
    "subject": "行政相对人名称，列表中自然人不显示姓名",
    "subject_code": "行政相对人统一社会信用代码",
    "authority": "决定机关",
    "authority_code": "决定机关统一社会信用代码",
    "item": "事项编码",
    "classes": "处罚或许可类别",
    "amount": "罚没金额，万元",
    "decided_on": "决定日期",
    "published_at": "首次公示的时间",
    "public_until": "公示期截止日期",
    "objection": "是否正在核实异议",
    "columns": "全部公示内容，按官方列代码",
    "history": "更正记录，只在查询单个决定时返回",
}
"""Field of a decision → its meaning."""

_STEP = {
    "type": "object",
    "required": ["action", "at", "reason", "changed"],
    "properties": {
        "action": {"type": "string", "enum": ["publish", "correct"]},
        "at": _MOMENT,
        "reason": _TEXT,
        "changed": {"type": "array", "items": _TEXT},
    },
}
_SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    "url": {"type": "string", "format": "uri"},
    "withdrawn": {"type": "boolean"},
    "updated_at": _MOMENT,
    "kind": _KIND,
    "natural_person": {"type": "boolean"},
    "classes": {"type": "array", "items": _TEXT},
    "amount": _MAYBE,
    "decided_on": _DAY,
    "published_at": _MOMENT,
    "public_until": {**_MAYBE, "format": "date"},
    "objection": {"type": "boolean"},
    "columns": {"type": "object", "additionalProperties": _TEXT},
    "history": {"type": "array", "items": _STEP},
}
_DECISION = {
    "type": "object",
    "required": ["id", "url", "number", "withdrawn", "updated_at"],
    "properties": {
        name: {**_SCHEMAS.get(name, _TEXT), "description": meaning} for name, meaning in MEANINGS.items()
    },
}
_PAGE = {
    "type": "object",
    "required": ["decisions", "count", "more_than_count", "about", "sort", "next"],
    "properties": {
        "decisions": {"type": "array", "items": {"$ref": "#/components/schemas/Decision"}},
        "count": {"type": "integer", "description": "已数到的条数"},
        "more_than_count": {"type": "boolean", "description": "实际条数是否更多"},
        "about": {"type": ["integer", "null"], "description": "更多时按抽样估计的条数"},
        "sort": _TEXT,
        "next": {**_MAYBE, "format": "uri"},
    },
}


def document(base: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of a site at that address."""
    about = "行政许可和行政处罚信息公示，免费查询"
    return {
        "openapi": "3.1.0",
        "info": {"title": "双公示专栏", "version": "1", "description": about},
        "servers": [{"url": base}],
        "paths": {
            "/api/v1/decisions": {"get": _search()},
            "/api/v1/decisions/{id}": {"get": _one()},
        },
        "components": {"schemas": {"Decision": _DECISION, "Page": _PAGE}},
    }


def _search() -> dict[str, Any]:
    return {
        "summary": "查询公示中的决定",
        "operationId": "decisions",
        "parameters": [
            *(_parameter(name, *told) for name, told in PARAMETERS.items()),
            _parameter("size", {"type": "integer", "minimum": 1, "maximum": MOST}, "每页条数"),
            _parameter("after", _TEXT, "下一页的位置，取自 next"),
        ],
        "responses": {"200": _answer("一页结果", "Page"), "400": {"description": "参数有误"}},
    }


def _one() -> dict[str, Any]:
    return {
        "summary": "一个决定的全部公示内容",
        "operationId": "decision",
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": _TEXT}],
        "responses": {"200": _answer("决定", "Decision"), "404": {"description": "没有这个决定"}},
    }


def _parameter(name: str, schema: Mapping[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": description}


def _answer(description: str, schema: str) -> dict[str, Any]:
    content = {JSON: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "content": content}
