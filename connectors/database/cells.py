"""Values as drivers give them: as the text that the rules read, and as something that a file can keep."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from streams.domain.errors import ConfigurationError

UNREADABLE = "\ufffd"
"""What stands for a value that is no text; no rule lets it through."""


def text_of(value: object, zone: ZoneInfo) -> str:  # noqa: C901, PLR0911 -- one table of cases
    """Return a value as a clerk would type it, "" for NULL; days are those of `zone`."""
    match value:
        case None:
            return ""
        case str():
            return value.rstrip()
        case bool():
            return "1" if value else "0"
        case datetime():
            return _moment(value, zone)
        case date() | time():
            return value.isoformat()
        case float():
            return _number(Decimal(repr(value)))
        case Decimal():
            return _number(value)
        case int() | UUID():
            return str(value)
        case list() if all(isinstance(one, str | None) for one in value):
            return "、".join(filter(None, value))
        case bytes() | bytearray() | memoryview():
            return _decoded(bytes(value))
    return UNREADABLE


def moment_of(value: object, zone: ZoneInfo) -> datetime:
    """Return when a row was changed, aware.

    Raises `ConfigurationError` for what is no time, and for a day: a second change on it would not be seen.
    """
    found = _parsed(value) if isinstance(value, str) else value
    if not isinstance(found, datetime):
        raise ConfigurationError(
            f"the timestamp column of the source holds a {type(value).__name__} that is no time; "
            "mend that row, or name a column of dates with times"
        )
    return found if found.tzinfo else found.replace(tzinfo=zone)


def kept(value: object) -> tuple[str, str]:
    """Return a position's value as a file keeps it. Raises `ConfigurationError` for a type without order."""
    for name, (kind, write, _) in _KEPT.items():
        if type(value) is kind:
            return name, write(value)
    raise ConfigurationError(
        f"rows cannot be put in order by a column of {type(value).__name__}, or by one that is empty"
    )


def restored(name: str, text: str) -> Any:
    """Return what `kept` was given."""
    return _KEPT[name][2](text)


def _instant(value: datetime) -> str:
    return (value.astimezone(UTC) if value.tzinfo else value).isoformat()


_KEPT: Mapping[str, tuple[type, Any, Any]] = MappingProxyType(
    {
        "moment": (datetime, _instant, datetime.fromisoformat),
        "integer": (int, str, int),
        "decimal": (Decimal, str, Decimal),
        "text": (str, str, str),
        "uuid": (UUID, str, UUID),
    }
)


def _moment(value: datetime, zone: ZoneInfo) -> str:
    local = value.astimezone(zone).replace(tzinfo=None) if value.tzinfo else value
    if local.time() == time.min:
        return local.date().isoformat()
    return local.isoformat(sep=" ", timespec="seconds")


def _number(value: Decimal) -> str:
    if not value.is_finite():
        return UNREADABLE
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decoded(value: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return value.decode(encoding)
        except UnicodeDecodeError:
            continue
    return UNREADABLE


def _parsed(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def milliseconds(moment: datetime) -> int:
    """Return milliseconds since 1970."""
    return int(moment.astimezone(UTC).timestamp() * 1000)
