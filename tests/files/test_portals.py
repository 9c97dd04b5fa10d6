"""The portals' file: limits, and mistakes told by name."""

from datetime import time, timedelta
from pathlib import Path

import pytest

from sinks.adaptors import adaptor_for
from sinks.probing.choosing import probe_for
from sinks.probing.watch import Watch
from streams.domain.errors import ConfigurationError
from streams.domain.limits import Limits
from streams.files.portals import Portal, load_portals
from tests.sinks.conftest import FakeRemoteIds
from tests.sinks.deliveries import now

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
        ("batch = 0.5", "batch is a number above 0"),
        ("batch = 2000", "batch is at most 1000"),
        ("speed = 3", "has no speed"),
    ],
)
def test_mistakes_are_told_by_name(tmp_path: Path, line: str, told: str) -> None:
    """What is wrong is named with its portal."""
    with pytest.raises(ConfigurationError, match=rf"\[credit-jinan\] .*{told}"):
        load_portals(written(tmp_path, HEAD + line + "\n"))


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    """All that is wrong with all portals is in one message: tables, addresses, secrets and probes."""
    lines = (
        'rate = 0\nbatch = 2000\nquiet = "nights"\nspeed = 3\nprobe = 7\nseen_within_hours = 0\nhides = 3\n'
    )
    lines += '[moon]\nurl = "https://x"\n[city-portal]\nrate = -1\n'
    lines += '[department-site]\nurl = "ftp://x"\nrate = 0\nsecret = "s"\nprobe = "https://x/{name}"\n'
    lines += '[credit-china]\nurl = "https://x"\nsecret = "whsec_!"\nspeed = 1\n'
    lines += '[province-portal]\nurl = "gopher://x"\nsecret_file = "/proc/nowhere"\n'
    with pytest.raises(ConfigurationError) as told:
        load_portals(written(tmp_path, HEAD + lines), speak, look)
    for portal, mistakes in {
        "credit-jinan": (
            "rate is a number above 0",
            "batch is at most 1000",
            "quiet is from when to when",
            "has no speed",
            "probe is an address",
            "seen_within_hours is a number above 0",
            "hides are official column codes",
        ),
        "moon": ("is no portal",),
        "city-portal": ("lacks url", "rate is a number above 0", "lacks secret or secret_file"),
        "department-site": ("rate is a number above 0", "a portal's address is", "a probe's address names"),
        "credit-china": ("has no speed", "a portal's secret is"),
        "province-portal": ("secret_file cannot be read", "a portal's address is"),
    }.items():
        of_it = str(told.value).partition(f"[{portal}] ")[2].partition("; [")[0]
        assert all(mistake in of_it for mistake in mistakes), of_it


def speak(portal: Portal) -> None:
    """Make the portal's adaptor, as those who deliver do."""
    adaptor_for(portal.url, portal.secret, now, FakeRemoteIds())


def look(portal: Portal) -> None:
    """Make the portal's probe, likewise."""
    if portal.watch.probe:
        probe_for(portal.watch.probe, portal.url, portal.secret)


@pytest.mark.parametrize("url", ["file:///srv/portal", "feed:///srv/www/portal"])
def test_folders_need_no_secret(tmp_path: Path, url: str) -> None:
    """A portal that is a folder is known by its address alone."""
    (portal,) = load_portals(written(tmp_path, f'[city-portal]\nurl = "{url}"\n'))
    assert (portal.url, portal.secret) == (url, "")
