"""Why a ledger is away, in words that hold nothing of its address, its users or its rows."""

from collections.abc import Mapping, Sequence

from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError

AWAY = (OperationalError, InterfaceError, InternalError)
"""What drivers raise for a server that is gone, a full disk, a lock that was not to be had, a deadlock."""
NO_TABLES = "it has no tables; run gongshi migrate"
_BY_NAME: Mapping[str, str] = {
    "UndefinedTable": NO_TABLES,
    "QueryCanceled": "a query took too long",
    "LockNotAvailable": "another process holds it locked",
    "TooManyConnections": "its server has no connection left",
    "ConnectionTimeout": "no answer in time",
    "SQLITE_CANTOPEN": "its file is not there, or may not be opened",
    "SQLITE_NOTADB": "its file is no SQLite database",
    "SQLITE_CORRUPT": "its file is damaged",
    "SQLITE_READONLY": "its file may not be written to",
    "SQLITE_BUSY": "another process holds it locked",
    "SQLITE_FULL": "its disk is full",
    "DiskFull": "its disk is full",
}
"""Class of psycopg's error or name of SQLite's → what is the matter."""
_BY_WORDS: Sequence[tuple[tuple[str, ...], str]] = (
    (("no such table",), NO_TABLES),
    (("refused",), "cannot connect: nothing listens at its host and port"),
    (("resolve host",), "cannot connect: no such host"),
    (("timeout",), "cannot connect: no answer in time"),
    (("authentication failed",), "authentication failed: look at its user and password"),
    (("no password supplied",), "authentication failed: look at its user and password"),
    (("pg_hba.conf",), "authentication failed: its server lets nobody of that name in from here"),
    (("FATAL", "role", "does not exist"), "authentication failed: look at its user and password"),
    (("FATAL", "database", "does not exist"), "no such database"),
    (("too many", "connection"), "its server has no connection left"),
    (("FATAL", "starting up"), "its server is starting"),
    (("FATAL", "shutting down"), "its server is stopping"),
    (("connection failed",), "cannot connect"),
)
"""What the driver's text must hold → what is the matter. While connecting there is no SQLSTATE."""


def away(error: DBAPIError) -> str | None:
    """Return why the ledger cannot be used, or None where the fault is in what it was asked.

    The driver's own words can quote addresses and rows: they are looked at and never passed on.
    """
    cause = error.orig
    name = getattr(cause, "sqlite_errorname", None) or type(cause).__name__
    known = _BY_NAME.get(name)
    if not (known or error.connection_invalidated or isinstance(error, AWAY)):
        return None
    return known or _by_words(str(cause)) or name


def _by_words(text: str) -> str | None:
    return next((told for words, told in _BY_WORDS if all(word in text for word in words)), None)
