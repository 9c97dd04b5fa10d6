"""Carries batches from Kafka to the first agent's channel and their outcomes back, one batch at a time."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import Any, ParamSpec, TypeAlias, TypeVar

from tenacity import AsyncRetrying, before_sleep_log, retry_if_exception_type, wait_random_exponential

from streams.domain.errors import GongshiError, UnavailableError
from streams.domain.stages import Outcome
from streams.engine.batch import Batch, Reject, Surroundings
from streams.engine.driver import OutputRefusedError
from streams.engine.ports import Judge, Observer, Verdict
from streams.engine.transactor import Transactor
from streams.records import Output, Record, spans_of

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")

SETTLE_S = 120.0
"""A batch takes a second or two; after this time its agents have lost it."""
BATCH_RECORDS = 2_000
WAIT_S = 0.03

Encode = Callable[[Any], Sequence[Output]]
"""One of a verdict's outcomes → what is written for it."""


Settled: TypeAlias = tuple[tuple[Record, Outcome], ...]


class LostBatchError(GongshiError):
    """The agents have lost a batch; the process must begin anew, and reads it again."""


class AsDecided:
    """A `Judge` who knows nothing of earlier records and lets every outcome stand."""

    def judge(self, decided: Sequence[tuple[Record, Any]]) -> Sequence[Verdict]:
        """Return every outcome as it is."""
        return [Verdict((outcome,)) for _, outcome in decided]

    def committed(self) -> None:
        """Keep nothing."""


class Pump:
    """Owns the transactor and the thread that it lives on.

    `channel` takes `Batch[Record]`; the last agent settles each batch. A batch that fails because
    something is away is read again from the committed position, with growing pauses; so the topic holds
    back what cannot be worked on now, and nothing is lost.
    """

    def __init__(
        self,
        *,
        transactor: Transactor,
        channel: Any,
        encode: Encode,
        reject: Reject,
        observer: Observer,
        judge: Judge | None = None,
        listening: asyncio.Event | None = None,
        settle_s: float = SETTLE_S,
    ) -> None:
        """Take all that a batch meets on its way; nothing is read before the agents are `listening`."""
        self._listening = listening
        self._settle_s = settle_s
        self._transactor = transactor
        self._judge = judge or AsDecided()
        self._channel = channel
        self._encode = encode
        self._reject = reject
        self._observer = observer
        self._thread = ThreadPoolExecutor(1, "kafka")

    async def run(self) -> None:
        """Carry batches until cancelled.

        Raises `FencedError` when this worker is done for, `LostBatchError` when its agents are.
        """
        try:
            if self._listening is not None:
                await self._listening.wait()
            await self._open()
            while True:
                await self._carry()
        finally:
            # whatever it was doing: a consumer that is left to the garbage collector can hang there for ever
            await asyncio.shield(self._call(self._transactor.close))
            self._thread.shutdown(wait=False)

    async def _open(self) -> None:
        patient = AsyncRetrying(
            retry=retry_if_exception_type(UnavailableError),
            wait=wait_random_exponential(multiplier=0.2, max=5),
            before_sleep=before_sleep_log(log, logging.WARNING),
        )
        await patient(self._call, self._transactor.open)

    async def _carry(self) -> None:
        """Read one batch and work on it until it is committed, reading it anew where that fails."""
        pause = 0.1
        while True:
            records = await self._call(self._transactor.read, BATCH_RECORDS, WAIT_S)
            if not records:
                return
            started = perf_counter()
            try:
                await self._work(records)
            except UnavailableError as error:
                log.warning("batch of %d comes again: %s", len(records), error)
                await self._rewind()
                await asyncio.sleep(pause)
                pause = min(5.0, pause * 2)
            else:
                self._observer.batch(size=len(records), seconds=perf_counter() - started)
                return

    async def _work(self, records: Sequence[Record]) -> None:
        settled = asyncio.get_running_loop().create_future()
        surroundings = Surroundings(settled, self._observer, self._reject)
        await self._channel.put(Batch([(record, record) for record in records], (), surroundings))
        decided = sorted(await self._awaited(settled), key=lambda one: (one[0].partition, one[0].offset))
        spans, set_aside = spans_of(records), set[int]()
        while True:
            verdicts = await self._call(self._judge.judge, decided)
            try:
                lines = [self._encoded(index, verdict) for index, verdict in enumerate(verdicts)]
                await self._call(self._transactor.commit, lines, spans)
            except OutputRefusedError as error:
                if error.index in set_aside:  # nothing shorter can be said of it
                    raise
                set_aside.add(error.index)
                record = decided[error.index][0]
                # all are judged anew: what came after this record may have been judged by it
                decided[error.index] = (record, self._reject(record, error.stage, error.cause))
            else:
                await self._call(self._judge.committed)
                return

    async def _awaited(self, settled: asyncio.Future[Settled]) -> Settled:
        try:
            async with asyncio.timeout(self._settle_s):
                return await settled
        except TimeoutError as error:
            # to wait on would hold the partitions for ever; who starts this worker again loses nothing
            raise LostBatchError(f"no agent has settled the batch within {self._settle_s:g} s") from error

    def _encoded(self, index: int, verdict: Verdict) -> Sequence[Output]:
        try:
            outputs = [output for outcome in verdict.outcomes for output in self._encode(outcome)]
        except UnavailableError:
            raise
        except Exception as error:
            raise OutputRefusedError(index, "encode", error) from error
        return (*outputs, *verdict.outputs)

    async def _rewind(self) -> None:
        patient = AsyncRetrying(
            retry=retry_if_exception_type(UnavailableError),
            wait=wait_random_exponential(multiplier=0.2, max=5),
        )
        await patient(self._call, self._transactor.rewind)

    async def _call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: function(*args, **kwargs))
