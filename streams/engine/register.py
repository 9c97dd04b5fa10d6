"""Judges every event by what is known of its decision, and writes down what is known from then on."""

from collections.abc import Mapping, Sequence
from typing import Protocol
from zlib import crc32

from streams.domain.digesting import digest_of
from streams.domain.errors import UnavailableError
from streams.domain.revising import Entry, Revised, refused, revise
from streams.domain.stages import Outcome, Rejected, Released, Unchanged
from streams.engine.batch import Reject
from streams.engine.ports import Observer, Verdict
from streams.records import Output, Record


class EntryCodec(Protocol):
    """What `schemas.codec.Codec` is to the register."""

    def encode_register(self, entry: Entry) -> bytes:
        """Return the bytes of an entry. Raises `UnavailableError`."""
        ...

    def decode_register(self, value: bytes | None) -> Entry:
        """Return the entry. Raises `UndecodableError`, or `UnavailableError`."""
        ...


class Entries(Protocol):
    """Where entries are kept by partition and decision key; `Keeper` is the real one."""

    @property
    def partitions(self) -> int:
        """How many partitions the topic has."""
        ...

    def find(self, partition: int, keys: Sequence[str]) -> Mapping[str, bytes]:
        """Return what is known of `keys`. Raises `UnavailableError` while that cannot be told."""
        ...

    def mark(self, partition: int, entries: int) -> None:
        """Tell that so many entries are about to be committed."""
        ...

    def keep(self, partition: int, entries: Mapping[str, bytes]) -> None:
        """Keep what was committed."""
        ...


class Register:
    """A `Judge`: what is known of a decision decides what its next event means.

    Every entry is written to the register's topic in the transaction of the outputs that follow from it.
    """

    def __init__(
        self,
        *,
        topic: str,
        entries: Entries,
        codec: EntryCodec,
        secret: bytes,
        reject: Reject,
        observer: Observer,
    ) -> None:
        """Take the register's topic; `secret` keys the digests of contents, see `digest_of`."""
        self._topic = topic
        self._entries = entries
        self._codec = codec
        self._secret = secret
        self._reject = reject
        self._observer = observer
        self._pending: dict[int, dict[str, bytes]] = {}

    def judge(self, decided: Sequence[tuple[Record, Outcome]]) -> list[Verdict]:
        """Return a verdict for each record; see `Judge.judge`."""
        self._pending = {}
        known = self._known(decided)
        verdicts = [self._verdict(record, outcome, known) for record, outcome in decided]
        for partition, entries in self._pending.items():
            self._entries.mark(partition, len(entries))
        return verdicts

    def committed(self) -> None:
        """Keep the entries of the last call; see `Judge.committed`."""
        pending, self._pending = self._pending, {}
        for partition, entries in pending.items():
            self._entries.keep(partition, entries)

    def _known(self, decided: Sequence[tuple[Record, Outcome]]) -> dict[str, Entry]:
        wanted: dict[int, set[str]] = {}
        for record, outcome in decided:
            if (key := _key(outcome)) is not None:
                wanted.setdefault(record.partition, set()).add(key)
        return {
            key: self._codec.decode_register(value)
            for partition, keys in wanted.items()
            for key, value in self._entries.find(partition, sorted(keys)).items()
        }

    def _verdict(self, record: Record, outcome: Outcome, known: dict[str, Entry]) -> Verdict:
        try:
            revised = self._revised(record, outcome, known)
            entry = revised.entry
            value = self._codec.encode_register(entry) if entry else b""
        except UnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 -- whatever one record does, the others go on
            self._observer.outcome(stage="register", outcome="poisonous", count=1)
            return Verdict((self._reject(record, "register", error),))
        if entry is None:
            return Verdict(revised.outcomes)
        known[entry.key] = entry
        self._pending.setdefault(record.partition, {})[entry.key] = value
        return Verdict(revised.outcomes, (Output(self._topic, entry.key, value, record.partition),))

    def _revised(self, record: Record, outcome: Outcome, known: Mapping[str, Entry]) -> Revised:
        if isinstance(outcome, Unchanged) or (key := _key(outcome)) is None:
            return Revised(outcomes=(outcome,))
        if partition_of(key, self._entries.partitions) != record.partition:
            # decided elsewhere than its other events, it might overtake them
            return Revised(outcomes=(refused(outcome, "KEY_MISPLACED"),))
        return revise(outcome, known.get(key), digest_of(outcome, self._secret))


def partition_of(key: str, partitions: int) -> int:
    """Return where librdkafka puts a key unless it is told otherwise: its partitioner `consistent_random`."""
    return crc32(key.encode()) % partitions


def _key(outcome: Outcome) -> str | None:
    """Return the key of the decision that an outcome says something of, None where it says nothing."""
    if isinstance(outcome, Released):
        return outcome.public.key
    if isinstance(outcome, Rejected):
        return outcome.key if outcome.review else None
    return None if isinstance(outcome, Unchanged) else outcome.key
