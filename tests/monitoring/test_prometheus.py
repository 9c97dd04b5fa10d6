"""Alert rules and dashboard ask for what the processes show, checked by the tools that read them."""

import asyncio
import json
import re
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
import yaml
from prometheus_client import CollectorRegistry

from monitoring.definitions import ALL
from monitoring.health import HealthServer
from monitoring.liveness import Liveness
from monitoring.metrics import Metrics

PROJECT = Path(__file__).parents[2]
ROOT = PROJECT / "monitoring"
RULES = sorted((ROOT / "prometheus" / "rules").glob("*.yml"))
DASHBOARDS = sorted((ROOT / "grafana" / "dashboards").glob("*.json"))
DEPARTMENT = "11370100MB9A000146"
ROLES = ("review", "deliver", "record", "deadline", "serve", "site")
SERIES = {series for metric in ALL for series in metric.series}


def rules() -> Iterator[dict[str, Any]]:
    """Yield every alert rule."""
    for file in RULES:
        for group in yaml.safe_load(file.read_text(encoding="utf-8"))["groups"]:
            yield from group["rules"]


def panels() -> Iterator[dict[str, Any]]:
    """Yield every panel that shows something."""
    for file in DASHBOARDS:
        yield from (p for p in json.loads(file.read_text(encoding="utf-8"))["panels"] if p["type"] != "row")


def queries() -> list[str]:
    """Return the queries of all panels, with Grafana's variable for the interval filled in."""
    asked = (target["expr"] for panel in panels() for target in panel["targets"])
    return [query.replace("$__rate_interval", "30s") for query in asked]


@pytest.mark.parametrize(
    "command",
    [
        ["promtool", "check", "config", "monitoring/prometheus/prometheus.yml"],
        ["promtool", "check", "rules", *(str(file.relative_to(PROJECT)) for file in RULES)],
        ["promtool", "test", "rules", "monitoring/prometheus/tests/gongshi_test.yml"],
        ["amtool", "check-config", "monitoring/alertmanager/alertmanager.yml"],
    ],
    ids=" ".join,
)
def test_the_tools_accept_the_files(command: list[str]) -> None:
    """Prometheus' and Alertmanager's own checks pass, and the rules' unit tests."""
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_alert_has_a_unit_test() -> None:
    """Each alert is expected to fire somewhere in the rules' unit tests."""
    text = (ROOT / "prometheus" / "tests" / "gongshi_test.yml").read_text(encoding="utf-8")
    fired = {
        check["alertname"]
        for case in yaml.safe_load(text)["tests"]
        for check in case["alert_rule_test"]
        if check["exp_alerts"]
    }
    assert fired == {rule["alert"] for rule in rules()}


def test_every_alert_tells_people_what_to_do() -> None:
    """An alert has a severity, and says in Chinese what is the matter and what to do."""
    for rule in rules():
        assert rule["labels"]["severity"] in {"warning", "critical"}
        for words in ("summary", "description", "action"):
            assert re.search(r"[一-鿿]{2}", rule["annotations"][words]), (rule["alert"], words)


def test_what_is_asked_for_exists() -> None:
    """Every metric in a rule, a dashboard or the documentation's queries is one that is shown."""
    text = "\n".join(
        [*(rule["expr"] for rule in rules()), *queries(), (PROJECT / "docs/metrics.md").read_text("utf-8")]
    )
    asked = set(re.findall(r"\bgongshi_[a-z_]+", text))
    assert asked - {metric.name for metric in ALL} <= SERIES


def test_the_dashboard_is_laid_out() -> None:
    """Panels have titles and ids of their own, ask the provisioned source, and do not overlap."""
    for file in DASHBOARDS:
        dashboard = json.loads(file.read_text(encoding="utf-8"))
        shown = dashboard["panels"]
        assert len({panel["id"] for panel in shown}) == len(shown)
        assert all(panel["title"] for panel in shown)
        cells = [cell for panel in shown for cell in _cells(panel["gridPos"])]
        assert len(set(cells)) == len(cells)
    sources = yaml.safe_load((ROOT / "grafana/provisioning/datasources/prometheus.yml").read_text("utf-8"))
    assert {panel["datasource"]["uid"] for panel in panels()} == {s["uid"] for s in sources["datasources"]}


