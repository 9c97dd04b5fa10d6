"""`gongshi status` tells a decision's whole path to people, and to programs."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sinks.ledger.database import migrate, open_ledger
from streams.commands.status import command
from tests.sinks import make
from tests.sinks.make import CITY, Log
from tests.sinks.recording import record


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Return the address of a ledger with a published, a refused and a withheld decision."""
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    migrate(url)
    log = Log()
    records = [
        *(log.record(make.submitted(number)) for number in (1, 3, 4)),
        *log.released(make.public(1)),
        log.record(make.receipt(1, CITY)),
        log.record(make.rejected(3)),
        log.record(make.withheld(4)),
    ]
    ledger = open_ledger(url)
    record(ledger, records)
    ledger.dispose()
    return url


def ask(database: str, *words: str) -> Result:
    """Run the command on the ledger."""
    return CliRunner(env={"GONGSHI_DATABASE_URL": database}).invoke(command, words)


def test_tells_each_portal_and_the_audit_trail(database: str) -> None:
    """A published decision shows its portals with their states in Chinese, none cut off, and its audit."""
    result = ask(database, make.key_of(1))
    assert result.exit_code == 0
    assert CITY in result.stdout
    assert "已接收" in result.stdout
    assert "…" not in result.stdout
    assert "收到报送" in result.stdout


def test_tells_why_a_decision_is_not_public(database: str) -> None:
    """A refused decision shows its findings, a withheld one its ground and the law."""
    assert "问题" in ask(database, make.key_of(3)).stdout
    withheld = ask(database, make.key_of(4)).stdout
    assert "不予公开(" in withheld
    assert "依据《" in withheld


def test_finds_by_the_document_number_and_tells_programs(database: str) -> None:
    """The document number brings the same decision, with `--json` as one line."""
    (path,) = json.loads(ask(database, "济市监罚〔2026〕1号", "--json").stdout)
    assert path["identity"] == make.key_of(1)


def test_says_what_to_do_where_nothing_is_known(database: str) -> None:
    """An unknown name ends with 1 and one line that says what to give."""
    result = ask(database, "济市监罚〔2026〕99号")
    assert result.exit_code == 1
    assert "没有这件决定" in result.stderr
    assert "文号" in result.stderr
    assert result.stderr.count("\n") == 1
