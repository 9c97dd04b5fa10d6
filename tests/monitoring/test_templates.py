"""What people read: letters and messages as a real Alertmanager writes them for a real mail server."""

import email
import email.policy
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiosmtpd.controller import Controller

from streams.embedded.ports import free_port
from tests.monitoring.watchers import ROOT, alertmanager, routed, taking
from tests.waiting import until

LINES = {
    "summary": "credit-china 已停用，不再推送",
    "description": "因持续故障自动停用，或由人工停用；待推送的决定都保留着，公示期限照常计算。",
    "action": "确认该平台可用后执行 gongshi portals on credit-china --by 姓名。",
    "runbook_url": "docs/runbooks/GongshiPortalOff.md",
}


class Post:
    """Keeps the letters that come."""

    def __init__(self) -> None:
        self.letters: list[email.message.EmailMessage] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- its name
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.letters.append(letter)  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def post() -> Iterator[tuple[Post, int]]:
    """Give a mail server that listens."""
    handler = Post()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield handler, controller.port
    controller.stop()


def example() -> dict[str, Any]:
    """Return the project's configuration with the receivers of the example."""
    told: dict[str, Any] = yaml.safe_load((ROOT / "alertmanager/receivers.example.yml").read_text("utf-8"))
    config = routed({})
    return {**config, **told}


def test_the_example_is_whole(tmp_path: Path) -> None:
    """Put into the configuration, the example is accepted, and has an address for every receiver there is."""
    config = example()
    config["templates"] = [str(ROOT / "alertmanager/templates/*.tmpl")]
    file = tmp_path / "alertmanager.yml"
    file.write_text(yaml.safe_dump(config), encoding="utf-8")
    run = subprocess.run(["amtool", "check-config", file], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    own = yaml.safe_load((ROOT / "alertmanager/alertmanager.yml").read_text("utf-8"))
    assert [one["name"] for one in config["receivers"]] == [one["name"] for one in own["receivers"]]
    assert all(len(one) > 1 for one in config["receivers"])


def test_letters_and_messages_can_be_read(tmp_path: Path, post: tuple[Post, int]) -> None:
    """Subject, text and HTML say in Chinese what is wrong, what to do and since when, and when it is over."""
    handler, port = post
    config = example()
    config["global"] = {
        "smtp_smarthost": f"127.0.0.1:{port}",
        "smtp_from": "gongshi@example.org",
        "smtp_require_tls": False,
    }
    begun = datetime(2026, 11, 28, 18, 30, tzinfo=UTC)
    with taking() as (hook, calls):
        for receiver in config["receivers"]:
            if receiver["name"] == "duty":
                del receiver["wechat_configs"]
                receiver["webhook_configs"] = [{"url": f"http://127.0.0.1:{hook}/", "send_resolved": True}]
                receiver["email_configs"] = config["receivers"][0]["email_configs"]
        with alertmanager(tmp_path, config) as address:

            def tell(*ends: str) -> None:
                alert = ["GongshiPortalOff", "severity=critical", "portal=credit-china"]
                said = [f"--annotation={name}={words}" for name, words in LINES.items()]
                subprocess.run(
                    [
                        *("amtool", "alert", "add", f"--alertmanager.url=http://{address}", *alert, *said),
                        *(f"--start={begun.isoformat()}", *ends),
                    ],
                    check=True,
                )

            tell()
            assert until(lambda: len(handler.letters) == 1 and len(calls) == 1)
            tell(f"--end={(datetime.now(UTC) + timedelta(seconds=1)).isoformat()}")
            assert until(lambda: len(handler.letters) == 2 and len(calls) == 2)

    firing, resolved = handler.letters
    assert str(firing["Subject"]) == "【公示】紧急 1 条：credit-china 已停用，不再推送"
    assert str(resolved["Subject"]) == "【公示】已恢复 1 条：credit-china 已停用，不再推送"
    for kind in ("plain", "html"):
        text = _part(firing, kind)
        for words in (*LINES.values(), "2026-11-29 02:30"):
            assert words in text, (kind, words)
        assert "已恢复：credit-china" in _part(resolved, kind)
    assert [body["status"] for _, body in calls] == ["firing", "resolved"]
    assert calls[0][1]["alerts"][0]["annotations"] == LINES


def _part(letter: email.message.EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    assert part is not None
    return str(part.get_content())