async def test_a_real_prometheus_answers_every_query(prometheus: str) -> None:
    """Each panel finds data in a real Prometheus that reads real pages, and each rule is healthy."""
    async with aiohttp.ClientSession(prometheus) as client:
        await _until_scraped_twice(client)
        for query in queries():
            async with client.get("/api/v1/query", params={"query": query}) as answer:
                body = await answer.json()
                assert body["status"] == "success", (query, body)
                assert body["data"]["result"], query
        async with client.get("/api/v1/rules") as answer:
            groups = (await answer.json())["data"]["groups"]
        states = {
            rule["name"]: (rule["health"], rule["state"]) for group in groups for rule in group["rules"]
        }
    assert {health for health, _ in states.values()} == {"ok"}
    assert states["GongshiDecisionsPastDue"] == ("ok", "firing")
    assert states["GongshiRoleMissing"] == ("ok", "inactive")


@pytest_asyncio.fixture
async def prometheus(tmp_path: Path) -> AsyncIterator[str]:
    """Address of a real Prometheus with the project's rules that scrapes one real page a role."""
    servers = [HealthServer(registry=_told(), host="127.0.0.1", port=0, live=list, ready=list) for _ in ROLES]
    pages = dict(zip(ROLES, [await server.start() for server in servers], strict=True))
    (tmp_path / "prometheus.yml").write_text(_config(pages), encoding="utf-8")
    port = _free_port()
    process = await asyncio.create_subprocess_exec(
        "prometheus",
        f"--config.file={tmp_path}/prometheus.yml",
        f"--storage.tsdb.path={tmp_path}/data",
        f"--web.listen-address=127.0.0.1:{port}",
        "--log.level=error",
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        await process.wait()
        for server in servers:
            await server.stop()


def _cells(grid: dict[str, int]) -> list[tuple[int, int]]:
    assert grid["x"] + grid["w"] <= 24
    columns = range(grid["x"], grid["x"] + grid["w"])
    return [(x, y) for x in columns for y in range(grid["y"], grid["y"] + grid["h"])]


def _config(pages: dict[str, int]) -> str:
    targets = [{"targets": [f"127.0.0.1:{port}"], "labels": {"role": role}} for role, port in pages.items()]
    config = {
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": [str(file.absolute()) for file in RULES],
        "scrape_configs": [{"job_name": "gongshi", "static_configs": targets}],
    }
    return yaml.safe_dump(config)


def _told() -> CollectorRegistry:
    registry = CollectorRegistry()
    liveness = Liveness(lambda: 0.0)
    metrics = Metrics(registry, version="1", python="3", liveness=liveness, departments={DEPARTMENT})
    metrics.engine.batch(size=10, seconds=0.2)
    metrics.engine.outcome(stage="validate", outcome="passed", count=9)
    metrics.engine.aborted(reason="ILLEGAL_GENERATION")
    metrics.engine.lag(topic="decision.submitted", partition=0, records=7)
    metrics.engine.committed(topic="decision.submitted", partition=0, offset=42)
    metrics.sinks.attempted(portal="credit-jinan", verdict="accepted", seconds=0.1)
    metrics.sinks.backlog(portal="credit-jinan", waiting=5, oldest=timedelta(minutes=2), dead=1)
    metrics.sinks.ledger(statuses={"published": 3})
    metrics.deadlines.due(near={DEPARTMENT: 1}, past={DEPARTMENT: 2})
    metrics.deadlines.ticked(at=datetime.now(UTC))
    metrics.deadlines.calendar_known(year=2027, known=False)
    metrics.masked("phone", 4)
    return registry


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _until_scraped_twice(client: aiohttp.ClientSession) -> None:
    """Wait until every page was read twice, and the rules were looked at after that."""
    query = f'min(count_over_time(up{{job="gongshi"}}[1m])) >= 4 and count(up == 1) == {len(ROLES)}'
    for _ in range(120):
        with suppress(aiohttp.ClientConnectionError):
            async with client.get("/api/v1/query", params={"query": query}) as answer:
                if answer.ok and (await answer.json())["data"]["result"]:
                    return
        await asyncio.sleep(0.5)
    pytest.fail("Prometheus did not read the pages within 60 s")
