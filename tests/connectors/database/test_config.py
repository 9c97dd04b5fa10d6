"""The file of a source: every mistake is told at once, and no secret."""

from pathlib import Path
from typing import Any

import pytest

from connectors.database.config import load_source
from connectors.database.opening import open_source, reading
from streams.domain.errors import ConfigurationError, UnavailableError
from tests.connectors.database.exchange import OUTBOX, TOML

FILE = Path("scjg.toml")
SECRET = "Tr0ub4dor"  # noqa: S105 -- opens nothing
URL = {"SCJG_URL": f"postgresql://scjg:{SECRET}@127.0.0.1:1/front"}


def test_a_good_file() -> None:
    """The URL comes from the environment, and neither it nor its password shows in what the source prints."""
    source = load_source(FILE, TOML, URL)
    assert source.url.get_secret_value() == URL["SCJG_URL"]
    assert SECRET not in repr(source) + str(source)
    assert source.key == ("id",)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": "a b"}, "name"),
        ({"department": "11370100MB9A000140"}, "check digit"),
        ({"mode": "sometimes"}, "mode"),
        ({"incrementing": ""}, "needs timestamp and incrementing"),
        ({"table": ""}, "one of table and query"),
        ({"query": "SELECT 1"}, "one of table and query"),
        ({**OUTBOX, "table": "", "query": "SELECT 1"}, "cannot be written back"),
        ({"mode": "outbox"}, "go together"),
        ({"outbox": OUTBOX["outbox"]}, "go together"),
        ({"columns": {"CF_WHS": "wsh"}}, "CF_WHS is in no template"),
        ({"constants": {"CF_WSH": "x"}}, "in columns and in constants"),
        ({"key": []}, "key"),
        ({"timezone": "Mars/Base"}, "no such time zone"),
        ({"batch_rows": 0}, "batch_rows"),
        ({"tabel": "x"}, "tabel"),
        ({"url": f"sqlite:///{SECRET}"}, "one of url and url_env"),
    ],
)
def test_mistakes(wrong: dict[str, Any], told: str) -> None:
    """Each mistake is told by its name and what to write instead."""
    with pytest.raises(ConfigurationError, match=told) as raised:
        load_source(FILE, {**TOML, **wrong}, URL)
    assert SECRET not in str(raised.value)
    assert "scjg.toml: " in str(raised.value)


def test_all_mistakes_at_once() -> None:
    """Several mistakes are told together."""
    with pytest.raises(ConfigurationError, match=r"batch_rows.*poll_s|poll_s.*batch_rows"):
        load_source(FILE, {**TOML, "batch_rows": 0, "poll_s": 0}, URL)


def test_without_url() -> None:
    """A variable that is not set is told by its name."""
    with pytest.raises(ConfigurationError, match="set SCJG_URL"):
        load_source(FILE, TOML, {})


@pytest.mark.parametrize(
    ("url", "told"), [(f"no url {SECRET}", "URL is none"), (f"oracle://a:{SECRET}@b/c", "install the driver")]
)
def test_databases_that_cannot_be_opened(url: str, told: str) -> None:
    """A URL that is none, or without its driver, is told without its words."""
    with pytest.raises(ConfigurationError, match=told) as raised:
        open_source("scjg", url)
    assert SECRET not in str(raised.value)


def test_a_database_that_is_away() -> None:
    """A database that does not answer is away, and the message holds neither address nor user."""
    engine = open_source("scjg", URL["SCJG_URL"])
    with (
        pytest.raises(UnavailableError, match=r"scjg: the database is away \(") as raised,
        reading("scjg", engine),
    ):
        pass
    assert not any(word in str(raised.value) for word in (SECRET, "127.0.0.1", "front"))
