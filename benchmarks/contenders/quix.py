"""The same rules in Quix Streams."""

import os

from quixstreams import Application
from quixstreams.sinks import BatchingSink, SinkBatch

from benchmarks.contenders.common import PRODUCER, Stopwatch, rules, task


class _Outputs(BatchingSink):
    """Writes the outputs of a checkpoint's records, then lets Quix commit their positions."""

    def __init__(self, app: Application, watch: Stopwatch) -> None:
        super().__init__()
        self._producer = app.get_producer()
        self._watch = watch

    def write(self, batch: SinkBatch) -> None:
        for item in batch:
            for output in item.value:
                self._producer.produce(output.topic, output.value, output.key)
        self._producer.flush()
        if self._watch.done(batch.size):
            os._exit(0)


def main() -> None:
    """Carry every record."""
    told = task()
    outputs_of = rules()
    watch = Stopwatch(told.count)
    app = Application(
        broker_address=told.bootstrap,
        consumer_group=told.group,
        auto_offset_reset="earliest",
        producer_extra_config=PRODUCER,
        commit_every=1_000,
        auto_create_topics=False,
        loglevel="ERROR",
    )

    def reviewed(value: bytes) -> object:
        watch.begin()
        return outputs_of(value)

    frame = app.dataframe(app.topic(told.source, value_deserializer="bytes", key_deserializer="bytes"))
    frame.apply(reviewed).sink(_Outputs(app, watch))
    app.run()


if __name__ == "__main__":
    main()
