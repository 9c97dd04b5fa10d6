"""Certificates of real TLS servers, disks, and what ticks of the deadline agent show."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sinks.certificates import shown_until, tls_endpoints, written_until
from streams.domain.errors import ConfigurationError, UnavailableError
from streams.embedded.ports import free_port
from streams.roles.surroundings import disks_of
from streams.settings import Settings, load
from tests.monitoring.watchers import certify, taking


async def test_a_servers_certificate_is_read_whoever_signed_it(tmp_path: Path) -> None:
    """The end of a self-signed certificate is told as the server shows it and as its file has it."""
    certified = certify(tmp_path, timedelta(days=20))
    with taking(certified) as (port, _):
        shown = await shown_until("127.0.0.1", port)
    left = shown - datetime.now(UTC)
    assert timedelta(days=19, hours=23) < left <= timedelta(days=20)
    assert written_until(certified[0]) == shown


async def test_a_certificate_that_has_ended_is_told_too(tmp_path: Path) -> None:
    """One that nobody trusts any more still says since when."""
    with taking(certify(tmp_path, -timedelta(days=3))) as (port, _):
        ended = datetime.now(UTC) - await shown_until("127.0.0.1", port)
    assert timedelta(days=3) <= ended < timedelta(days=3, minutes=1)


async def test_no_certificate_is_no_end(tmp_path: Path) -> None:
    """A server that is away, one that speaks no TLS, and a file without one are told as such."""
    with taking() as (plain, _):
        for port in (free_port(), plain):
            with pytest.raises(UnavailableError):
                await shown_until("127.0.0.1", port)
    for file in (tmp_path / "none.pem", Path(__file__)):
        with pytest.raises(UnavailableError):
            written_until(file)


def test_only_portals_over_tls_are_asked() -> None:
    """The port is the address's own, or 443; what speaks no TLS is left out."""
    addresses = (
        ("credit-china", "soap+https://sgs.example:8443/service?namespace=x"),
        ("city-portal", "https://portal.example/decisions"),
        ("credit-jinan", "http://portal.example/decisions"),
        ("department-site", "file:///srv/portal"),
        ("province-portal", "exchange:"),
    )
    assert tls_endpoints(addresses) == {
        "credit-china": ("sgs.example", 8443),
        "city-portal": ("portal.example", 443),
    }


def test_disks_are_those_of_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The state's, an embedded ledger's, and those that are named; a mistake in their names is told."""
    settings = Settings(
        state_dir=tmp_path, database_url=f"sqlite:///{tmp_path}/data/ledger.db", disks="kafka=/k, ledger-2=/l"
    )
    assert disks_of(settings) == {
        "state": tmp_path,
        "kafka": Path("/k"),
        "ledger-2": Path("/l"),
        "ledger": tmp_path / "data",
    }
    assert disks_of(Settings(database_url="postgresql://u@h/d")).keys() == {"state"}
    for wrong in ("kafka", "=/k", "kafka=", "Kafka 1=/k"):
        monkeypatch.setenv("GONGSHI_DISKS", wrong)
        with pytest.raises(ConfigurationError, match="GONGSHI_DISKS"):
            load()
