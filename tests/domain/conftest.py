"""Decisions for the tests of the rules, all invented."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from streams.catalogue.file import load_catalogue
from streams.domain.calendar import Calendar
from streams.domain.catalogue import Catalogue
from streams.domain.keys import decision_key
from streams.domain.stages import Action, EventId, Ground, Kind, Origin, Submitted

BASES: Mapping[str, Mapping[str, str]] = tomllib.loads(
    (Path(__file__).parent / "examples.toml").read_text(encoding="utf-8")
)["base"]
CITY_PORTALS = (
    "department-site", "city-portal", "credit-jinan", "credit-shandong", "province-portal", "credit-china",
)  # fmt: skip
"""The portals of a city department's decisions."""


@pytest.fixture
def today() -> date:
    """Return the day on which the examples are judged."""
    return date(2026, 9, 25)


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    """Return the calendar without overrides."""
    return Calendar()


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Return the packaged catalogue."""
    return load_catalogue()


@pytest.fixture(scope="session")
def submit() -> Callable[..., Submitted]:
    """Return what makes a hand-in of a base row with some columns set, None to drop one."""

    def make(
        base: str, *, action: str = "publish", reason: str = "", ground: str = "", **columns: str | None
    ) -> Submitted:
        merged = {**BASES[base], **columns}
        filled = {code: text for code, text in merged.items() if text is not None}
        kind = Kind.LICENCE if base.startswith("licence") else Kind.PENALTY
        return Submitted(
            event_id=EventId("01890a5d-ac96-774b-bcce-b302099a8057"),
            key=decision_key(kind, filled),
            revision=1,
            action=Action(action),
            kind=kind,
            columns=filled,
            ground=Ground(ground) if ground else None,
            reason=reason,
            origin=Origin(connector="file", department="11370100MB9A000146", reference="样例.csv:2"),
            submitted_at=datetime(2026, 9, 25, 1, 0, tzinfo=UTC),
        )

    return make
