"""docker-compose.yml follows the specification, and the office's own rules."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from streams.settings import Settings

ROOT = Path(__file__).parents[2]
GONGSHI = Path(sys.executable).with_name("gongshi")
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: Mapping[str, Any] = yaml.safe_load(TEXT)
SERVICES: Mapping[str, Mapping[str, Any]] = COMPOSE["services"]
OWN = {name: service for name, service in SERVICES.items() if service["image"].startswith("gongshi:")}
RUNNING = ("worker", "serve", "site")
WORKERS = {name: service for name, service in OWN.items() if service["command"][0] in RUNNING}
ONCE = OWN.keys() - WORKERS.keys()

each_service = pytest.mark.parametrize("name", sorted(SERVICES))
each_own = pytest.mark.parametrize("name", sorted(OWN))


def test_it_follows_the_specification() -> None:
    """The compose specification's own schema accepts the file."""
    schema = files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json")
    validator = Draft7Validator(json.loads(schema.read_text(encoding="utf-8")))
    mistakes = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(COMPOSE)]
    assert mistakes == []


def test_all_parts_of_a_small_office_are_there() -> None:
    """Broker, registry, database, what sets them up, every role, and what watches them."""
    assert SERVICES.keys() == {
        *("kafka", "registry", "postgres", "topics", "migrate"),
        *("review", "deliver", "share", "record", "deadline", "serve", "site"),
        *("prometheus", "alertmanager", "grafana"),
    }
    assert WORKERS["review"]["deploy"]["replicas"] == 2


@each_own
def test_every_command_exists(name: str) -> None:
    """Each service's command is one that `gongshi` knows, with the arguments that it takes."""
    run = subprocess.run([GONGSHI, *SERVICES[name]["command"], "--help"], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()


@each_service
def test_images_are_pinned(name: str) -> None:
    """Every image has a version of its own, so that a restart brings no surprise."""
    tag = SERVICES[name]["image"].rpartition(":")[2].removesuffix("}")
    assert re.search(r"\d+\.\d+", tag), tag


@each_service
def test_every_part_is_looked_after(name: str) -> None:
    """What runs on has a health check and is started again; all have limits to memory and logs."""
    service = SERVICES[name]
    assert service["deploy"]["resources"]["limits"]["memory"]
    assert service["logging"]["options"]["max-size"]
    if name in ONCE:
        assert (service["restart"], service["healthcheck"]) == ("on-failure", {"disable": True})
    else:
        assert service["restart"] == "unless-stopped"
        assert name in WORKERS or service["healthcheck"]["test"]


@each_own
def test_own_processes_may_do_little(name: str) -> None:
    """The system's own processes write nowhere, have no capabilities and gain none."""
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


def test_only_what_must_leaves_the_machine() -> None:
    """Kafka, database and registry are reached from inside only; pages are published to this machine only."""
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    outgoing = {name for name, service in SERVICES.items() if "outside" in service["networks"]}
    assert outgoing == {"deliver", "share", "deadline", "alertmanager"}
    for service in SERVICES.values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))


def test_no_secret_has_a_value_here() -> None:
    """Whatever is a password comes from the environment, and its absence stops compose with a message."""
    secrets = re.findall(r"\$\{(\w*(?:PASSWORD|SECRET|TOKEN)\w*)(:\?[^}]+)?\}", TEXT)
    assert {name for name, _ in secrets} == {"GONGSHI_DATABASE_PASSWORD", "GRAFANA_ADMIN_PASSWORD"}
    assert all(len(message) > 10 for _, message in secrets)
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            assert "PASSWORD" not in name or value.startswith("${"), name


def test_settings_are_known_and_documented() -> None:
    """Every GONGSHI_ variable is one that the program reads, and those of .env are documented."""
    known = {f"GONGSHI_{name.upper()}" for name in Settings.model_fields}
    for service in OWN.values():
        assert {name for name in service["environment"] if name.startswith("GONGSHI_")} <= known
    given = [item for service in OWN.values() for item in service["environment"].items()]
    passed_on = {name for name, value in given if value is None}
    documented = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for name in {*re.findall(r"\$\{(\w+)", TEXT), *passed_on}:
        assert f"`{name}`" in documented, name


def test_files_that_are_mounted_exist() -> None:
    """Every path of the project that a service mounts is there."""
    for service in SERVICES.values():
        for volume in service.get("volumes", ()):
            if volume.startswith("./"):
                assert (ROOT / volume.split(":")[0]).exists(), volume


