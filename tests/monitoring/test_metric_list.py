"""The list of metrics: shown whole, named by the rules, documented, and fit for the ports."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from monitoring.definitions import ALL
from monitoring.metric import Metric, Type
from monitoring.metrics import Metrics
from monitoring.reference import FILE, HEAD, table, written
from tests.monitoring.telling import page, tell_everything

PROJECT = Path(__file__).parents[2]


def test_every_metric_of_the_list_is_shown(metrics: Metrics, registry: CollectorRegistry) -> None:
    """What the list names is what a process shows once it has told everything, and nothing else."""
    tell_everything(metrics)
    shown = {
        line.split()[2]: line.split()[3] for line in page(registry) if line.startswith("# TYPE gongshi_")
    }
    assert shown == {m.name: "gauge" if m.type is Type.INFO else m.type.value for m in ALL}


@pytest.mark.parametrize("metric", ALL, ids=lambda metric: metric.name)
def test_names_follow_the_rules(metric: Metric) -> None:
    """Names are Prometheus' and carry prefix and unit; only counters end in `_total`; help is a sentence."""
    assert re.fullmatch(r"gongshi_[a-z]+(_[a-z]+)*", metric.name)
    assert metric.name.endswith("_total") == (metric.type is Type.COUNTER)
    assert metric.name.endswith("_info") == (metric.type is Type.INFO)
    assert not re.search(r"(minutes|hours|days|milliseconds|_ms)(_|$)", metric.name)
    assert metric.help.endswith(".")
    assert bool(metric.buckets) == (metric.type is Type.HISTOGRAM)
    assert list(metric.buckets) == sorted(metric.buckets)


def test_promtool_finds_nothing_to_mend(metrics: Metrics, registry: CollectorRegistry) -> None:
    """Prometheus' own linter accepts the page."""
    tell_everything(metrics)
    lint = subprocess.run(
        ["promtool", "check", "metrics"],
        input="".join(f"{line}\n" for line in page(registry)),
        text=True,
        capture_output=True,
        check=False,
    )
    assert (lint.returncode, lint.stdout + lint.stderr) == (0, "")


def test_the_documentation_names_every_metric() -> None:
    """docs/metrics.md is as `python -m monitoring.reference` writes it: a row for each metric."""
    text = FILE.read_text(encoding="utf-8")
    assert table() in text
    assert written(text) == text
    assert written(text.replace(table(), HEAD + "| old |\n")) == text
    assert len(table().splitlines()) == len(ALL) + 2


def test_the_observers_fit_their_ports(tmp_path: Path) -> None:
    """The type checker finds that the faces are what engine, sinks, deadline agent and intake ask for."""
    program = tmp_path / "fits.py"
    program.write_text(
        "from monitoring.metrics import Metrics\n"
        "import connectors.http.ports, sinks.notices.ports, sinks.ports, sinks.probing.ports\n"
        "import streams.agents.deadline, streams.engine.counting, streams.engine.ports\n"
        "def fit(metrics: Metrics) -> None:\n"
        "    engine: streams.engine.ports.Observer = metrics.engine\n"
        "    sink: sinks.ports.Observer = metrics.sinks\n"
        "    deadline: streams.agents.deadline.Observer = metrics.deadlines\n"
        "    intake: connectors.http.ports.Observer = metrics.intake\n"
        "    notices: sinks.notices.ports.Observer = metrics.notices\n"
        "    probes: sinks.probing.ports.Observer = metrics.probes\n"
        "    counting: streams.engine.counting.Observer = metrics.departments\n"
        "    print(engine, sink, deadline, intake, notices, probes, counting)\n",
        encoding="utf-8",
    )
    check = subprocess.run(
        [sys.executable, "-m", "mypy", "--follow-imports=silent", str(program)],
        cwd=PROJECT,
        text=True,
        capture_output=True,
        check=False,
    )
    assert check.returncode == 0, check.stdout + check.stderr
