"""Mail over SMTP: one letter for each addressee about all that one look at the clock has raised."""

import asyncio
import smtplib
import ssl
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TypeAlias
from uuid import NAMESPACE_URL, uuid5

from sinks.notices.wording import ADDRESSEES, sentence, title
from sinks.ports import Answer, Verdict
from streams.domain.events import Addressee, Alert, AlertKind

TIMEOUT_S = 20.0
REFUSES_FOR_GOOD = 500
LONGEST = 200
"""Decisions named in one letter; the others are counted."""

Group: TypeAlias = tuple[Addressee, str]
"""Whom a letter is for: the addressee, and of which department."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """The mail server, and as whom one writes."""

    host: str
    port: int
    sender: str
    tls: str = "starttls"
    """`starttls`, `tls` or `none`."""
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Who reads for whom; a department that names nobody is read for by the supervisor."""

    supervisor: tuple[str, ...]
    responsible: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Department code → addresses."""
    head: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, addressee: Addressee, department_code: str) -> tuple[str, ...]:
        """Return to whom a letter goes."""
        match addressee:
            case Addressee.RESPONSIBLE:
                return self.responsible.get(department_code) or self.supervisor
            case Addressee.HEAD:
                return self.head.get(department_code) or self.supervisor
            case Addressee.SUPERVISOR:
                return self.supervisor


class MailChannel:
    """Writes letters; the same alerts make a letter of the same Message-ID."""

    most = 2_000

    def __init__(self, server: Server, addresses: Addresses) -> None:
        self._server = server
        self._addresses = addresses

    async def send(self, alerts: Sequence[Alert]) -> Sequence[Answer]:
        """Try once, a letter for each addressee; see `Channel.send`."""
        groups: dict[Group, list[Alert]] = {}
        for alert in alerts:
            groups.setdefault((alert.addressee, alert.department_code), []).append(alert)
        answers = await asyncio.to_thread(self._send, groups)
        return [answers[alert.addressee, alert.department_code] for alert in alerts]

    async def close(self) -> None:
        """Nothing stays open between two letters."""

    def _send(self, groups: Mapping[Group, Sequence[Alert]]) -> dict[Group, Answer]:
        later = Answer(verdict=Verdict.RETRY, reason="the letter before it was not taken")
        answers = dict.fromkeys(groups, later)
        try:
            with self._open() as smtp:
                for (addressee, code), alerts in groups.items():
                    letter = written(alerts, self._server.sender, self._addresses.of(addressee, code))
                    answers[addressee, code] = _sent(smtp, letter)
        except (smtplib.SMTPException, OSError) as error:
            away = Answer(verdict=Verdict.RETRY, reason=type(error).__name__)
            return {group: away if answer is later else answer for group, answer in answers.items()}
        return answers

    def _open(self) -> smtplib.SMTP:
        about = self._server
        if about.tls == "tls":
            context = ssl.create_default_context()
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(about.host, about.port, timeout=TIMEOUT_S, context=context)
        else:
            smtp = smtplib.SMTP(about.host, about.port, timeout=TIMEOUT_S)
        if about.tls == "starttls":
            smtp.starttls(context=ssl.create_default_context())
        if about.user:
            smtp.login(about.user, about.password)
        return smtp


def written(alerts: Sequence[Alert], sender: str, to: Sequence[str]) -> EmailMessage:
    """Return the letter about alerts of one addressee and department."""
    first = alerts[0]
    letter = EmailMessage()
    letter["From"] = sender
    letter["To"] = ", ".join(to)
    letter["Date"] = format_datetime(max(alert.raised_at for alert in alerts))
    name = uuid5(NAMESPACE_URL, " ".join(sorted(alert.event_id for alert in alerts)))
    letter["Message-ID"] = f"<{name}@gongshi>"
    kinds = Counter(title(alert.kind, alert.days_past) for alert in alerts)
    told = "，".join(f"{said}{count}件" for said, count in kinds.items())
    letter["Subject"] = f"双公示预警：{first.department or first.department_code} {told}"
    lines = [
        f"{first.department or first.department_code}({ADDRESSEES[first.addressee]})：",
        "",
        *(sentence(alert) for alert in alerts[:LONGEST]),
    ]
    if len(alerts) > LONGEST:
        lines.append(f"另有{len(alerts) - LONGEST}件，请在系统中查看。")
    if any(alert.kind is not AlertKind.RESOLVED for alert in alerts):
        lines += ["", "行政许可和行政处罚决定应自作出之日起7个工作日内公示。"]
    letter.set_content("\n".join(lines))
    return letter


def _sent(smtp: smtplib.SMTP, letter: EmailMessage) -> Answer:
    try:
        smtp.send_message(letter)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        good = all(code >= REFUSES_FOR_GOOD for code in codes)
        return Answer(
            verdict=Verdict.REFUSED if good else Verdict.RETRY, status=codes[0], reason="recipient refused"
        )
    except smtplib.SMTPResponseException as error:
        good = error.smtp_code >= REFUSES_FOR_GOOD
        return Answer(
            verdict=Verdict.REFUSED if good else Verdict.RETRY, status=error.smtp_code, reason="refused"
        )
    return Answer(verdict=Verdict.ACCEPTED)
