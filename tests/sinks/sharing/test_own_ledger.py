"""The share has a ledger and a file of its own, and the commands that look into it."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from sinks.ledger.database import migrate, open_ledger
from sinks.ledger.tables import delivery
from streams.cli import gongshi
from streams.domain.errors import ConfigurationError
from streams.files.platform import load_platform
from streams.files.portals import load_portals
from streams.roles.share import own_settings
from streams.settings import Settings
from streams.topics import PLATFORM
from tests.sinks.deliveries import now
from tests.sinks.sharing.platform import shared, take

GOOD: Mapping[str, str] = {"share_database_url": "sqlite:///share.db", "database_url": "sqlite:///other.db"}


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"share_database_url": ""}, "own ledger"), ({"share_database_url": "sqlite:///other.db"}, "another")],
)
def test_the_share_has_a_ledger_of_its_own(changed: Mapping[str, str], told: str) -> None:
    """Without one, or with the portals' own, it does not start."""
    assert own_settings(Settings(**GOOD)).database_url.get_secret_value() == "sqlite:///share.db"
    with pytest.raises(ConfigurationError, match=told):
        own_settings(Settings(**{**GOOD, **changed}))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[city-portal]\nurl = "https://x/"\nsecret = "s"\n', "is no portal"),
        ("", "has no .credit-platform."),
        ('[credit-platform]\nurl = "file:///srv/x"\n', "https:// only"),
        ('[credit-platform]\nsecret = "s"\n', "lacks url"),
    ],
)
def test_the_platforms_file_has_the_platform_only(tmp_path: Path, text: str, told: str) -> None:
    """Portals, other protocols and gaps are told at the start; and no portals' file may name the platform."""
    file = tmp_path / "share.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError, match=told):
        load_platform(file)
    file.write_text(f'[{PLATFORM}]\nurl = "https://x/"\nsecret = "s"\n', "utf-8")
    assert load_platform(file).id == PLATFORM
    with pytest.raises(ConfigurationError, match="is no portal"):
        load_portals(file)


def test_the_commands_look_into_its_own_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dead letters, replays and switching of the platform are those of its ledger; all portals stay apart."""
    urls = {name: f"sqlite:///{tmp_path / name}.sqlite" for name in ("ledger", "share")}
    for url in urls.values():
        migrate(url)
    monkeypatch.setenv("GONGSHI_DATABASE_URL", urls["ledger"])
    monkeypatch.setenv("GONGSHI_SHARE_DATABASE_URL", urls["share"])
    share = open_ledger(urls["share"])
    take(share, shared(1))
    with share.begin() as connection:
        connection.execute(
            delivery.update().values(
                state="dead", settled_at=now(), status=422, reason="缺少类型", attempts=1
            )
        )
    share.dispose()

    def call(*words: str) -> str:
        ran = CliRunner().invoke(gongshi, words)
        assert ran.exit_code == 0, ran.output
        return ran.stdout

    assert "共 0 件" in call("deadletters")
    assert "缺少类型" in call("deadletters", "--portal", PLATFORM)
    assert PLATFORM in call("portals")
    assert "已停止推送" in call("portals", "off", PLATFORM, "--by", "王工")
    assert "已安排重新投递 1 件" in call("replay", "--portal", PLATFORM, "--by", "王工")
