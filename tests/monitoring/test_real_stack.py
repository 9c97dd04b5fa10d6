"""The whole system as real processes, watched by a real Prometheus and Alertmanager as in production."""

import json
import os
import re
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitoring.dashboards import files
from streams.embedded.ports import free_port
from tests.monitoring.watchers import Calls, Prometheus, alertmanager, certify, prometheus, routed, taking
from tests.stack.running import GONGSHI, HEADER, LATE, ROW, Running, start
from tests.waiting import until

SECRET = "whsec_" + "c2VjcmV0LWZvci10ZXN0cy1vbmx5LTAxMjM0NTY3ODk="
AUTHORITY = "11370100MB9A000146"
FOLDERS = ("department-site", "credit-jinan", "credit-shandong", "province-portal")
NAMES = {"review-1": "review", "deliver-1": "deliver"}

pytestmark = pytest.mark.timeout(600)


@dataclass(frozen=True, slots=True)
class Watched:
    """A running system, who watches it, and whom it calls."""

    up: Running
    prometheus: Prometheus
    calls: Calls
    portal: Path
    """The file of portals, for the one that is started and stopped."""
    port: int
    folder: Path

    def told(self, alert: str, status: str, after: int = 0) -> list[tuple[str, dict[str, Any]]]:
        """Return receiver and alert of each call about `alert`, but for so many calls at first."""
        return [
            (path, one)
            for path, body in self.calls[after:]
            for one in body["alerts"]
            if one["labels"]["alertname"] == alert and one["status"] == status
        ]

    def hand_in(self, first: int) -> None:
        """Hand in decisions of every fate, as a file and over HTTP, and look at the site."""
        fine = [ROW.format(number=first + n, content="罚款贰仟元整", ground="") for n in range(6)]
        rows = [
            *fine,
            ROW.format(number=first + 6, content="", ground=""),
            ROW.format(number=first + 7, content="机密★。罚款贰仟元整", ground=""),
            ROW.format(number=first + 8, content="罚款贰仟元整", ground="商业秘密"),
            LATE.format(number=first + 9, content="", ground=""),
        ]
        self.up.submit(self.folder / f"rows-{first}.csv", *rows)
        status, _ = self.up.over_http("", AUTHORITY, "\n".join([HEADER, *fine[:1]]).encode())
        assert status < 300
        page = self.up.state["addresses"]["pages"]["双公示专栏"]
        with urllib.request.urlopen(page, timeout=30) as answer:  # noqa: S310 -- a part of this test's own
            assert answer.status < 300


