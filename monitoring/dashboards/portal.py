"""How each portal takes what is brought to it."""

from typing import Any

from monitoring.dashboards.panels import (
    BAD,
    WORTH_A_LOOK,
    dashboard,
    lines,
    organized,
    per_minute,
    quantile,
    stat,
    table,
    variable,
)

NOT_WELL = 'gongshi_portal_condition{portal=~"$portal", condition!="closed"}'
CHOSEN = '{portal=~"$portal"}'


def _slow(share: float) -> str:
    return quantile(share, "gongshi_delivery_duration_seconds", "portal", CHOSEN)


def board() -> dict[str, Any]:
    """Return the dashboard."""
    rows = {
        "一览": (
            stat(
                "未正常工作的平台",
                f"count(max by (portal) ({NOT_WELL}) > 0) or vector(0)",
                "连续失败、试探中或已停用",
                from_on={1: BAD},
            ),
            stat("待推送", f"sum(max by (portal) (gongshi_delivery_backlog{CHOSEN})) or vector(0)"),
            stat(
                "最早一条的等待时间",
                f"max(gongshi_delivery_oldest_age_seconds{CHOSEN}) or vector(0)",
                unit="s",
                from_on={3600: WORTH_A_LOOK, 86400: BAD},
            ),
            stat(
                "拒收",
                f"sum(max by (portal) (gongshi_dead_letters{CHOSEN})) or vector(0)",
                from_on={1: WORTH_A_LOOK},
            ),
            stat(
                "停用进度",
                f"max(gongshi_portal_way_off_ratio{CHOSEN}) or vector(0)",
                "持续故障到 100% 时自动停用",
                unit="percentunit",
                from_on={0.5: WORTH_A_LOOK, 0.9: BAD},
            ),
            stat(
                "台账事件等待 Kafka",
                "max(gongshi_outgoing_oldest_age_seconds) or vector(0)",
                unit="s",
                from_on={60: WORTH_A_LOOK, 600: BAD},
            ),
        ),
        "推送": (
            lines(
                "推送结果(次/分)",
                (
                    per_minute("gongshi_delivery_attempts_total", "portal, verdict", CHOSEN),
                    "{{portal}} {{verdict}}",
                ),
            ),
            lines("待推送(条)", (f"max by (portal) (gongshi_delivery_backlog{CHOSEN})", "{{portal}}")),
            lines(
                "最早一条待推送的等待时间",
                (f"max by (portal) (gongshi_delivery_oldest_age_seconds{CHOSEN})", "{{portal}}"),
                unit="s",
            ),
            lines("响应时间(中位数)", (_slow(0.5), "{{portal}}"), unit="s"),
            lines("响应时间(95%)", (_slow(0.95), "{{portal}}"), unit="s"),
            lines("拒收(条)", (f"max by (portal) (gongshi_dead_letters{CHOSEN})", "{{portal}}")),
        ),
        "状态": (
            table(
                "平台状态",
                f"max by (portal, condition) (gongshi_portal_condition{CHOSEN}) > 0",
                transformations=(organized({"portal": "平台", "condition": "状态"}, "Value"),),
            ),
            table(
                "证书剩余(天)",
                "(min by (endpoint) (gongshi_certificate_expiry_timestamp_seconds) - time()) / 86400",
                description="intake 是本系统的报送接口",
                transformations=(organized({"endpoint": "地址", "Value": "天"}),),
            ),
        ),
        "公示专栏": (
            lines(
                "访问(次/分)",
                (
                    per_minute("gongshi_site_requests_total", "route, status"),
                    "{{route}} {{status}}",
                ),
                width=12,
            ),
            lines(
                "答复时间(95%)",
                (
                    quantile(0.95, "gongshi_site_request_duration_seconds", "route"),
                    "{{route}}",
                ),
                unit="s",
                width=12,
            ),
        ),
    }
    chosen = variable("portal", "平台", "label_values(gongshi_portal_condition, portal)")
    return dashboard("portal", "公示 平台", rows, chosen)
