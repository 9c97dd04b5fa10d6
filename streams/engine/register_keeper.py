"""Keeps the register of this worker's partitions at hand: reads the topic until the files are true."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, TopicPartition

from streams.domain.errors import ConfigurationError, UnavailableError
from streams.engine.ports import Observer
from streams.engine.register_file import BrokenFileError, RegisterFile
from streams.engine.topic_facts import EARLIEST, LATEST, TopicFacts

log = logging.getLogger(__name__)

RECORDS_AT_ONCE = 10_000
WAIT_S = 0.05
SAVE_EVERY = 20_000
"""Entries after which a partition's position is saved: what a restart reads again at most."""


class Keeper:
    """A `Gate`: a partition is open once its file holds all that its last owner has written.

    What this worker writes itself comes through `keep`. Its own records are not read back: while a
    partition is open nobody else writes to it, so that the end of the topic is where the file stands.
    """

    def __init__(
        self, *, kafka: Mapping[str, Any], topic: str, source: str, folder: Path, observer: Observer
    ) -> None:
        """Take the register's topic, and the topic `source` that is judged by it: partition by partition."""
        self._topic = topic
        self._source = source
        self._folder = folder
        self._observer = observer
        self._facts = TopicFacts(kafka)
        self._consumer = Consumer(
            {
                **kafka,
                "group.id": "review-register",  # asked for by the client, and never joined
                "enable.auto.commit": False,
                "isolation.level": "read_committed",
                "enable.partition.eof": True,
                "auto.offset.reset": "error",
                "queued.max.messages.kbytes": 16_384,
                "logger": log,
            }
        )
        self._assigned: set[int] = set()
        self._files: dict[int, RegisterFile] = {}
        self._targets: dict[int, int] = {}
        """Partition that is being read → the end that its file must reach."""
        self._unsaved: dict[int, int] = {}
        self._marks: dict[int, int] = {}
        self.partitions = 0
        """Of the topic; 0 before the first partition was begun."""

    def assigned(self, partitions: Iterable[int]) -> None:
        """Take partitions over; they are closed."""
        self._assigned.update(partitions)

    def revoked(self, partitions: Iterable[int]) -> None:
        """Give partitions away."""
        for partition in partitions:
            self._assigned.discard(partition)
            self._close(partition)

    def close(self) -> None:
        """Give everything away."""
        self.revoked(tuple(self._assigned))
        self._consumer.close()

    def closed(self) -> frozenset[int]:
        """Return the partitions that wait for `begin`."""
        return frozenset(self._assigned - self._files.keys())

    def begin(self, partition: int) -> None:
        """Begin to read what is known in `partition`.

        To be called when whatever an earlier owner may still have committed is committed or aborted: all
        that counts is in the topic then. Raises confluent_kafka's `KafkaException`, and
        `ConfigurationError` where the two topics cannot go together.
        """
        first = self._facts.offset(self._topic, partition, EARLIEST)
        end = self._facts.offset(self._topic, partition, LATEST)
        file = self._file(partition)
        if not first <= file.position <= end:
            file.clear()
            file.keep((), first)
        self._files[partition] = file
        self._targets[partition] = end
        if file.position < end:
            log.info("reading %s/%d from %d to %d", self._topic, partition, file.position, end)
            self._consumer.incremental_assign([TopicPartition(self._topic, partition, file.position)])

    def opened(self) -> tuple[int, ...]:
        """Read on for a moment; return the partitions that are open from now on."""
        if any(self._files[partition].position < end for partition, end in self._targets.items()):
            self._take(self._consumer.consume(RECORDS_AT_ONCE, WAIT_S))
        done = tuple(p for p, end in self._targets.items() if self._files[p].position >= end)
        for partition in done:
            self._stop_reading(partition)
        return done

    def find(self, partition: int, keys: Sequence[str]) -> Mapping[str, bytes]:
        """Return the entries of those `keys` that are known. Raises `UnavailableError` while it is closed."""
        file = self._files.get(partition)
        if file is None or partition in self._targets:
            raise UnavailableError(f"{self._topic}/{partition} is not at hand yet")
        with self._minding(partition):
            return file.find(keys)

    def mark(self, partition: int, entries: int) -> None:
        """Tell that so many entries are about to be committed.

        When they are, this worker has been the partition's owner all the time: so what the topic holds
        now is in the file, and its end now is a position that may be saved with them.
        """
        self._marks.pop(partition, None)
        self._unsaved[partition] = self._unsaved.get(partition, 0) + entries
        if self._unsaved[partition] >= SAVE_EVERY:
            with suppress(KafkaException):  # another time
                self._marks[partition] = self._facts.offset(self._topic, partition, LATEST)

    def keep(self, partition: int, entries: Mapping[str, bytes]) -> None:
        """Write what was committed just now. Raises `UnavailableError` where the file must be made anew."""
        mark = self._marks.pop(partition, None)
        if mark is not None:
            self._unsaved[partition] = 0
        file = self._files.get(partition)
        if file is not None:
            with self._minding(partition):
                file.keep(entries.items(), mark)

    def _take(self, messages: Sequence[Message]) -> None:
        told: dict[int, dict[str, bytes]] = {}
        ends: dict[int, int] = {}
        for message in messages:
            error, partition = message.error(), message.partition() or 0
            if partition not in self._targets:
                continue
            if error is None:
                key, value = message.key(), message.value()
                if isinstance(key, bytes) and isinstance(value, bytes):
                    told.setdefault(partition, {})[key.decode()] = value
                ends[partition] = (message.offset() or 0) + 1
            elif error.code() == KafkaError._PARTITION_EOF:  # noqa: SLF001 -- a constant of librdkafka
                # the end behind the markers of transactions, which are no messages
                ends[partition] = message.offset() or 0
            elif error.code() == KafkaError._AUTO_OFFSET_RESET:  # noqa: SLF001 -- likewise
                self._close(partition)
            else:
                log.warning("reading %s: %s", self._topic, error.name())
        for partition, end in ends.items():
            with suppress(BrokenFileError), self._minding(partition):
                self._files[partition].keep(told.get(partition, {}).items(), end)
                self._observer.committed(topic=self._topic, partition=partition, offset=end)

    def _file(self, partition: int) -> RegisterFile:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return RegisterFile(self._folder / f"{self._topic}-{partition}.sqlite", self._source_of_truth())

    def _source_of_truth(self) -> str:
        """Return what tells the topic from an earlier one of its name. Raises `KafkaException`."""
        about = self._facts.described([self._topic, self._source])
        register, source = about[self._topic], about[self._source]
        self.partitions = len(register.partitions)
        if len(source.partitions) != self.partitions:
            raise ConfigurationError(
                f"{self._topic} has {self.partitions} partitions and {self._source} {len(source.partitions)}:"
                " both need the same number; see docs/operations.md"
            )
        return str(register.topic_id)

    def _stop_reading(self, partition: int) -> None:
        self._targets.pop(partition, None)
        place = TopicPartition(self._topic, partition)
        if any(one.partition == partition for one in self._consumer.assignment()):
            self._consumer.incremental_unassign([place])

    def _close(self, partition: int) -> None:
        self._stop_reading(partition)
        self._unsaved.pop(partition, None)
        self._marks.pop(partition, None)
        file = self._files.pop(partition, None)
        if file is not None:
            file.close()
            self._observer.released(topic=self._topic, partition=partition)

    @contextmanager
    def _minding(self, partition: int) -> Iterator[None]:
        """Throw a file away that broke; the partition is closed until another one is true."""
        try:
            yield
        except BrokenFileError:
            self._files[partition].destroy()
            self._close(partition)
            raise
