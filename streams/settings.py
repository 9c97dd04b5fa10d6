"""The environment, read once at start into one frozen value; all its mistakes are told together."""

import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from streams.domain.errors import ConfigurationError


class Settings(BaseSettings):
    """What `GONGSHI_*` variables say; secrets never show in its repr."""

    model_config = SettingsConfigDict(
        env_prefix="GONGSHI_", frozen=True, extra="ignore", env_ignore_empty=True
    )

    bootstrap_servers: str = ""
    """Kafka's `host:port[,host:port]`; empty: `up` and `demo` start an embedded broker."""
    kafka_properties: Path | None = None
    """TOML file of further librdkafka properties, such as `"sasl.username"`."""
    registry_url: str = ""
    """Confluent-compatible registry; empty: schema ids stand in the repository."""
    database_url: SecretStr = SecretStr("")
    """SQLAlchemy URL of the ledger; empty: SQLite in the data folder."""
    catalogue: Path | None = None
    """The 双公示目录 as TOML; empty: the sample catalogue."""
    working_days: Path | None = None
    """TOML file of extra holidays and working weekends; empty: the packaged one."""
    portals: Path | None = None
    """TOML file of the portals: id → url and secret."""
    share: Path | None = None
    """TOML file of 市公共信用信息平台, [credit-platform] with url and secret; for the share role."""
    share_database_url: SecretStr = SecretStr("")
    """SQLAlchemy URL of the share's own ledger, which is never that of the portals."""
    share_key: SecretStr = SecretStr("")
    """Seals full decisions while they wait in that ledger; keep it."""
    shapes: Path | None = None
    """TOML file of what portals see: mask shapes and columns, by portal; empty: the packaged one."""
    cache: Path = Path("~/.cache/gongshi")
    """Where the embedded broker's jars are kept."""
    metrics_host: str = "127.0.0.1"
    metrics_port: int = Field(default=0, ge=0, le=65535)
    """Port of /metrics, /live and /ready; 0: a free one."""
    disks: str = Field(default="", pattern=r"^(\s*[a-z][a-z0-9-]*=[^,=]+(,|$))*$")
    """Further disks to watch, `name=folder` with commas between, such as `ledger=/volumes/postgres`."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "WARN", "ERROR", "CRITICAL", "FATAL"] = "INFO"
    slot: str = ""
    """Stable name of this worker among its like; empty: the host's name."""
    state_dir: Path = Path(tempfile.gettempdir()) / "gongshi-state"
    """Where a review worker caches what it knows of decisions; what is lost is read from Kafka anew."""
    register_key: SecretStr = SecretStr("")
    """Keys the digests of contents in decision.register; the same for every review worker."""
    deadline_interval_s: float = Field(default=30.0, gt=0)
    """Seconds between two ticks of the deadline agent."""
    warn_working_days: int = Field(default=2, ge=0)
    """How many working days before the due day the first warning comes."""
    notices: Path | None = None
    """TOML file of how people are told of alerts, see `streams.files.notices`; empty: nobody is."""
    doubtful_share: float = Field(default=0.6, gt=0, le=1)
    """Share of a text's characters masked from where on a person must look at the decision; 1: never."""
    retry_hours: float = Field(default=72.0, gt=0)
    """How long a portal is tried before a delivery becomes a dead letter."""
    tokens: Path | None = None
    """TOML file of the HTTP intake: SHA-256 of a token = code of its department; see `gongshi token`."""
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    """Port of the HTTP intake; 0: a free one."""
    http_certificate: Path | None = None
    """PEM with the chain; empty: plain HTTP, for a proxy in front that speaks TLS."""
    http_private_key: Path | None = None
    """PEM; empty: it stands with the certificate."""
    http_body_mib: float = Field(default=32.0, gt=0, le=1024)
    """The largest request; of a JSON document never more than 8 MiB."""
    http_read_s: float = Field(default=120.0, gt=0)
    """How long the upload of a request may take."""
    http_rate: float = Field(default=5.0, gt=0)
    """Requests a second of one department in the long run."""
    http_burst: int = Field(default=50, ge=1)
    """Requests of one department at once, before its rate counts."""
    http_room: int = Field(default=32, ge=1)
    """Hand-ins that may be here at once, a quarter of them of one department."""
    site_portal: str = "credit-jinan"
    """Portal whose topic feeds the public site."""
    site_database_url: SecretStr = SecretStr("")
    """SQLAlchemy URL of the site's own database; empty: SQLite in `state_dir`."""
    site_key: SecretStr = SecretStr("")
    """Keys the names of decisions' pages, so that nobody can guess whose a withdrawn one was; keep it."""
    site_host: str = "127.0.0.1"
    site_port: int = Field(default=8090, ge=0, le=65535)
    """Port of the public site; 0: a free one."""
    site_address: str = ""
    """The site's public address, `https://…`, for feeds and sitemaps; empty: what a request was sent to."""
    site_rate: float = Field(default=20.0, gt=0)
    """Requests a second of one visitor in the long run, ten times as many at once."""
    site_proxies: int = Field(default=0, ge=0)
    """How many proxies of one's own stand before the site and add to X-Forwarded-For."""

    def kafka(self) -> Mapping[str, Any]:
        """Return the librdkafka properties that every client shares. Raises `ConfigurationError`."""
        if not self.bootstrap_servers:
            raise ConfigurationError("set GONGSHI_BOOTSTRAP_SERVERS to your Kafka, such as kafka-1:9092")
        further = read_toml(self.kafka_properties)
        _try_properties(further)
        return {"bootstrap.servers": self.bootstrap_servers, **further}

    def watched_disks(self) -> Mapping[str, Path]:
        """Return name → folder of `disks`."""
        parted = (part.strip().partition("=") for part in self.disks.split(",") if part.strip())
        return {name: Path(folder) for name, _, folder in parted}


def load() -> Settings:
    """Read the environment. Raises `ConfigurationError` that names every mistake."""
    try:
        return Settings()
    except ValidationError as error:
        mistakes = (f"GONGSHI_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise ConfigurationError("; ".join(mistakes)) from error


def _try_properties(properties: Mapping[str, Any]) -> None:
    """Have librdkafka look at the properties, without a broker. Raises `ConfigurationError`."""
    if not properties:
        return
    from confluent_kafka import KafkaException, Producer  # noqa: PLC0415 -- takes long to import

    try:
        Producer({**properties, "bootstrap.servers": "", "log_level": 0})
    except KafkaException as error:
        raise ConfigurationError(f"GONGSHI_KAFKA_PROPERTIES: {error.args[0].str()}") from error
    except (TypeError, ValueError) as error:
        raise ConfigurationError(f"GONGSHI_KAFKA_PROPERTIES: {error}") from error


def read_toml(file: Path | None) -> dict[str, Any]:
    """Return a TOML file's content, {} for None. Raises `ConfigurationError`."""
    if file is None:
        return {}
    try:
        return tomllib.loads(file.expanduser().read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file} is no valid TOML: {error}") from error
