"""The same rules in a Faust agent on a topic, as Faust's tutorial shows it: a `send` for every output."""

import asyncio
import tempfile
import time

import faust

from benchmarks.contenders.common import Progress, rules, task


async def main() -> None:
    """Carry every record."""
    told = task()
    outputs_of = rules()
    progress = Progress(told)
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
            started = time.perf_counter()
            for output in outputs_of(value):
                await app.topic(output.topic, value_serializer="raw").send(
                    key=output.key.encode(), value=output.value
                )
            progress.batch(1, time.perf_counter() - started)

    await app.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
