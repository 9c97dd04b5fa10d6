"""Tries a portal under construction with test decisions, and says in Chinese what it does wrong."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from sinks.body import render
from sinks.ports import Adaptor, Answer, BatchAdaptor, Delivery, Verdict
from sinks.remote_ids import RemoteIds, Standing
from sinks.templates import public_columns
from streams.domain.columns import TEMPLATES, Form
from streams.domain.stages import Action, DecisionKey, EventId, Kind, PortalId, Public, SubjectClass

AUTHORITY = "11370100MB9A000146"
OLD = timedelta(hours=1)
ODD = (
    "<script>alert(1)</script>&amp;\"'\\ \t换行\n表情🏛️ 从右到左\u202eאבג\u202c 生僻字𠮷㐂 零宽\u200b 全角Ａ１"
)
_PHRASE = "经查，联调测试。"


class Make(Protocol):
    """Makes the adaptor of the portal that is tried."""

    def __call__(self, remote_ids: RemoteIds, *, ago: timedelta, forged: bool) -> Adaptor:
        """Return an adaptor whose clock is so far behind; `forged`: with another secret than the portal's."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that a portal must do, and whether it does."""

    code: str
    title: str
    ok: bool
    told: str
    """Where it does not: what came instead, and what to do."""


class _Answered:
    """Remembers the portal's ids of what it accepted in this run."""

    def __init__(self) -> None:
        self.known: dict[tuple[DecisionKey, int], str] = {}

    async def before(self, delivery: Delivery) -> Standing:
        """Return what lower revisions left at the portal."""
        lower = {
            revision: remote_id
            for (key, revision), remote_id in self.known.items()
            if key == delivery.key and revision < delivery.revision
        }
        return Standing(remote_id=lower[max(lower)] if lower else "")


