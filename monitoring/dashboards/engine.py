"""How the review moves, and how the processes and what is around them are doing."""

from typing import Any

from monitoring.dashboards.panels import (
    BAD,
    WORTH_A_LOOK,
    dashboard,
    lines,
    organized,
    per_minute,
    per_second,
    quantile,
    stat,
    table,
    variable,
)

CHOSEN = '{role=~"$role"}'


def _batch(share: float) -> str:
    return quantile(share, "gongshi_batch_duration_seconds", "role", CHOSEN)


def board() -> dict[str, Any]:
    """Return the dashboard."""
    rows = {
        "审核": (
            lines(
                "读入(条/秒)",
                (per_second("gongshi_batch_records_sum", "role", CHOSEN), "{{role}}"),
            ),
            lines(
                "各环节结果(条/秒)",
                (
                    per_second("gongshi_stage_decisions_total", "stage, outcome"),
                    "{{stage}} {{outcome}}",
                ),
            ),
            lines(
                "积压(条)",
                (f"sum by (role, topic) (gongshi_consumer_lag_records{CHOSEN})", "{{role}} {{topic}}"),
            ),
            lines("批次耗时", (_batch(0.5), "{{role}} 中位数"), (_batch(0.95), "{{role}} 95%"), unit="s"),
            lines(
                "批次大小(条)",
                (
                    per_second("gongshi_batch_records_sum", "role", CHOSEN)
                    + " / "
                    + per_second("gongshi_batch_records_count", "role", CHOSEN),
                    "{{role}}",
                ),
            ),
            lines(
                "事务中止(次/分)",
                (
                    per_minute("gongshi_transaction_aborts_total", "role, reason", CHOSEN) + " or vector(0)",
                    "{{role}} {{reason}}",
                ),
            ),
            lines(
                "脱敏处数(处/分)",
                (per_minute("gongshi_masked_total", "kind"), "{{kind}}"),
            ),
            lines(
                "消费位置前进(条/秒)",
                (
                    per_second("gongshi_consumer_committed_offset", "role, topic", CHOSEN),
                    "{{role}} {{topic}}",
                ),
            ),
        ),
        "预警": (
            lines(
                "期限预警发送(次/分)",
                (
                    per_minute("gongshi_notices_total", "channel, verdict") + " or vector(0)",
                    "{{channel}} {{verdict}}",
                ),
            ),
            lines(
                "期限预警等待发送(条)",
                ("max by (channel) (gongshi_notices_waiting) or vector(0)", "{{channel}}"),
            ),
            stat(
                "节假日安排还可用",
                "min(gongshi_calendar_known_until_timestamp_seconds) - time()",
                unit="s",
            ),
            table(
                "节假日安排已知",
                "min by (year) (gongshi_calendar_year_known)",
                width=4,
                transformations=(organized({"year": "年份", "Value": "已知"}),),
            ),
        ),
        "进程与环境": (
            lines(
                "内存",
                ('process_resident_memory_bytes{job="gongshi", role=~"$role"}', "{{role}} {{instance}}"),
                unit="bytes",
            ),
            lines(
                "处理器(核)",
                (
                    'rate(process_cpu_seconds_total{job="gongshi", role=~"$role"}[$__rate_interval])',
                    "{{role}} {{instance}}",
                ),
            ),
            lines(
                "磁盘剩余",
                ("min by (place) (gongshi_disk_free_bytes / gongshi_disk_size_bytes)", "{{place}}"),
                unit="percentunit",
            ),
            lines(
                "时钟偏差",
                ("max by (role, against) (abs(gongshi_clock_skew_seconds))", "{{role}} {{against}}"),
                unit="s",
            ),
            table(
                "版本",
                f"count by (role, version, python) (gongshi_build_info{CHOSEN})",
                transformations=(
                    organized({"role": "角色", "version": "版本", "python": "Python", "Value": "进程"}),
                ),
            ),
            stat(
                "最小的磁盘剩余", "min(gongshi_disk_free_bytes / gongshi_disk_size_bytes)", unit="percentunit"
            ),
            stat(
                "最大的时钟偏差",
                "max(abs(gongshi_clock_skew_seconds))",
                unit="s",
                from_on={2: WORTH_A_LOOK, 5: BAD},
            ),
        ),
    }
    return dashboard(
        "engine", "公示 引擎", rows, variable("role", "角色", "label_values(gongshi_build_info, role)")
    )
