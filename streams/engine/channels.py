"""A Faust app whose agents live on channels: Faust opens no Kafka client of its own."""

from typing import Any

import faust


class _WithoutKafka(faust.App.BootStrategy):  # type: ignore[misc]  # Faust has no types here
    """Starts agents, timers and tasks only: no consumer, producer, tables or web server."""

    enable_kafka = False
    enable_kafka_consumer = False
    enable_kafka_producer = False
    enable_web = False


class ChannelApp(faust.App):  # type: ignore[misc]  # Faust has no types here
    """Faust's agents without Faust's Kafka; see the design decision on the engine."""

    BootStrategy = _WithoutKafka

    def __init__(self, name: str, **options: Any) -> None:
        options.setdefault("broker", "kafka://127.0.0.1:1")  # never dialled: Kafka is off
        super().__init__(name, autodiscover=False, **options)

    async def on_started(self) -> None:
        """Open the channels: with Kafka off nobody else does, and every agent would wait for ever."""
        await super().on_started()
        self.flow_control.resume()
