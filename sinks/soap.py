"""The national import over SOAP: a row a decision, removal by the platform's own id."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any

import aiohttp
import orjson

from sinks.connections import open_session
from sinks.http import AGAIN, ANSWER_BYTES, REASON_CHARACTERS, Timeouts, read_retry_after, read_whole
from sinks.ports import Answer, Delivery, Verdict
from sinks.remote_ids import RemoteIds, Standing
from sinks.soap_batch import import_rows
from sinks.soap_messages import (
    IMPORTS,
    SERVICES,
    SUCCESS,
    Dialect,
    Told,
    UnreadableError,
    document_of,
    read_answer,
    removal_of,
    request_of,
    row_of,
)
from streams.domain.errors import ConfigurationError, UnavailableError
from streams.domain.stages import Action, Kind, SubjectClass

NOT_BEGUN = frozenset({HTTPStatus.SERVICE_UNAVAILABLE})
"""Answers of the 5xx range that say that nothing was done; after any other something may have been."""


class _EndedError(Exception):
    """A call that ends the delivery, with its answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.verdict)
        self.answer = answer


class SoapAdaptor:
    """Imports a row for each delivery; a correction removes the former record first, a withdrawal only that.

    The platform knows a row by document number and subject among those not removed (`domain.md` 1.4, 5), so
    that an import whose answer was lost may be made again. `<code>00</code>` is success; a `<line>` is a
    refusal with the platform's words; another code without a line is tried again.
    """

    def __init__(
        self,
        url: str,
        secret: str,
        dialect: Dialect,
        remote_ids: RemoteIds,
        clock: Callable[[], datetime],
        *,
        timeouts: Timeouts | None = None,
    ) -> None:
        """Take the folder of the services; `secret` is the token, or `account:password` with a login.

        Raises `ConfigurationError`.
        """
        if not secret or (dialect.login and ":" not in secret):
            raise ConfigurationError("a soap portal's secret is its token, with ?login= account:password")
        self._url = url.rstrip("/")
        self._secret = secret
        self._dialect = dialect
        self._remote_ids = remote_ids
        self._clock = clock
        chosen = timeouts or Timeouts()
        self._timeout = aiohttp.ClientTimeout(
            total=chosen.total, connect=chosen.connect, sock_connect=chosen.connect
        )
        self._session: aiohttp.ClientSession | None = None
        self._token = "" if dialect.login else secret
        self._entering = asyncio.Lock()

    async def deliver(self, delivery: Delivery) -> Answer:
        """Try once; see `Adaptor.deliver`."""
        try:
            before = await self._remote_ids.before(delivery)
        except UnavailableError:
            return Answer(verdict=Verdict.RETRY, reason="ledger away, former record's id not known")
        content = orjson.loads(delivery.body)
        kind = Kind(content["kind"])
        try:
            if delivery.action is Action.WITHDRAW:
                return await self._withdraw(kind, before)
            row = _row(kind, content)
            if before.remote_id:
                await self._remove(kind, before.remote_id)
            told = await self._call(SERVICES[kind], IMPORTS[kind], document_of([row]))
        except _EndedError as ended:
            return ended.answer
        except ValueError:
            return Answer(verdict=Verdict.REFUSED, reason="内容含有 XML 不允许的控制字符，请更正后重新报送")
        return Answer(verdict=Verdict.ACCEPTED, status=HTTPStatus.OK, remote_id=",".join(told.ids))

    async def deliver_batch(self, deliveries: Sequence[Delivery]) -> Sequence[Answer]:
        """Try once; see `BatchAdaptor`. New rows go together, what removes a record goes alone."""
        new: dict[Kind, dict[str, Any]] = {}
        for delivery in deliveries:
            if (found := await self._new_row(delivery)) is not None:
                kind, row = found
                new.setdefault(kind, {})[delivery.idempotency_key] = row
        answers: dict[str, Answer | None] = {}
        for kind, rows in new.items():
            try:
                answers |= await import_rows(partial(self._import, kind), self._judged, rows)
            except _EndedError as ended:
                answers |= dict.fromkeys(rows, ended.answer)
        return [answers.get(one.idempotency_key) or await self.deliver(one) for one in deliveries]

    async def close(self) -> None:
        """Let go of connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _new_row(self, delivery: Delivery) -> tuple[Kind, Any] | None:
        """Return the row of a delivery that needs no more than an import."""
        if delivery.action is Action.WITHDRAW:
            return None
        content = orjson.loads(delivery.body)
        kind = Kind(content["kind"])
        try:
            if (await self._remote_ids.before(delivery)).remote_id:
                return None
            return kind, _row(kind, content)
        except (UnavailableError, ValueError):
            return None  # which is told when it is tried alone

    async def _import(self, kind: Kind, rows: Sequence[Any]) -> Told:
        return await self._ask(SERVICES[kind], IMPORTS[kind], document_of(rows))

    async def _withdraw(self, kind: Kind, before: Standing) -> Answer:
        if before.uncertain:
            words = "平台可能已收到一个未确认的版本，其编号未知，请在平台上核对并删除"
            return Answer(verdict=Verdict.REFUSED, reason=words)
        if before.remote_id:
            await self._remove(kind, before.remote_id)
        return Answer(verdict=Verdict.ACCEPTED, status=HTTPStatus.OK, remote_id=before.remote_id)

    async def _remove(self, kind: Kind, remote_id: str) -> None:
        await self._call(SERVICES[kind], self._dialect.removal(kind), removal_of(remote_id))

    async def _call(self, service: str, operation: str, xml: bytes) -> Told:
        """Return what the platform says of a success."""
        told = await self._ask(service, operation, xml)
        if told.code != SUCCESS:
            raise _EndedError(self._judged(told))
        return told

    async def _ask(self, service: str, operation: str, xml: bytes) -> Told:
        """Return what the platform says; a token that has expired is renewed once."""
        token = await self._enter("")
        told = await self._post(service, operation, self._dialect.named(token, xml))
        if self._dialect.login and told.code == self._dialect.expired:
            token = await self._enter(token)
            told = await self._post(service, operation, self._dialect.named(token, xml))
        return told

    async def _enter(self, old: str) -> str:
        """Return the token; a new one where there is none, or still the `old` one."""
        async with self._entering:
            if self._dialect.login and self._token == old:
                service, _, operation = self._dialect.login.rpartition("/")
                account, _, password = self._secret.partition(":")
                told = await self._post(service, operation, {"account": account, "password": password})
                if told.code != SUCCESS or not told.words:
                    # wrong credentials are mended by operations: no decision is to blame
                    raise _EndedError(Answer(verdict=Verdict.RETRY, status=HTTPStatus.OK, reason="no token"))
                self._token = told.words
            return self._token

    def _judged(self, told: Told) -> Answer:
        where = "" if told.line is None else f" line {told.line}"
        reason = f"{told.fault or told.code}{where}: {told.words}"[:REASON_CHARACTERS]
        if told.fault:
            # the platform's own failure may have come after its work was done
            verdict = Verdict.REFUSED if told.fault.startswith("Client") else Verdict.INDETERMINATE
            return Answer(verdict=verdict, status=HTTPStatus.INTERNAL_SERVER_ERROR, reason=reason)
        refused = told.line is not None and told.code != self._dialect.expired
        verdict = Verdict.REFUSED if refused else Verdict.RETRY
        return Answer(verdict=verdict, status=HTTPStatus.OK, reason=reason)

    async def _post(self, service: str, operation: str, arguments: Mapping[str, str]) -> Told:
        if self._session is None:
            self._session = open_session(self._timeout)
        message = request_of(self._dialect.namespace, operation, arguments)
        headers = {"content-type": "text/xml; charset=utf-8", "soapaction": '""'}
        try:
            async with self._session.post(
                f"{self._url}/{service}", data=message, headers=headers, allow_redirects=False
            ) as response:
                return self._read(response, await read_whole(response, ANSWER_BYTES))
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError) as error:
            raise _EndedError(Answer(verdict=Verdict.RETRY, reason=type(error).__name__)) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # the request may have arrived: only the answer is missing
            raise _EndedError(Answer(verdict=Verdict.INDETERMINATE, reason=type(error).__name__)) from error

    def _read(self, response: aiohttp.ClientResponse, body: bytes) -> Told:
        status = response.status
        if status in (HTTPStatus.OK, HTTPStatus.INTERNAL_SERVER_ERROR):  # SOAP 1.1 sends its faults with 500
            try:
                return read_answer(body)
            except UnreadableError as error:
                reason = f"unreadable answer: {error}"
                raise _EndedError(
                    Answer(verdict=Verdict.INDETERMINATE, status=status, reason=reason)
                ) from error
        verdict = Verdict.RETRY
        if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in AGAIN:
            verdict = Verdict.REFUSED
        elif status >= HTTPStatus.INTERNAL_SERVER_ERROR and status not in NOT_BEGUN:
            verdict = Verdict.INDETERMINATE
        raise _EndedError(
            Answer(
                verdict=verdict,
                status=status,
                reason=body.decode(errors="replace")[:REASON_CHARACTERS],
                retry_after=read_retry_after(response.headers.get("retry-after", ""), self._clock()),
            )
        )


def _row(kind: Kind, content: Mapping[str, Any]) -> Any:
    return row_of(kind, content["columns"], natural=content["subject_class"] == SubjectClass.NATURAL)