@contextmanager
def city_portal(portals: Path, port: int, data: Path) -> Iterator[None]:
    """Run the one portal that the tests start and stop."""
    process = subprocess.Popen(
        [GONGSHI, "portal", "city-portal", "--port", str(port), "--data", str(data)],
        env={**os.environ, "GONGSHI_PORTALS": str(portals)},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Run everything: the system, a portal over TLS, Prometheus, Alertmanager, and who is called."""
    folder, port = tmp_path_factory.mktemp("watched"), free_port()
    with ExitStack() as left:
        certified = certify(folder, timedelta(days=10))
        tls, _ = left.enter_context(taking(certified))
        duty, calls = left.enter_context(taking())
        portals = folder / "portals.toml"
        lines = [
            *(f'[{name}]\nurl = "file://{folder}/{name}?format=csv"' for name in FOLDERS),
            f'[credit-china]\nurl = "https://127.0.0.1:{tls}/decisions"\nsecret = "{SECRET}"',
            f'[city-portal]\nurl = "http://127.0.0.1:{port}/decisions"\nsecret = "{SECRET}"',
        ]
        portals.write_text("\n".join(lines), encoding="utf-8")
        names = ("operations", "duty", "supervision")
        webhooks = {
            name: {"webhook_configs": [{"url": f"http://127.0.0.1:{duty}/{name}", "send_resolved": True}]}
            for name in names
        }
        manager = left.enter_context(alertmanager(folder, routed(webhooks)))
        notices = folder / "notices.toml"
        notices.write_text(f'[alertmanager]\nurl = "http://{manager}"\n', encoding="utf-8")
        up = start(
            folder / "data",
            GONGSHI_DEADLINE_INTERVAL_S="0.5",
            GONGSHI_PORTALS=str(portals),
            GONGSHI_NOTICES=str(notices),
            SSL_CERT_FILE=str(certified[0]),
        )
        left.callback(_stop, up)
        pages = {NAMES.get(name, name): url for name, url in up.state["addresses"]["metrics"].items()}
        watcher = left.enter_context(prometheus(folder, pages, manager))
        yield Watched(up, watcher, calls, portals, port, folder)


def _stop(up: Running) -> None:
    up.process.send_signal(signal.SIGTERM)
    assert up.process.wait(60) == 0


def queries() -> list[str]:
    """Return every panel's queries, with all that can be chosen."""
    asked = [
        target["expr"].replace("$__rate_interval", "1m")
        for content in files().values()
        for panel in json.loads(content)["panels"]
        for target in panel.get("targets", ())
    ]
    return [re.sub(r"\$(department|portal|role)\b", ".*", one) for one in asked]


def test_every_panel_shows_something(watched: Watched) -> None:
    """Every query of every dashboard finds a figure in the real system, and every rule is healthy."""
    with city_portal(watched.portal, watched.port, watched.folder / "city"):
        assert until(lambda: watched.prometheus.query('count(up{job="gongshi"} == 1)') == [6.0])
        watched.hand_in(100)
        assert until(lambda: watched.prometheus.query('gongshi_decisions{status="published"} > 5') != [])
        # what counts from its first time on grows at the second
        watched.hand_in(200)
        missing = queries()

        def all_shown() -> bool:
            missing[:] = [query for query in missing if not watched.prometheus.query(query)]
            return not missing

        assert until(all_shown), missing
    rules = watched.prometheus.rules()
    assert {health for health, _ in rules.values()} == {"ok"}
    assert rules["GongshiRoleMissing"] == ("ok", "inactive")
    assert rules["GongshiCertificateEndsSoon"] == ("ok", "firing")
    assert rules["GongshiDecisionsPastDue"] == ("ok", "firing")


def test_pages_please_the_linter_and_name_nobody(watched: Watched) -> None:
    """Prometheus's own linter has nothing to say of any process's page, and no page names a party."""
    addresses = watched.up.state["addresses"]["metrics"]
    assert len(addresses) == 6
    for name, url in addresses.items():
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 -- a part's own address
            page = answer.read().decode()
        lint = subprocess.run(
            ["promtool", "check", "metrics"], input=page, text=True, capture_output=True, check=False
        )
        assert (lint.returncode, lint.stdout + lint.stderr) == (0, ""), name
        assert not re.search(r"济南样例|13805312345|郑样例|91370102YX0000374U", page), name


def test_a_portal_that_stops_is_told_and_its_return_too(watched: Watched) -> None:
    """From the stopped portal to the call on duty, and from its return to the call that all is well."""
    alert = "GongshiPortalUnreachable"

    def rings(status: str, after: int) -> bool:
        told = watched.told(alert, status, after)
        return any(one["labels"]["portal"] == "city-portal" for _, one in told)

    def well() -> bool:
        return (
            watched.prometheus.query('gongshi_delivery_backlog{portal="city-portal"}') == [0.0]
            and watched.prometheus.rules()[alert][1] == "inactive"
        )

    with city_portal(watched.portal, watched.port, watched.folder / "city"):
        assert until(well)
    before = len(watched.calls)
    watched.hand_in(300)
    assert until(lambda: rings("firing", before)), watched.calls[-3:]
    path, told = watched.told(alert, "firing", before)[-1]
    assert path == "/operations"
    assert "city-portal 连续失败" in told["annotations"]["summary"]
    assert Path(told["annotations"]["runbook_url"]).name == f"{alert}.md"

    before = len(watched.calls)
    with city_portal(watched.portal, watched.port, watched.folder / "city"):
        assert until(well)
        assert until(lambda: rings("resolved", before)), watched.calls[-3:]


def test_overdue_decisions_are_told_to_who_supervises(watched: Watched) -> None:
    """A late and refused decision reaches the supervising office from the agent itself and from the rules."""
    watched.hand_in(400)
    for alert in ("GongshiDecisionNotPublic", "GongshiDecisionsPastDue"):
        assert until(lambda alert=alert: watched.told(alert, "firing") != [])  # type: ignore[misc]
        assert {path for path, _ in watched.told(alert, "firing")} == {"/supervision"}
