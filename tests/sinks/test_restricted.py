"""What is restricted never reaches a public portal: not by configuration, and not by a record gone astray."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from schemas.codec import Codec
from schemas.store import RepositoryStore
from sinks.body import render
from sinks.ledger.database import reading
from sinks.ledger.tables import delivery
from sinks.ledger.unreadables import unreadable
from sinks.outbox import Outbox
from streams.domain.errors import ConfigurationError
from streams.files.portals import load_portals
from streams.records import Record, spans_of
from streams.topics import ALL, PORTALS, portal_topic
from tests.schemas.events import ALL as EVENTS
from tests.sinks.make import NOON

CODEC = Codec(RepositoryStore())
PUBLIC = {portal_topic(portal).name for portal in PORTALS}
RESTRICTED = sorted({topic.name for topic in ALL} - PUBLIC)


@pytest.mark.parametrize("name", sorted(EVENTS.keys() - {"public"}))
def test_a_record_gone_astray_is_not_delivered(ledger: Engine, name: str) -> None:
    """Whatever else stands on a portal's topic is put on file as no decision, and sent to nobody."""
    value = getattr(CODEC, f"encode_{name}")(EVENTS[name])
    records = [Record(portal_topic(portal).name, 0, 0, NOON, b"", value) for portal in PORTALS]

    Outbox(ledger, "deliver", CODEC, render).apply(records, spans_of(records))

    with reading(ledger) as connection:
        assert connection.execute(select(delivery)).all() == []
        assert len(connection.execute(select(unreadable)).all()) == len(PORTALS)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.one_of(st.sampled_from(RESTRICTED), st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1)))
def test_no_configuration_names_a_restricted_topic(tmp_path: Path, name: str) -> None:
    """A portal is one of the public ones or refused, and each reads a public topic."""
    file = tmp_path / "portals.toml"
    file.write_text(f'["{name}"]\nurl = "https://example/decisions"\nsecret = "whsec_c2VjcmV0"\n', "utf-8")
    if name in PORTALS:
        assert {portal_topic(portal.id).name for portal in load_portals(file)} <= PUBLIC
    else:
        with pytest.raises(ConfigurationError, match="is no portal"):
            load_portals(file)
    assert not set(RESTRICTED) & PUBLIC
