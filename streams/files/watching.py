"""The part of the portals' file that says how what a portal has accepted is looked for there."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sinks.probing.watch import Watch
from streams.domain.columns import TEMPLATES

WATCH_KEYS = ("probe", "seen_within_hours", "hides")


def read_watch(about: Mapping[str, Any]) -> tuple[Watch, list[str]]:
    """Return what a portal's table says of it, and every mistake in that."""
    usual, mistakes = Watch(), list[str]()
    probe, hides = about.get("probe", ""), about.get("hides", [])
    if not isinstance(probe, str):
        mistakes.append("probe is an address, in quotes")
        probe = usual.probe
    hours = about.get("seen_within_hours", usual.within / timedelta(hours=1))
    if isinstance(hours, bool) or not isinstance(hours, int | float) or hours <= 0:
        mistakes.append("seen_within_hours is a number above 0")
        hours = 1
    known = {code for template in TEMPLATES.values() for code in template}
    if not isinstance(hides, list) or not known.issuperset(map(str, hides)):
        mistakes.append('hides are official column codes, such as ["CF_FRDB"]')
        hides = []
    return Watch(probe=probe, within=timedelta(hours=hours), hides=frozenset(hides)), mistakes
