"""How each department is doing: what it sends, what comes back, what is due."""

from typing import Any

from monitoring.dashboards.panels import (
    BAD,
    WORTH_A_LOOK,
    dashboard,
    lines,
    named,
    organized,
    per_minute,
    quantile,
    stat,
    table,
    variable,
)

COUNTED = "gongshi_department_decisions_total"
CHOSEN = '{department=~"$department"}'
REFUSED = '{department=~"$department", outcome="rejected"}'
ALL = f"sum(increase({COUNTED}{CHOSEN}[1d]))"
REJECTED = f"sum(increase({COUNTED}{REFUSED}[1d]))"
SHARE = (
    f"sum by (department) (increase({COUNTED}{REFUSED}[1d]))"
    f" / (sum by (department) (increase({COUNTED}{CHOSEN}[1d])) > 0)"
)
OPEN = f"max by (department, working_days_left) (gongshi_decisions_open{CHOSEN})"


def board() -> dict[str, Any]:
    """Return the dashboard."""
    rows = {
        "一览": (
            stat(
                "超期未公示",
                f"sum(max by (department) (gongshi_decisions_past_due{CHOSEN})) or vector(0)",
                from_on={1: BAD},
            ),
            stat(
                "即将到期",
                f"sum(max by (department) (gongshi_decisions_near_due{CHOSEN})) or vector(0)",
                from_on={1: WORTH_A_LOOK},
            ),
            stat("近一天处理(件)", f"{ALL} or vector(0)"),
            stat("近一天退回(件)", f"{REJECTED} or vector(0)"),
            stat(
                "近一天退回率",
                f"({REJECTED} / ({ALL} > 0)) or vector(0)",
                unit="percentunit",
                from_on={0.1: WORTH_A_LOOK},
            ),
        ),
        "各部门": (
            table(
                "超期未公示",
                named(f"max by (department) (gongshi_decisions_past_due{CHOSEN})"),
                transformations=(organized({"name": "部门", "department": "代码", "Value": "件"}),),
            ),
            table(
                "近一天退回率",
                named(f"({SHARE})"),
                transformations=(organized({"name": "部门", "department": "代码", "Value": "退回率"}),),
            ),
            lines(
                "未公示(件)",
                (
                    f"sum by (working_days_left) ({OPEN})",
                    "{{working_days_left}}",
                ),
                description="按剩余工作日",
            ),
            lines(
                "处理结果(件/小时)",
                (
                    f"sum by (outcome) (increase({COUNTED}{CHOSEN}[1h]))",
                    "{{outcome}}",
                ),
            ),
            lines(
                "各部门报送(件/小时)",
                (
                    f"sum by (department) (increase({COUNTED}{CHOSEN}[1h]))",
                    "{{department}}",
                ),
            ),
        ),
        "报送接口": (
            lines(
                "请求(次/分)",
                (
                    per_minute("gongshi_intake_requests_total", "route, status"),
                    "{{route}} {{status}}",
                ),
            ),
            lines(
                "答复时间(95%)",
                (
                    quantile(0.95, "gongshi_intake_request_duration_seconds", "route"),
                    "{{route}}",
                ),
                unit="s",
            ),
            lines(
                "受理与退回(行/分)",
                (per_minute("gongshi_intake_rows_total", "outcome"), "{{outcome}}"),
            ),
        ),
    }
    chosen = variable(
        "department",
        "部门",
        "query_result(max by (department, name) (gongshi_department_info))",
        '/department="(?<value>[^"]+)", name="(?<text>[^"]+)"/',
    )
    return dashboard("department", "公示 部门", rows, chosen)
