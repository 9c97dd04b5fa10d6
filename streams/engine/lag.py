"""Reads librdkafka's statistics for how far behind a consumer is."""

from orjson import loads

from streams.engine.ports import Observer


class LagReader:
    """Tells the observer the lag of every partition that is being fetched.

    Counted is what lies between the next record to fetch and the end of the partition, and what was
    fetched but not read; so the control records of transactions do not look like lag.
    """

    def __init__(self, topic: str | None, observer: Observer) -> None:
        self._topic = topic
        self._observer = observer

    def take(self, statistics: str) -> None:
        """Take one statistics document; meant as `stats_cb`."""
        for topic, about in loads(statistics).get("topics", {}).items():
            if self._topic not in (None, topic):
                continue
            for name, partition in about["partitions"].items():
                if name != "-1" and partition["fetch_state"] == "active":
                    end = partition["ls_offset"] if partition["ls_offset"] >= 0 else partition["hi_offset"]
                    ahead = end - partition["next_offset"] if partition["next_offset"] >= 0 else 0
                    records = max(0, ahead) + partition["fetchq_cnt"]
                    self._observer.lag(topic=topic, partition=int(name), records=records)
