"""The file that says how people are told of alerts: Alertmanager, a webhook, mail and whose address."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sinks.notices.alertmanager import AlertmanagerChannel
from sinks.notices.mail import Addresses, MailChannel, Server
from sinks.notices.ports import Channel
from sinks.notices.webhook import WebhookChannel
from sinks.signing import Signer
from streams.domain.errors import ConfigurationError
from streams.settings import read_toml

Address = str
Url = Field(pattern=r"^https?://\S+$")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Alertmanager(_Part):
    url: str = Url


class _Webhook(_Part):
    url: str = Url
    secret_file: Path


class _Readers(_Part):
    responsible: tuple[Address, ...] = ()
    head: tuple[Address, ...] = ()


class _Mail(_Part):
    host: str
    port: int = Field(default=25, ge=1, le=65535)
    sender: Address
    tls: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_file: Path | None = None
    supervisor: tuple[Address, ...] = Field(min_length=1)
    departments: dict[str, _Readers] = Field(default_factory=dict)


class _File(_Part):
    alertmanager: _Alertmanager | None = None
    webhook: _Webhook | None = None
    mail: _Mail | None = None


def load_channels(file: Path | None, clock: Callable[[], datetime]) -> Mapping[str, Channel]:
    """Return channel name → channel, as the file has them; none without a file.

    Raises `ConfigurationError` that names every mistake.
    """
    if file is None:
        return {}
    try:
        told = _File.model_validate(read_toml(file))
    except ValidationError as error:
        # the values stay untold: they may be secrets
        mistakes = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ConfigurationError(f"{file.name}: {'; '.join(mistakes)}") from None
    channels: dict[str, Channel] = {}
    if told.alertmanager:
        channels["alertmanager"] = AlertmanagerChannel(told.alertmanager.url)
    if told.webhook:
        channels["webhook"] = WebhookChannel(told.webhook.url, _signer(told.webhook.secret_file), clock)
    if told.mail:
        channels["mail"] = _mail(told.mail)
    return channels


def _mail(told: _Mail) -> MailChannel:
    server = Server(
        host=told.host,
        port=told.port,
        sender=told.sender,
        tls=told.tls,
        user=told.user,
        password=_text(told.password_file) if told.password_file else "",
    )
    addresses = Addresses(
        supervisor=told.supervisor,
        responsible={code: readers.responsible for code, readers in told.departments.items()},
        head={code: readers.head for code, readers in told.departments.items()},
    )
    return MailChannel(server, addresses)


def _signer(file: Path) -> Signer:
    secret = _text(file)
    try:
        return Signer(secret)
    except ConfigurationError as error:
        raise ConfigurationError(f"{file.name} holds no secret: `whsec_` and base64 is needed") from error


def _text(file: Path) -> str:
    try:
        return file.expanduser().read_text("utf-8").strip()
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read: {error.strerror}") from error
