"""`gongshi portals` on a ledger."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sinks.ledger.audit import verify
from sinks.ledger.database import migrate, open_ledger
from streams.cli import gongshi
from streams.topics import PORTALS


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of an empty ledger, which the environment names."""
    address = f"sqlite:///{tmp_path}/ledger.db"
    migrate(address)
    monkeypatch.setenv("GONGSHI_DATABASE_URL", address)
    return address


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(gongshi, ["portals", *arguments])


def conditions() -> dict[str, str]:
    """Return portal → condition, as `--json` tells them."""
    return {line["portal"]: line["condition"] for line in map(json.loads, run("--json").stdout.splitlines())}


def test_every_portal_is_shown(url: str) -> None:
    """A table in Chinese, and a JSON line a portal."""
    assert conditions() == dict.fromkeys(PORTALS, "closed")
    shown = run().stdout
    assert all(portal in shown for portal in PORTALS)
    assert "正常" in shown


def test_a_portal_is_switched_off_and_on(url: str) -> None:
    """Each switch is told, counts once, and names its maker on the audit trail."""
    assert "已停止推送" in run("off", "credit-china", "--by", "王运维").stdout
    assert "没有改动" in run("off", "credit-china", "--by", "王运维").stdout
    assert conditions()["credit-china"] == "off"
    assert "已停用" in run().stdout
    assert "已恢复推送" in run("on", "credit-china", "--by", "李运维").stdout
    assert conditions()["credit-china"] == "closed"
    ledger = open_ledger(url)
    assert verify(ledger).rows == 2
    ledger.dispose()


@pytest.mark.parametrize("arguments", [("off", "credit-china"), ("off", "nowhere", "--by", "王"), ("on",)])
def test_misuse_is_told(url: str, arguments: tuple[str, ...]) -> None:
    """Without a name, with a portal that is none, or without any: exit 2 and nothing switched."""
    assert run(*arguments).exit_code == 2
    assert set(conditions().values()) == {"closed"}
