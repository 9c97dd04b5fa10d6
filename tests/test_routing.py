"""No configuration that is accepted brings anything restricted to a public portal, whatever it says."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams.agents.outputs import outputs_of
from streams.catalogue.tables import catalogue_of
from streams.domain.calendar import Calendar
from streams.domain.columns import TEMPLATES, Publicity
from streams.domain.desensitizing import desensitize
from streams.domain.enriching import enrich
from streams.domain.errors import ConfigurationError
from streams.domain.privacy import Redactor
from streams.domain.roles import ROLES
from streams.domain.stages import Enriched, Kind, PortalId
from streams.files.mask_policy import load_policy
from streams.files.portals import load_portals
from streams.privacy_data import load_lexicon
from streams.topics import ALL, PLATFORM, PORTALS, SHARE, portal_topic
from tests.whole import AUTHORITY, checked, mark

CODEC = Codec(RepositoryStore())
LEXICON = load_lexicon()
PUBLIC = {portal_topic(portal).name: portal for portal in PORTALS}
OTHERS = sorted({PLATFORM, *(topic.name for topic in ALL)})
NAMES = st.sampled_from([*PORTALS * 30, *OTHERS])
"""Mostly right ones, or hardly any configuration of several names would be accepted."""
LISTED = st.lists(NAMES, min_size=1, max_size=4, unique=True)
COLUMNS = st.lists(
    st.sampled_from(sorted({c for columns in TEMPLATES.values() for c in columns})), max_size=4
)
NEEDED = [code for roles in ROLES.values() for code in roles.identifying]
LEVELS = st.fixed_dictionaries({"city": LISTED, "county": LISTED})
ROUTES = st.tuples(LEVELS, st.dictionaries(st.sampled_from(Kind), LEVELS)).map(lambda two: two[0] | two[1])
FACES = st.dictionaries(
    NAMES,
    st.fixed_dictionaries(
        {}, optional={"without": COLUMNS, "columns": COLUMNS.map(lambda some: NEEDED + some)}
    ),
    max_size=3,
)
IN_FORCE = date(2016, 1, 1)


def marks_of_restricted(kind: Kind) -> list[bytes]:
    """Return the texts that stand in restricted columns, and nowhere else."""
    return [
        mark(code).encode()
        for code, column in TEMPLATES[kind].items()
        if column.publicity is Publicity.RESTRICTED
    ]


def tables(kind: Kind, routes: Mapping[str, object], own: list[str], items: list[str]) -> dict[str, object]:
    """Return a catalogue of one department with one item, each with portals of its own."""
    item = {"code": "A-1", "name": "事项", "kind": kind, "portals": items}
    department = {
        "code": AUTHORITY,
        "name": "某局",
        "region": "370100",
        "level": "city",
        "go_live": IN_FORCE,
        "office": "某处",
        "responsible": "某人",
        "portals": own,
        "item": [item],
    }
    return {"version": "1", "portals": routes, "department": [department]}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    kind=st.sampled_from(Kind),
    routes=ROUTES,
    own=st.lists(NAMES, max_size=2),
    items=st.lists(NAMES, max_size=2),
    faces=FACES,
    delivered=st.lists(NAMES, min_size=1, max_size=3, unique=True),
)
def test_nothing_restricted_goes_to_a_public_portal(
    tmp_path: Path,
    kind: Kind,
    routes: Mapping[str, object],
    own: list[str],
    items: list[str],
    faces: Mapping[str, Mapping[str, list[str]]],
    delivered: list[str],
) -> None:
    """Catalogue, shapes and portals in any combination: refused, or no public record has a restricted text.

    The full decision goes to the shared topic alone, and who delivers to portals reads public topics only.
    """
    catalogue, mistakes = catalogue_of(tables(kind, routes, own, items))
    named = {*own, *items, *(n for at in routes.values() for n in _flat(at))}
    assert bool(mistakes) == bool(named - set(PORTALS))
    policy = _or_none(load_policy, _toml(tmp_path / "shapes.toml", faces, "portals."))
    portals = _or_none(load_portals, _toml(tmp_path / "portals.toml", dict.fromkeys(delivered, HTTP), ""))
    assert (portals is None) == bool(set(delivered) - set(PORTALS))
    if portals is not None:
        assert {portal_topic(portal.id).name for portal in portals} <= PUBLIC.keys()
    if catalogue is None or policy is None:
        return

    enriched = enrich(checked(kind), catalogue=catalogue, calendar=Calendar())
    assert isinstance(enriched, Enriched)
    outputs = outputs_of(desensitize(enriched, redactor=Redactor(LEXICON, policy)), codec=CODEC)
    restricted = marks_of_restricted(kind)
    assert {one.topic for one in outputs} - PUBLIC.keys() <= {SHARE.name, "decision.masked"}
    for one in outputs:
        found = [text for text in restricted if text in one.value]
        assert found == (restricted if one.topic == SHARE.name else [])
        if one.topic in PUBLIC:
            assert CODEC.decode_public(one.value).key == enriched.checked.key
    assert {PUBLIC[one.topic] for one in outputs if one.topic in PUBLIC} == set(enriched.portals)


HTTP = {"url": "https://example/decisions", "secret": "whsec_c2VjcmV0"}


def _flat(at: object) -> list[str]:
    return at if isinstance(at, list) else [name for names in at.values() for name in names]  # type: ignore[attr-defined] # of the strategy above


def _toml(file: Path, content: Mapping[str, Mapping[str, object]], prefix: str) -> Path:
    file.write_text(
        "".join(
            f'[{prefix}"{name}"]\n' + "".join(f"{key} = {json.dumps(it)}\n" for key, it in told.items())
            for name, told in content.items()
        ),
        encoding="utf-8",
    )
    return file


def _or_none(load: object, file: Path) -> object:
    try:
        return load(file)  # type: ignore[operator] # one of the two loaders
    except ConfigurationError:
        return None


def test_a_kind_may_go_elsewhere() -> None:
    """Penalties of a level go where its table of penalties says, licences where the level says."""
    routes = {"city": ["city-portal"], "county": ["county-portal"], "penalty": {"city": ["credit-jinan"]}}
    for kind, portal in ((Kind.LICENCE, "city-portal"), (Kind.PENALTY, "credit-jinan")):
        catalogue, mistakes = catalogue_of(tables(kind, routes, [], []))
        assert catalogue is not None, mistakes
        enriched = enrich(checked(kind), catalogue=catalogue, calendar=Calendar())
        assert isinstance(enriched, Enriched)
        assert enriched.portals == (PortalId(portal),)
