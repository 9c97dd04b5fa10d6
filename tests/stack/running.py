"""A `gongshi up` as a process of its own, and the rows that the tests hand in to it."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from confluent_kafka import Consumer, TopicPartition

from tests.waiting import until

GONGSHI = str(Path(sys.executable).with_name("gongshi"))
DAY = datetime.now(UTC).date().isoformat()
HEADER = (
    "行政相对人名称,行政相对人类别,行政相对人代码_1(统一社会信用代码),法定代表人,行政处罚决定书文号,违法行为类型,"
    "违法事实,处罚依据,处罚类别,处罚内容,罚款金额(万元),处罚决定日期,处罚有效期,处罚机关,处罚机关统一社会信用代码,"
    "数据来源单位,数据来源单位统一社会信用代码,不予公开理由"
)
ROW = (
    "济南样例{number}号商贸有限公司,法人及非法人组织,91370102YX0000374U,郑样例,济市监罚〔2026〕9{number}号,"
    '销售不合格产品,"销售不合格电线，联系电话13805312345。",《产品质量法》第五十条,罚款,{content},0.2,'
    f"{DAY},2099-12-31,济南市市场监督管理局,11370100MB9A000146,济南市市场监督管理局,11370100MB9A000146,{{ground}}"
)
LATE = ROW.replace(DAY, (datetime.now(UTC) - timedelta(days=60)).date().isoformat())
"""A row whose due day is over."""


class Running:
    """A `gongshi up` and its data folder."""

    def __init__(self, data: Path, process: subprocess.Popen[bytes]) -> None:
        self.data = data
        self.process = process

    @property
    def state(self) -> dict[str, Any]:
        """What run.json says now."""
        state: dict[str, Any] = json.loads((self.data / "run.json").read_text("utf-8"))
        return state

    def ask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another gongshi command on the same data folder."""
        return subprocess.run(
            [GONGSHI, *arguments, "--data", str(self.data)], capture_output=True, text=True, check=False
        )

    def submit(self, file: Path, *rows: str, header: str = HEADER) -> None:
        """Hand rows in as a clerk does, with a file."""
        file.write_text("\n".join([header, *rows]), encoding="utf-8")
        sent = self.ask("submit", str(file))
        assert sent.returncode == 0, sent.stderr

    def over_http(self, path: str, department: str, body: bytes | None = None) -> tuple[int, Any]:
        """Hand in or ask as a department's system does; return status and JSON."""
        intake = self.state["addresses"]["intake"]
        token = json.loads(Path(intake["tokens"]).read_text("utf-8"))[department]
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "text/csv"}
        request = urllib.request.Request(f"{intake['url']}/v1/decisions{path}", body, headers)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 -- a part's own address
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def path(self, number: int) -> dict[str, Any]:
        """Return what `gongshi status` tells of the sample decision of this number."""
        told = self.ask("status", f"济市监罚[2026]9{number}号", "--json")
        found: list[dict[str, Any]] = json.loads(told.stdout)
        return found[0] if found else {"status": "", "alerts": [], "audit": []}

    def read(self, topic: str) -> list[Any]:
        """Return the committed records of a topic, key and value, as they stand now."""
        consumer = Consumer(
            {
                "bootstrap.servers": self.state["addresses"]["bootstrap_servers"],
                "group.id": "look",
                "enable.auto.commit": False,
                "isolation.level": "read_committed",
            }
        )
        partitions = consumer.list_topics(topic, timeout=60).topics[topic].partitions
        places = [TopicPartition(topic, number, 0) for number in partitions]
        ends = {place.partition: consumer.get_watermark_offsets(place, 60)[1] for place in places}
        consumer.assign(places)
        found: list[Any] = []

        def read_all() -> bool:
            for message in consumer.consume(1_000, 0.2):
                assert message.error() is None
                found.append(((message.key() or b"").decode(), message.value()))
            now = {place.partition: place.offset for place in consumer.position(places)}
            return all(now[number] >= end for number, end in ends.items() if end)

        assert until(read_all)
        consumer.close()
        return found


def start(data: Path, **environment: str) -> Running:
    """Start `gongshi up` and wait until every part runs."""
    command = [GONGSHI, "up", "--data", str(data)]
    with data.with_suffix(".log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **environment})
    running = Running(data, process)

    def all_run() -> bool:
        assert process.poll() is None, data.with_suffix(".log").read_text("utf-8")
        parts = running.state["parts"] if (data / "run.json").exists() else {}
        return "deadline" in parts and all(part["state"] == "running" for part in parts.values())

    assert until(all_run)
    return running