class Trial:
    """One run against one portal; `number` keeps its test decisions apart from those of other runs."""

    def __init__(
        self, portal: PortalId, make: Make, *, signed: bool, batches: bool, number: str, today: date
    ) -> None:
        self._portal = portal
        self._batches = batches
        self._make = make
        self._signed = signed
        self._number = number
        self._today = today
        self._ids = _Answered()

    async def run(self) -> AsyncIterator[Check]:
        """Try everything in order, and take all test decisions down again at the end."""
        adaptor = self._make(self._ids, ago=timedelta(), forged=False)
        first = self._decision(1)
        new = await self._send(adaptor, first)
        yield _accepted("NEW", "新公示", new)
        if _is_away(new):  # nothing else can be learnt from an address where nobody answers
            await adaptor.close()
            return
        again = await self._send(adaptor, first)
        yield _accepted("REPEATED", "同一编号重复推送", again)
        same = new.remote_id == again.remote_id
        yield Check(
            code="SAME_ID",
            title="重复推送返回同一平台编号",
            ok=same,
            told="" if same else "同一 webhook-id 应视为同一次推送：不重复入库，返回原来的编号。",
        )
        corrected = self._decision(1, revision=2, action=Action.CORRECT, content="联调测试，内容已更正。")
        yield _accepted("CORRECTED", "更正", await self._send(adaptor, corrected))
        yield _accepted("HUGE", "各栏均写满规定字数", await self._send(adaptor, self._huge(2)))
        yield _accepted("ODD", "特殊字符", await self._send(adaptor, self._decision(3, content=ODD)))
        yield _accepted("LICENCE", "行政许可", await self._send(adaptor, self._licence(4)))
        yield _accepted("NATURAL", "自然人", await self._send(adaptor, self._natural(5)))
        if self._batches and isinstance(adaptor, BatchAdaptor):
            yield await self._together(adaptor)
        if self._signed:
            yield _accepted("LATE", "更正后又收到旧版本", await self._send(adaptor, first))
            yield await self._refused("WRONG_SIGNATURE", "签名不对的请求", forged=True)
            yield await self._refused("OLD_TIMESTAMP", "一小时前签名的请求", ago=OLD)
        sent = [self._decision(number) for number in (1, 2, 3, 7, 8)] + [self._licence(4), self._natural(5)]
        for number, event in enumerate(sent, 1):
            if (event.key, event.revision) not in self._ids.known:
                continue  # it has been told already that this one was not taken
            withdrawn = replace(
                event,
                event_id=EventId(f"{event.event_id}-withdrawn"),
                revision=9,
                action=Action.WITHDRAW,
                reason="撤销",
                values={},
            )
            answer = await self._send(adaptor, withdrawn)
            if number == 1:
                yield _accepted("WITHDRAWN", "撤回", answer)
                yield _accepted("WITHDRAWN_TWICE", "重复撤回", await self._send(adaptor, withdrawn))
            elif answer.verdict is not Verdict.ACCEPTED:
                yield _accepted("CLEARED", f"撤下第{number}条测试数据", answer)
        await adaptor.close()

    async def _refused(
        self, code: str, title: str, *, forged: bool = False, ago: timedelta = timedelta()
    ) -> Check:
        adaptor = self._make(self._ids, ago=ago, forged=forged)
        answer = await self._send(adaptor, self._decision(6))
        await adaptor.close()
        ok = answer.verdict is Verdict.REFUSED
        told = "" if ok else f"应以 401 拒收，实际{_came(answer)}"
        if answer.verdict is Verdict.ACCEPTED:
            told += "；任何人都能伪造推送。"
        return Check(code=code, title=f"拒收{title}", ok=ok, told=told)

    async def _together(self, adaptor: BatchAdaptor) -> Check:
        events = [self._decision(number) for number in (7, 8)]
        answers = await adaptor.deliver_batch([self._delivery(event) for event in events])
        for event, answer in zip(events, answers, strict=True):
            if answer.verdict is Verdict.ACCEPTED:
                self._ids.known[event.key, event.revision] = answer.remote_id
        worst = next((one for one in answers if one.verdict is not Verdict.ACCEPTED), answers[0])
        return _accepted("BATCH", "一次推送多条", worst)

    def _delivery(self, event: Public) -> Delivery:
        return Delivery(
            portal=self._portal,
            key=event.key,
            revision=event.revision,
            event_id=event.event_id,
            action=event.action,
            body=render(event),
            idempotency_key=f"{self._portal}:{event.event_id}",
        )

    async def _send(self, adaptor: Adaptor, event: Public) -> Answer:
        answer = await adaptor.deliver(self._delivery(event))
        if answer.verdict is Verdict.ACCEPTED:
            self._ids.known[event.key, event.revision] = answer.remote_id
        return answer

    def _decision(
        self,
        number: int,
        *,
        revision: int = 1,
        action: Action = Action.PUBLISH,
        content: str = "联调测试数据，请勿公开。",
    ) -> Public:
        document = f"公示联调〔{self._today.year}〕{self._number}-{number}号"
        subject = "公示联调测试有限公司"
        values: Mapping[str, str | date] = {
            "CF_XDR_MC": subject,
            "CF_XDR_LB": "法人及非法人组织",
            "CF_WSH": document,
            "CF_SY": content,
            "CF_NR": "警告",
            "CF_JDRQ": self._today,
        }
        return Public(
            event_id=EventId(f"conformance-{self._number}-{number}-{revision}"),
            key=DecisionKey(f"{AUTHORITY}|{document}|{subject}"),
            revision=revision,
            action=action,
            kind=Kind.PENALTY,
            subject_class=SubjectClass.LEGAL,
            department="公示联调测试局",
            department_code=AUTHORITY,
            region="370100",
            item="",
            portals=(self._portal,),
            decided_on=self._today,
            due_on=self._today + timedelta(days=9),
            reason="",
            values=values,
        )

    def _huge(self, number: int) -> Public:
        """Return a decision with as much in every public column as the template allows: some 50 KB."""
        event = self._decision(number)
        full = {
            column.code: (_PHRASE * column.length)[: column.length]
            for column in public_columns(Kind.PENALTY, natural=False)
            if column.form is Form.TEXT and not column.code.endswith(("DM", "SHXYM"))
        }
        return replace(event, values={**full, **event.values, "CF_SY": full["CF_SY"], "CF_NR": full["CF_NR"]})

    def _licence(self, number: int) -> Public:
        event = self._decision(number)
        values = {code.replace("CF_", "XK_"): value for code, value in event.values.items()}
        known = {code: value for code, value in values.items() if code in TEMPLATES[Kind.LICENCE]}
        return replace(event, kind=Kind.LICENCE, values={**known, "XK_XKWS": "联调测试许可证"})

    def _natural(self, number: int) -> Public:
        event = self._decision(number)
        values = {**event.values, "CF_XDR_LB": "自然人", "CF_XDR_ZJHM": "370102********1234"}
        return replace(event, subject_class=SubjectClass.NATURAL, values=values)


def _accepted(code: str, title: str, answer: Answer) -> Check:
    ok = answer.verdict is Verdict.ACCEPTED
    words = f"：{answer.reason}" if answer.status and answer.reason else ""
    if _is_away(answer):
        words = "：请先启动平台，或核对 GONGSHI_PORTALS 中的地址"
    return Check(
        code=code, title=title, ok=ok, told="" if ok else f"应以 2xx 接收，实际{_came(answer)}{words}"
    )


def _came(answer: Answer) -> str:
    return f"应答 {answer.status}" if answer.status else f"没有应答({answer.reason})"


def _is_away(answer: Answer) -> bool:
    """Whether nobody was reached at all."""
    return answer.verdict is Verdict.RETRY and not answer.status
