"""The page that tells what will be late, and on which day."""

from typing import Any

from monitoring.dashboards.panels import (
    BAD,
    WORTH_A_LOOK,
    dashboard,
    lines,
    named,
    organized,
    override,
    stat,
    table,
)

BY_DAY = "sum by (working_days_left) (max by (department, working_days_left) (gongshi_decisions_open))"
WHICH_DAY = "1000 * max by (working_days_left) (gongshi_working_day_timestamp_seconds)"
MATRIX = {"rowField": "name", "columnField": "working_days_left", "valueField": "Value"}
COLUMNS = {"name\\working_days_left": "部门", "overdue": "已超期", "0": "今天"}
AHEAD = {str(number): f"{number} 个工作日后" for number in range(1, 8)}


def _open(days: str) -> str:
    return f"sum(max by (department, working_days_left) (gongshi_decisions_open{{{days}}})) or vector(0)"


def board() -> dict[str, Any]:
    """Return the dashboard."""
    rows = {
        "一览": (
            stat(
                "超期未公示",
                _open('working_days_left="overdue"'),
                "已过 7 个工作日仍未在全部平台公示",
                from_on={1: BAD},
            ),
            stat("今天到期", _open('working_days_left="0"'), "今天结束前须公示", from_on={1: BAD}),
            stat("两个工作日内到期", _open('working_days_left=~"1|2"'), from_on={1: WORTH_A_LOOK}),
            stat(
                "最久的待人工审核",
                "max(gongshi_held_oldest_age_seconds) or vector(0)",
                unit="s",
                from_on={3600: WORTH_A_LOOK, 86400: BAD},
            ),
            stat(
                "平台拒收",
                "sum(max by (portal) (gongshi_dead_letters)) or vector(0)",
                "等待人工处理的死信",
                from_on={1: WORTH_A_LOOK},
            ),
            stat(
                "未恢复的预警",
                'count(ALERTS{alertstate="firing", alertname=~"Gongshi.*"}) or vector(0)',
                from_on={1: WORTH_A_LOOK},
            ),
        ),
        "未来七个工作日到期": (
            table(
                "哪天有多少件到期",
                BY_DAY,
                WHICH_DAY,
                description="尚未在全部平台公示的决定，按公示期限。超期的没有日期。",
                width=8,
                height=10,
                transformations=(
                    {"id": "joinByField", "options": {"byField": "working_days_left", "mode": "outer"}},
                    organized(
                        {"Value #B": "到期日", "working_days_left": "剩余工作日", "Value #A": "未公示(件)"},
                        "Time 1",
                        "Time 2",
                    ),
                ),
                overrides=(override("到期日", unit="time:M月D日 dddd"),),
            ),
            table(
                "哪个部门在哪天有多少件到期",
                named("max by (department, working_days_left) (gongshi_decisions_open)"),
                width=16,
                height=10,
                transformations=(
                    {"id": "groupingToMatrix", "options": MATRIX},
                    organized({**COLUMNS, **AHEAD}),
                ),
            ),
        ),
        "平台与进程": (
            lines("待推送(条)", ("max by (portal) (gongshi_delivery_backlog)", "{{portal}}")),
            lines(
                "最早一条待推送的等待时间",
                ("max by (portal) (gongshi_delivery_oldest_age_seconds)", "{{portal}}"),
                unit="s",
            ),
            lines(
                "未处理记录(条)",
                ("sum by (role, topic) (gongshi_consumer_lag_records)", "{{role}} {{topic}}"),
            ),
            lines("台账中的决定(件)", ("max by (status) (gongshi_decisions)", "{{status}}")),
            lines(
                "报送与退回(件/小时)",
                ("sum by (outcome) (increase(gongshi_department_decisions_total[1h]))", "{{outcome}}"),
            ),
            table(
                "进程",
                'sum by (role) (up{job="gongshi"})',
                width=4,
                transformations=(organized({"role": "角色", "Value": "在运行"}),),
            ),
            stat(
                "距上次期限检查",
                "time() - max(gongshi_deadline_last_tick_timestamp_seconds)",
                unit="s",
                from_on={120: WORTH_A_LOOK, 600: BAD},
            ),
        ),
    }
    return dashboard("overview", "公示 总览", rows)
