"""The file of what portals see: shapes and columns, all mistakes at once, and nothing that is restricted."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.domain.columns import TEMPLATES, Publicity
from streams.domain.desensitizing import desensitize
from streams.domain.errors import ConfigurationError
from streams.domain.privacy import MaskPolicy, PersonalKind, Redactor
from streams.domain.privacy.shapes import USUAL
from streams.domain.roles import ROLES
from streams.domain.stages import Kind, PortalId, Public
from streams.files.mask_policy import load_policy
from streams.privacy_data import load_lexicon
from streams.topics import PORTALS
from tests.whole import enriched

LEXICON = load_lexicon()
CODES = sorted({code for columns in TEMPLATES.values() for code in columns})
RESTRICTED = {
    code
    for columns in TEMPLATES.values()
    for code, one in columns.items()
    if one.publicity is Publicity.RESTRICTED
}


def written(folder: Path, text: str) -> Path:
    """Return a file with this text."""
    file = folder / "shapes.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_packaged_shapes_are_the_usual_ones() -> None:
    """Without a portal of its own manner, everybody sees first 6 and last 4, and every public column."""
    assert load_policy() == MaskPolicy(USUAL)


def test_a_table_of_shapes_is_by_portal(tmp_path: Path) -> None:
    """A portal's table changes what it names and leaves the rest as usual."""
    table = "[usual]\nMOBILE = { 11 = [3, 4] }\n[portals]\ncredit-jinan.CITIZEN_ID = { 18 = [8, 4] }\n"
    policy = load_policy(written(tmp_path, table))
    assert policy.default.of(PersonalKind.CITIZEN_ID, 18) == (0, 0)
    own = policy.portals["credit-jinan"]
    assert (own.of(PersonalKind.CITIZEN_ID, 18), own.of(PersonalKind.MOBILE, 11)) == ((8, 4), (3, 4))


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    """Shapes that show too much, columns that nobody may see, and names that nobody knows, in one message."""
    text = """
colour = 1
[usual]
CITIZEN_ID = { 18 = [10, 4], 15 = "all" }
NAME = {}
BANK_CARD = { 19 = [18, 18] }
[portals.nowhere]
MOBILE = { 11 = [4, 4] }
[portals.city-portal]
columns = ["CF_WSH", "CF_FR_ZJHM", "CF_XYZ"]
without = "CF_NR"
[portals.credit-jinan]
without = ["XK_WSH", "CF_XDR_GSZC"]
"""
    with pytest.raises(ConfigurationError) as told:
        load_policy(written(tmp_path, text))
    for mistake in (
        "unknown colour",
        "[usual] CITIZEN_ID of 18: 8 and 4 may be shown at most",
        "[usual] CITIZEN_ID of 15: how many",
        "[usual] has no NAME",
        "[usual] BANK_CARD of 19: 4 and 4 may be shown at most",
        "[portals.nowhere] is no portal",
        "[portals.nowhere] MOBILE of 11: 3 and 4",
        "[portals.city-portal] columns has CF_FR_ZJHM, which no portal ever gets",
        "[portals.city-portal] columns has CF_XYZ, which no template has",
        "[portals.city-portal] without must be a list",
        "[portals.city-portal] leaves out CF_CFJG",
        "[portals.credit-jinan] without has CF_XDR_GSZC, which no portal ever gets",
        "[portals.credit-jinan] leaves out XK_WSH",
    ):
        assert mistake in str(told.value)


@pytest.mark.parametrize("content", ["[", "portals = 1"])
def test_a_file_that_is_none_is_told(content: str, tmp_path: Path) -> None:
    """What is no TOML or no table is named."""
    with pytest.raises(ConfigurationError, match=r"shapes\.toml"):
        load_policy(written(tmp_path, content))


def released(policy: MaskPolicy, kind: Kind) -> Public:
    """Return a decision with a value in every column, as the review releases it under a policy."""
    return desensitize(enriched(kind), redactor=Redactor(LEXICON, policy)).public


def test_a_portal_gets_the_columns_that_it_is_to_get(tmp_path: Path) -> None:
    """`columns` are all it gets of that kind, `without` all it does not get; others get everything."""
    wanted = [*ROLES[Kind.PENALTY].identifying, "CF_NR"]
    text = f"[portals.city-portal]\ncolumns = {json.dumps(wanted)}\n"
    text += '[portals.credit-china]\nwithout = ["CF_FRDB"]\n'
    policy = load_policy(written(tmp_path, text))
    public = released(policy, Kind.PENALTY)
    assert set(public.for_portal(PortalId("city-portal")).values) == set(wanted)
    assert set(public.for_portal(PortalId("credit-china")).values) == set(public.values) - {"CF_FRDB"}
    assert public.for_portal(PortalId("credit-jinan")) is public
    licence = released(policy, Kind.LICENCE)
    assert licence.for_portal(PortalId("city-portal")).values == licence.values


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    portals=st.dictionaries(
        st.sampled_from(PORTALS),
        st.dictionaries(st.sampled_from(["columns", "without"]), st.lists(st.sampled_from(CODES))),
    ),
    kind=st.sampled_from(Kind),
)
def test_no_choice_of_columns_publishes_what_is_restricted(
    tmp_path: Path, portals: Mapping[str, Mapping[str, list[str]]], kind: Kind
) -> None:
    """Whatever is asked for: it is refused, or every portal gets public columns only, and what names it."""
    text = "".join(
        f"[portals.{portal}]\n" + "".join(f"{name} = {json.dumps(codes)}\n" for name, codes in chosen.items())
        for portal, chosen in portals.items()
    )
    asked = {code for chosen in portals.values() for codes in chosen.values() for code in codes}
    file = written(tmp_path, text)
    try:
        policy = load_policy(file)
    except ConfigurationError:
        return
    assert not asked & RESTRICTED
    public = released(policy, kind)
    for portal in PORTALS:
        got = set(public.for_portal(portal).values)
        assert not got & RESTRICTED
        assert got >= set(ROLES[kind].identifying)
