"""The portals' file: limits, and mistakes told by name."""

from datetime import time, timedelta
from pathlib import Path

import pytest

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
    """All limits of a portal, and the usual ones of another."""
    text = HEAD + 'concurrency = 4\nrate = 2.5\nbatch = 50\nquiet = "22:00-06:30"\noff_after_hours = 24\n'
    text += '[city-portal]\nurl = "file:///srv/portal"\n'
    jinan, city = load_portals(written(tmp_path, text))
    assert jinan.limits == Limits(
        concurrency=4, rate=2.5, batch=50, quiet=(time(22), time(6, 30)), off_after=timedelta(hours=24)
    )
    assert city.limits == Limits()
    assert "c2VjcmV0" not in repr(jinan)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("rate = 0", "rate is a number above 0"),
        ("rate = -1", "rate is a number above 0"),
        ('rate = "fast"', "rate is a number above 0"),
        ("concurrency = 0.5", "concurrency is a number above 0"),
        ("off_after_hours = true", "off_after_hours is a number above 0"),
        ('quiet = "nights"', "quiet is from when to when"),
        ('quiet = "22:00-22:00"', "quiet is from when to when"),
        ("batch = 0.5", "batch is a number above 0"),
        ("batch = 2000", "batch is at most 1000"),
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
