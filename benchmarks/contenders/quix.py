"""The same rules in Quix Streams."""

import time

from quixstreams import Application
from quixstreams.sinks import BatchingSink, SinkBatch

from benchmarks.contenders.common import PRODUCER, Progress, rules, task


class _Outputs(BatchingSink):
    """Writes the outputs of a checkpoint's records, then lets Quix commit their positions."""

    def __init__(self, app: Application, progress: Progress) -> None:
        super().__init__()
        self._producer = app.get_producer()
        self._progress = progress
        self._started = 0.0
        self._written = True

    def begin(self) -> None:
        """Start the time of a checkpoint, at its first record."""
        if self._written:
            self._started, self._written = time.perf_counter(), False

    def write(self, batch: SinkBatch) -> None:
        for item in batch:
            for output in item.value:
                self._producer.produce(output.topic, output.value, output.key)
        self._producer.flush()
        if batch.size:  # one of the checkpoint's partitions
            self._written = True
            self._progress.batch(batch.size, time.perf_counter() - self._started)


def main() -> None:
    """Carry every record."""
    told = task()
    outputs_of = rules()
    app = Application(
        broker_address=told.bootstrap,
        consumer_group=told.group,
        auto_offset_reset="earliest",
        producer_extra_config=PRODUCER,
        commit_every=1_000,
        auto_create_topics=False,
        loglevel="ERROR",
    )

    sink = _Outputs(app, Progress(told))

    def reviewed(value: bytes) -> object:
        sink.begin()
        return outputs_of(value)

    frame = app.dataframe(app.topic(told.source, value_deserializer="bytes", key_deserializer="bytes"))
    frame.apply(reviewed).sink(sink)
    app.run()


if __name__ == "__main__":
    main()
