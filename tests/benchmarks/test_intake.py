"""The intake's benchmark."""

import json
import subprocess
import sys
from pathlib import Path

from confluent_kafka.admin import AdminClient

from benchmarks.reading import write_xlsx
from streams.embedded.broker import Broker
from streams.engine import topic_admin
from streams.topics import CATALOGUE, SUBMITTED
from tests.connectors.submitted import submitted

ROOT = Path(__file__).parents[2]
ROWS = 300


def test_it_counts_what_the_broker_has(broker: Broker, tmp_path: Path) -> None:
    """Every row that is counted is on the topic, and the parts' times fit into the whole."""
    servers = broker.bootstrap_servers
    topic_admin.apply(AdminClient({"bootstrap.servers": servers}), (SUBMITTED, CATALOGUE))
    file = tmp_path / f"{tmp_path.name}-benchmark.xlsx"
    write_xlsx(file, ROWS)
    program = (sys.executable, "-m", "benchmarks.intake", "measure", str(file), servers)
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["sent"] == len(submitted(broker, file.name)) == ROWS
    assert 0 < told["reading"] + told["rules"] + told["producing"] < told["total"]
