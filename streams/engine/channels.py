"""A Faust app whose agents live on channels: Faust opens no Kafka client of its own."""

import asyncio
from typing import Any

import faust
from faust.transport.drivers.aiokafka import Consumer


class _WithoutKafka(faust.App.BootStrategy):  # type: ignore[misc]  # Faust has no types here
    """Starts agents, timers and tasks only: no consumer, producer, tables or web server."""

    enable_kafka = False
    enable_kafka_consumer = False
    enable_kafka_producer = False
    enable_web = False


class _NoConsumer(Consumer):  # type: ignore[misc]  # Faust has no types here
    """Stands where Faust's streams ask for their consumer: one without a thread, never started."""

    def _new_consumer_thread(self) -> Any:
        return faust.Service(beacon=self.beacon)

    def assignment(self) -> set[Any]:
        """Return no partitions: the engine's transactor has them."""
        return set()


class ChannelApp(faust.App):  # type: ignore[misc]  # Faust has no types here
    """Faust's agents without Faust's Kafka; see the design decision on the engine."""

    BootStrategy = _WithoutKafka

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(name, autodiscover=False, **options)
        self.listening = asyncio.Event()
        """Set once every agent listens: what is put on a channel before that is lost."""

    def _new_consumer(self) -> Any:
        self.transport.Consumer = _NoConsumer
        return super()._new_consumer()

    def _create_directories(self) -> None:
        """Make no folders: nothing is kept in tables."""

    async def on_started(self) -> None:
        """Open the channels: with Kafka off nobody else does, and every agent would wait for ever."""
        await super().on_started()
        self.flow_control.resume()
        self.listening.set()
