"""`gongshi portals` on a ledger."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from sinks.exchange import ExchangeDatabase
from sinks.ledger.audit import verify
from sinks.ledger.database import migrate, open_ledger
from streams.cli import gongshi
from streams.topics import PORTALS
from tests.sinks import make
from tests.sinks.deliveries import delivery_of


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


async def test_what_a_platform_says_in_its_status_columns_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows with the platform's words are listed with their decision, all others are counted by status."""
    address = f"sqlite:///{tmp_path}/exchange.db"
    database = ExchangeDatabase(address, create=True)
    await database.deliver_batch([delivery_of(make.public(number)) for number in (1, 2)])
    await database.close()
    engine = create_engine(address)
    with engine.begin() as connection:
        wrong = "UPDATE frxzcf SET SJZT = '2', SJZT_SM = '文书号重复' WHERE CF_WSH LIKE '%1号'"
        connection.execute(text(wrong))
    engine.dispose()
    file = tmp_path / "portals.toml"
    file.write_text(f'[city-portal]\nurl = "exchange:"\nsecret = "{address}"\n', "utf-8")
    monkeypatch.setenv("GONGSHI_PORTALS", str(file))

    (row,) = map(json.loads, run("told", "city-portal", "--json").stdout.splitlines())
    assert row == {"key": make.key_of(1), "revision": 1, "status": "2", "words": "文书号重复"}
    shown = run("told", "city-portal").stdout
    assert "文书号重复" in shown
    assert "状态 0：1 行、状态 2：1 行" in shown
    assert run("told", "credit-china").exit_code == 2
