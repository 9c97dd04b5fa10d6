"""`gongshi up` on a cluster and a database that are there already."""

from pathlib import Path

import pytest

from streams.embedded.broker import Broker
from tests.stack.running import start

pytestmark = pytest.mark.timeout(300)


def test_with_a_real_cluster_the_embedded_broker_stays_off(
    tmp_path: Path, cache: Path, postgres_url: str
) -> None:
    """With Kafka and database in the environment, `up` starts neither."""
    broker = Broker(data=tmp_path / "elsewhere", cache=cache)
    broker.start()
    environment = {
        "GONGSHI_BOOTSTRAP_SERVERS": broker.bootstrap_servers,
        "GONGSHI_DATABASE_URL": postgres_url,
    }
    running = start(tmp_path / "data", **environment)
    state = running.state
    running.process.terminate()
    assert running.process.wait(60) == 0
    broker.stop()
    assert "broker" not in state["parts"]
    assert state["addresses"]["bootstrap_servers"] == broker.bootstrap_servers
    assert not (tmp_path / "data" / "ledger.sqlite").exists()
