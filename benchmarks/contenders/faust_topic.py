"""The same rules in a Faust agent on a topic, as Faust's tutorial shows it: a `send` for every output."""

import asyncio
import os
import tempfile

import faust

from benchmarks.contenders.common import Stopwatch, rules, task


async def main() -> None:
    """Carry every record."""
    told = task()
    outputs_of = rules()
    watch = Stopwatch(told.count)
    finished = asyncio.Event()
    app = faust.App(
        told.group,
        broker=f"kafka://{told.bootstrap}",
        datadir=tempfile.mkdtemp(),
        web_enabled=False,
        autodiscover=False,
        value_serializer="raw",
        key_serializer="raw",
        consumer_auto_offset_reset="earliest",
        producer_linger=0.005,
        topic_disable_leader=True,
    )
    source = app.topic(told.source, value_serializer="raw", value_type=bytes)

    @app.agent(source)
    async def review(values: object) -> None:
        async for value in values:
            watch.begin()
            for output in outputs_of(value):
                await app.topic(output.topic, value_serializer="raw").send(
                    key=output.key.encode(), value=output.value
                )
            if watch.done(1):
                finished.set()

    await app.start()
    await finished.wait()
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main())