def test_monitoring_gets_its_files() -> None:
    """Rules, routes, templates, dashboards and sources are mounted where their programs look for them."""
    prometheus = yaml.safe_load((ROOT / "monitoring/prometheus/prometheus.yml").read_text("utf-8"))
    assert prometheus["rule_files"] == ["rules/*.yml"]
    assert "./monitoring/prometheus/rules:/etc/prometheus/rules:ro" in SERVICES["prometheus"]["volumes"]
    manager = yaml.safe_load((ROOT / "monitoring/alertmanager/alertmanager.yml").read_text("utf-8"))
    assert "./monitoring/alertmanager:/etc/alertmanager:ro" in SERVICES["alertmanager"]["volumes"]
    assert "--config.file=/etc/alertmanager/alertmanager.yml" in SERVICES["alertmanager"]["command"]
    for pattern in manager["templates"]:
        assert list((ROOT / "monitoring/alertmanager").glob(pattern)), pattern
    home = SERVICES["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    folder = next(
        one for one in SERVICES["grafana"]["volumes"] if one.startswith("./monitoring/grafana/dash")
    )
    assert home.startswith(folder.split(":")[1])
    assert (ROOT / folder.split(":")[0] / Path(home).name).exists()


def test_watched_disks_are_mounted() -> None:
    """Whoever is to say how full a volume is has that volume, to look at only."""
    places = dict(part.split("=") for part in SERVICES["record"]["environment"]["GONGSHI_DISKS"].split(","))
    for folder in places.values():
        name = Path(folder).name
        assert f"{name}:{folder}:ro" in SERVICES["record"]["volumes"]
        assert name in COMPOSE["volumes"]


def test_names_meet() -> None:
    """Prometheus, Grafana and the processes look for one another under the names that compose gives them."""
    config = yaml.safe_load((ROOT / "monitoring/prometheus/prometheus.yml").read_text(encoding="utf-8"))
    found = config["scrape_configs"][0]["dns_sd_configs"][0]
    assert set(found["names"]) == WORKERS.keys()
    assert {service["environment"]["GONGSHI_METRICS_PORT"] for service in OWN.values()} == {
        str(found["port"])
    }
    assert config["alerting"]["alertmanagers"][0]["static_configs"][0]["targets"] == ["alertmanager:9093"]
    provisioned = (ROOT / "monitoring/grafana/provisioning/datasources/prometheus.yml").read_text("utf-8")
    assert "url: http://prometheus:9090" in provisioned
    environment = SERVICES["review"]["environment"]
    assert environment["GONGSHI_BOOTSTRAP_SERVERS"] == "kafka:9092"
    assert environment["GONGSHI_REGISTRY_URL"].startswith("http://registry:8080/")
    assert "@postgres:5432/" in environment["GONGSHI_DATABASE_URL"]


def test_dependencies_are_sound() -> None:
    """What is waited for exists, and finishes or has a health check, as the condition says."""
    for service in SERVICES.values():
        for other, how in service.get("depends_on", {}).items():
            finishes = how["condition"] == "service_completed_successfully"
            assert finishes == (other in ONCE)
            assert finishes or SERVICES[other]["healthcheck"]["test"]


def test_the_memory_is_told() -> None:
    """What all parts together may take stands in the documents, for whoever chooses the machine."""

    def mebibytes(name: str) -> int:
        deploy = SERVICES[name]["deploy"]
        limit = re.fullmatch(r"(\d+)([mg])", deploy["resources"]["limits"]["memory"])
        assert limit
        return int(limit[1]) * (1024 if limit[2] == "g" else 1) * int(deploy.get("replicas", 1))

    documented = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    servers = sum(map(mebibytes, ("kafka", "registry", "postgres")))
    assert f"limited to {sum(map(mebibytes, SERVICES.keys() - {'share'})):,} MiB of memory" in documented
    assert f"{servers:,} MiB of them for the three servers" in documented
    assert f"`share` takes {mebibytes('share')} MiB" in documented


def test_settings_of_env_reach_a_service() -> None:
    """Whatever the documents list for .env is passed on to some service."""
    documented = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = documented.partition("Write `.env` beside")[2].partition("\n3. ")[0]
    rows = [row.split("|")[1] for row in table.splitlines() if row.strip().startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`(GONGSHI_\w+)`", row)}
    reached = {
        name for service in OWN.values() for name, value in service["environment"].items() if not value
    }
    assert named - reached == set(re.findall(r"\$\{(GONGSHI_\w+)", TEXT))
