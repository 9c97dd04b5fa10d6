"""The TOML file of one source: where it is, what is read, and what each of its columns is officially."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
)
from pydantic import model_validator as whole

from connectors.headers import known_headers
from streams.domain.errors import ConfigurationError
from streams.domain.identifiers import is_uscc
from streams.domain.stages import Kind

Cell = str | int | bool
Names = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda told: (told,) if isinstance(told, str) else told),
    Field(min_length=1),
]
_STRICT = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Mode(StrEnum):
    """How new rows are found."""

    TIMESTAMP = "timestamp+incrementing"
    """By the time of their last change, then by number: a table with one row a decision."""
    INCREMENTING = "incrementing"
    """By a number that only rises: a table to which rows are added and never changed."""
    OUTBOX = "outbox"
    """By a status column that is written once the broker has the row."""


class Outbox(BaseModel):
    """What is written back to a row."""

    model_config = _STRICT

    status: str
    """Column."""
    pending: Cell | None = None
    """Its value on rows that wait; None: NULL."""
    accepted: Cell
    refused: Cell | None = None
    """On rows that the review will refuse; None: the same as `accepted`."""
    message: str = ""
    """Column for what is wrong with the row, in Chinese."""
    message_length: int = Field(default=500, ge=1)
    """Characters that the column takes."""


class Source(BaseModel):
    """One table or query, and how it is read."""

    model_config = _STRICT

    name: str = Field(pattern=r"^[\w.-]{1,64}$")
    """Part of every event's id: another name would hand everything in a second time."""
    department: str
    """统一社会信用代码 of the department that it belongs to."""
    url: SecretStr = SecretStr("")
    """SQLAlchemy URL; or:"""
    url_env: str = ""
    """Name of the environment variable that holds it."""
    mode: Mode
    table: str = ""
    table_schema: str | None = Field(default=None, alias="schema")
    query: str = ""
    """A SELECT in place of a table, as the database understands it."""
    key: Names
    """Columns that tell one row from every other."""
    timestamp: str = ""
    """Column that says when a row was changed last."""
    incrementing: str = ""
    """Column of a number that only rises."""
    kind: Kind | None = None
    """What the rows are, where the columns do not tell."""
    delay_s: float = Field(default=60.0, ge=0)
    """Longer than the source's longest transaction: how old a row must be before it is read."""
    poll_s: float = Field(default=10.0, gt=0)
    batch_rows: int = Field(default=500, ge=1, le=10_000)
    timezone: str = "Asia/Shanghai"
    """Of times that are kept without one."""
    columns: Mapping[str, str]
    """Official code, or a name such as 动作 → the source's column."""
    constants: Mapping[str, str] = Field(default_factory=dict)
    """Official code → the text that it has on every row."""
    outbox: Outbox | None = None

    @property
    def zone(self) -> ZoneInfo:
        """Time zone of times that are kept without one."""
        return ZoneInfo(self.timezone)

    @field_validator("department")
    @classmethod
    def _department(cls, told: str) -> str:
        if not is_uscc(told):
            raise ValueError("it is no 统一社会信用代码: its check digit is wrong")
        return told

    @field_validator("timezone")
    @classmethod
    def _zone(cls, told: str) -> str:
        try:
            ZoneInfo(told)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("no such time zone; write one such as Asia/Shanghai") from error
        return told

    @field_validator("columns", "constants")
    @classmethod
    def _known(cls, told: Mapping[str, str]) -> Mapping[str, str]:
        unknown = [name for name in told if not known_headers([name])]
        if unknown:
            raise ValueError(f"{', '.join(unknown)} is in no template; `gongshi template` shows all columns")
        return told

    @whole(mode="after")
    def _together(self) -> Self:
        mistakes = []
        if bool(self.url.get_secret_value()) == bool(self.url_env):
            mistakes.append("write one of url and url_env")
        if bool(self.table) == bool(self.query):
            mistakes.append("write one of table and query")
        if self.mode is Mode.TIMESTAMP and not (self.timestamp and self.incrementing):
            mistakes.append("mode timestamp+incrementing needs timestamp and incrementing")
        if self.mode is Mode.INCREMENTING and not self.incrementing:
            mistakes.append("mode incrementing needs incrementing")
        if (self.mode is Mode.OUTBOX) != (self.outbox is not None):
            mistakes.append("mode outbox and the table [outbox] go together")
        if self.mode is Mode.OUTBOX and self.query:
            mistakes.append("mode outbox needs table: a query cannot be written back to")
        if twice := sorted(self.columns.keys() & self.constants.keys()):
            mistakes.append(f"{', '.join(twice)} is in columns and in constants")
        if mistakes:
            raise ValueError("; ".join(mistakes))
        return self


def load_source(file: Path, table: Mapping[str, object], environment: Mapping[str, str]) -> Source:
    """Return the source that the content of `file` describes, its URL filled in.

    Raises `ConfigurationError` that names every mistake, and never shows the URL.
    """
    try:
        source = Source.model_validate(table)
    except ValidationError as error:
        mistakes = (_told(".".join(map(str, one["loc"])), one["msg"]) for one in error.errors())
        raise ConfigurationError(f"{file.name}: {'; '.join(mistakes)}") from None
    if not source.url_env:
        return source
    url = environment.get(source.url_env, "")
    if not url:
        raise ConfigurationError(f"{file.name}: set {source.url_env} to the source's SQLAlchemy URL")
    return source.model_copy(update={"url": SecretStr(url)})


def _told(place: str, message: str) -> str:
    plain = message.removeprefix("Value error, ")
    return f"{place}: {plain}" if place else plain
