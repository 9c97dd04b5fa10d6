"""What a reference portal shows the public of a decision, rightly or as it was told to misbehave."""

import sqlite3

import orjson

from sinks.reference.misbehaviour import Fault, Order
from streams.domain.stages import Action

OTHER = "（另一内容）"


def shown(row: sqlite3.Row | None, order: Order | None) -> tuple[int, bytes]:
    """Return HTTP status and JSON of a decision's public page."""
    fault = order.fault if order else None
    if row is None or fault is Fault.HIDE:
        return 404, orjson.dumps({"error": "没有这条公示信息"})
    if row["action"] == Action.WITHDRAW and fault is not Fault.KEEP:
        return 410, orjson.dumps({"error": "该信息已撤回"})
    if order is None or fault is not Fault.ALTER:
        return 200, row["body"]
    told = orjson.loads(row["body"])
    column = order.column or next(iter(told["columns"]))
    told["columns"][column] = OTHER
    return 200, orjson.dumps(told)
