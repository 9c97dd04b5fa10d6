"""Rules, routes and runbooks are whole, and accepted by the tools that read them."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import psycopg
import pytest
import yaml
from sqlalchemy.engine import make_url

from monitoring.definitions import ALL
from sinks.ledger.database import migrate
from streams.cli import gongshi

PROJECT = Path(__file__).parents[2]
ROOT = PROJECT / "monitoring"
RULES = sorted((ROOT / "prometheus" / "rules").glob("*.yml"))
UNIT_TESTS = sorted((ROOT / "prometheus" / "tests").glob("*.yml"))
RUNBOOKS = PROJECT / "docs" / "runbooks"
SERIES = {series for metric in ALL for series in metric.series}
SECTIONS = ["## 含义", "## 可能原因", "## 处理步骤"]


def rules() -> list[dict[str, Any]]:
    """Return every rule, those that record as well."""
    read = (yaml.safe_load(file.read_text("utf-8")) for file in RULES)
    return [rule for told in read for group in told["groups"] for rule in group["rules"]]


ALERTS = {rule["alert"]: rule for rule in rules() if "alert" in rule}
each_alert = pytest.mark.parametrize("name", sorted(ALERTS))


def _in(folder: str) -> list[str]:
    return [str(file.relative_to(PROJECT)) for file in sorted((ROOT / folder).glob("*.yml"))]


@pytest.mark.parametrize(
    "command",
    [
        ["promtool", "check", "config", "monitoring/prometheus/prometheus.yml"],
        ["promtool", "check", "rules", *_in("prometheus/rules")],
        *(["promtool", "test", "rules", file] for file in _in("prometheus/tests")),
        ["amtool", "check-config", "monitoring/alertmanager/alertmanager.yml"],
    ],
    ids=" ".join,
)
def test_the_tools_accept_the_files(command: list[str]) -> None:
    """Prometheus' and Alertmanager's own checks pass, and the rules' unit tests."""
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_alert_has_a_unit_test() -> None:
    """Each alert is expected to fire somewhere in the rules' unit tests, and to be quiet somewhere."""
    fires, quiet = set(), set()
    for file in UNIT_TESTS:
        for case in yaml.safe_load(file.read_text("utf-8"))["tests"]:
            for check in case.get("alert_rule_test", ()):
                (fires if check["exp_alerts"] else quiet).add(check["alertname"])
    assert fires == quiet == ALERTS.keys()


@each_alert
def test_an_alert_tells_people_what_to_do(name: str) -> None:
    """An alert has a severity, says in Chinese what is the matter and what to do, and names its runbook."""
    rule = ALERTS[name]
    assert rule["labels"]["severity"] in {"warning", "critical"}
    for words in ("summary", "description", "action"):
        assert re.search(r"[一-鿿]{2}", rule["annotations"][words]), words
    assert rule["annotations"]["runbook_url"] == f"docs/runbooks/{name}.md"


@each_alert
def test_an_alert_has_a_runbook(name: str) -> None:
    """A page says in Chinese what it means, why, and what to do, with a command; the list has it."""
    text = (RUNBOOKS / f"{name}.md").read_text("utf-8")
    assert re.match(rf"# {name}：.*[一-鿿]", text)
    assert re.findall(r"(?m)^## .*$", text) == SECTIONS
    steps = text.partition(SECTIONS[-1])[2]
    assert re.search(r"(?m)^1\. ", steps)
    assert "`" in steps or re.search(r"\]\(Gongshi\w+\.md\)", steps)
    assert f"[{name}]({name}.md)" in (RUNBOOKS / "README.md").read_text("utf-8")


def test_no_runbook_is_left_over() -> None:
    """Every page is an alert's, and every link leads to a page."""
    pages = {file.stem: file for file in RUNBOOKS.glob("*.md") if file.stem != "README"}
    assert pages.keys() == ALERTS.keys()
    for file in pages.values():
        for link in re.findall(r"\]\(([^)]+)\)", file.read_text("utf-8")):
            assert (RUNBOOKS / link).exists(), (file.name, link)


def _commands() -> Iterator[tuple[str, str]]:
    for file in RUNBOOKS.glob("*.md"):
        for code in re.findall(r"`([^`]+)`", file.read_text("utf-8")):
            for told in re.findall(r"(?:^|exec \w+ )gongshi ([^|;]+)", code):
                yield file.name, told.strip()


def test_commands_of_runbooks_exist() -> None:
    """Every `gongshi …` of a runbook is a command, with options that it has."""
    seen = set()
    for page, told in _commands():
        words = told.split()
        command: click.Command = gongshi
        while isinstance(command, click.Group) and words and not words[0].startswith("-"):
            found = command.get_command(click.Context(command), words[0])
            if found is None:
                break
            command = found
            seen.add(words.pop(0))
        assert command is not gongshi or "…" in told, (page, told)
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known, (page, told)
    assert seen >= {"portals", "deadletters", "replay", "review", "approve", "status"}


def test_questions_of_runbooks_are_answered(postgres_url: str) -> None:
    """Every SELECT of a runbook runs on a real ledger."""
    migrate(postgres_url)
    url = make_url(postgres_url).set(drivername="postgresql").render_as_string(hide_password=False)
    asked = {
        question
        for file in RUNBOOKS.glob("*.md")
        for question in re.findall(r'-c "(SELECT [^"]+)"', file.read_text("utf-8"))
    }
    assert len(asked) >= 4
    with psycopg.connect(url) as connection:
        for question in asked:
            connection.execute(question.encode())


def test_what_is_asked_for_exists() -> None:
    """Every metric in a rule or the documentation's queries is one that is shown."""
    texts = [*(rule["expr"] for rule in rules()), (PROJECT / "docs/metrics.md").read_text("utf-8")]
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    text = "\n".join(texts)
    for name in recorded:
        text = text.replace(name, "")
    assert set(re.findall(r"\bgongshi_[a-z_]+", text)) <= SERIES | {metric.name for metric in ALL}


@pytest.mark.parametrize(
    ("labels", "receiver"),
    [
        ("alertname=GongshiPortalUnreachable severity=warning portal=city-portal", "operations"),
        ("alertname=GongshiPortalOff severity=critical portal=city-portal", "duty"),
        ("alertname=GongshiDecisionsPastDue severity=critical department=1", "supervision"),
        ("alertname=GongshiDecisionNotPublic severity=critical department_code=1", "supervision"),
        ("alertname=GongshiDepartmentSilent severity=warning department=1", "supervision"),
        ("alertname=SomethingElse", "operations"),
    ],
)
def test_alerts_go_to_whom_they_concern(labels: str, receiver: str) -> None:
    """What cannot wait goes to who is on duty, what departments must do to the supervising office."""
    file = "monitoring/alertmanager/alertmanager.yml"
    command = ["amtool", "config", "routes", "test", f"--config.file={file}", *labels.split()]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == receiver


def test_routes_and_inhibitions_name_alerts_that_exist() -> None:
    """No alert in Alertmanager's configuration is one that nobody raises."""
    text = (ROOT / "alertmanager/alertmanager.yml").read_text("utf-8")
    named = {pattern for found in re.findall(r'alertname=~?"([^"]+)"', text) for pattern in found.split("|")}
    raised = {*ALERTS, "GongshiDecisionNotPublic"}
    for pattern in named:
        assert any(re.fullmatch(pattern, alert) for alert in raised), pattern
