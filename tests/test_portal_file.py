"""The portals' file: limits, and mistakes told by name."""

from datetime import time, timedelta
from pathlib import Path

import pytest

from sinks.probing.watch import Watch
from streams.domain.errors import ConfigurationError
from streams.domain.limits import Limits
from streams.portal_file import load_portals

HEAD = '[credit-jinan]\nurl = "https://example/decisions"\nsecret = "whsec_c2VjcmV0"\n'


def written(folder: Path, text: str) -> Path:
    """Return a file with this text."""
    file = folder / "portals.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_limits_are_read(tmp_path: Path) -> None:
    """All four limits of a portal, and the usual ones of another."""
    text = HEAD + 'concurrency = 4\nrate = 2.5\nquiet = "22:00-06:30"\noff_after_hours = 24\n'
    text += '[city-portal]\nurl = "file:///srv/portal"\n'
    jinan, city = load_portals(written(tmp_path, text))
    assert jinan.limits == Limits(
        concurrency=4, rate=2.5, quiet=(time(22), time(6, 30)), off_after=timedelta(hours=24)
    )
    assert city.limits == Limits()
    assert "c2VjcmV0" not in repr(jinan)


def test_how_a_portal_is_looked_at_is_read(tmp_path: Path) -> None:
    """Where to look, how long it may take, and what it shows nobody; without these nobody looks."""
    text = HEAD + 'probe = "https://example/q?n={number}"\nseen_within_hours = 48\nhides = ["CF_FRDB"]\n'
    text += '[city-portal]\nurl = "file:///srv/portal"\n'
    jinan, city = load_portals(written(tmp_path, text))
    assert jinan.watch == Watch(
        probe="https://example/q?n={number}", within=timedelta(hours=48), hides=frozenset({"CF_FRDB"})
    )
    assert city.watch == Watch(probe="", within=timedelta(hours=24))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("probe = 7", "probe is an address"),
        ("seen_within_hours = 0", "seen_within_hours is a number above 0"),
        ('hides = ["CF_NAME"]', "hides are official column codes"),
        ('hides = "CF_NR"', "hides are official column codes"),
        ("rate = 0", "rate is a number above 0"),
        ("rate = -1", "rate is a number above 0"),
        ('rate = "fast"', "rate is a number above 0"),
        ("concurrency = 0.5", "concurrency is a number above 0"),
        ("off_after_hours = true", "off_after_hours is a number above 0"),
        ('quiet = "nights"', "quiet is from when to when"),
        ('quiet = "22:00-22:00"', "quiet is from when to when"),
        ("speed = 3", "has no speed"),
    ],
)
def test_mistakes_are_told_by_name(tmp_path: Path, line: str, told: str) -> None:
    """What is wrong is named with its portal."""
    with pytest.raises(ConfigurationError, match=rf"\[credit-jinan\] .*{told}"):
        load_portals(written(tmp_path, HEAD + line + "\n"))


@pytest.mark.parametrize("url", ["file:///srv/portal", "feed:///srv/www/portal"])
def test_folders_need_no_secret(tmp_path: Path, url: str) -> None:
    """A portal that is a folder is known by its address alone."""
    (portal,) = load_portals(written(tmp_path, f'[city-portal]\nurl = "{url}"\n'))
    assert (portal.url, portal.secret) == (url, "")
