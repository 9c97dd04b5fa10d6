"""Alertmanager's API: an alert for each step of a decision, ended by the next step or when it is public."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import orjson

from sinks.notices.posting import Poster
from sinks.notices.wording import STEP_NAMES, sentence, step_name, title
from sinks.ports import Answer
from streams.domain.events import Alert, AlertKind

LASTS = timedelta(days=366)
"""How long an alert is shown unless it is ended: Alertmanager would else forget it after minutes."""
SEVERITY = {AlertKind.DUE_SOON: "info", AlertKind.DUE_TODAY: "warning", AlertKind.OVERDUE: "critical"}


class AlertmanagerChannel:
    """Posts to `<url>/api/v2/alerts`, which takes the same alert any number of times."""

    most = 500

    def __init__(self, url: str) -> None:
        """Take Alertmanager's address, such as `http://alertmanager:9093`."""
        self._poster = Poster(f"{url.rstrip('/')}/api/v2/alerts")

    async def send(self, alerts: Sequence[Alert]) -> Sequence[Answer]:
        """Try once, all together; see `Channel.send`."""
        body = orjson.dumps([one for alert in alerts for one in _posted(alert)])
        answer = await self._poster.post(body)
        return [answer] * len(alerts)

    async def close(self) -> None:
        """Let go of connections."""
        await self._poster.close()


def _posted(alert: Alert) -> list[dict[str, Any]]:
    """Return the alert of this step, and the ends of those before it; labels name no person."""
    said = step_name(alert.kind, alert.days_past)
    if alert.kind is AlertKind.RESOLVED:
        return [_one(alert, step, ended=alert.raised_at) for step in STEP_NAMES]
    earlier = STEP_NAMES[: STEP_NAMES.index(said)]
    return [*(_one(alert, step, ended=alert.raised_at) for step in earlier), _one(alert, said)]


def _one(alert: Alert, step: str, *, ended: datetime | None = None) -> dict[str, Any]:
    kind = AlertKind(step.partition("+")[0])
    one = {
        "labels": {
            "alertname": "GongshiDecisionNotPublic",
            "severity": SEVERITY[kind],
            "step": step,
            "department_code": alert.department_code,
            "decision": str(uuid5(NAMESPACE_URL, f"gongshi:{alert.key}|{alert.due_on.isoformat()}")),
        },
        "annotations": {
            "summary": title(alert.kind, alert.days_past),
            "description": sentence(alert),
            "addressee": alert.addressee.value,
        },
        "endsAt": (ended or alert.raised_at + LASTS).isoformat(),
    }
    return one if ended else {**one, "startsAt": alert.raised_at.isoformat()}
