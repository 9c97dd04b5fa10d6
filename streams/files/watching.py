"""The part of the portals' file that says how what a portal has accepted is looked for there."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sinks.probing.watch import Watch
from streams.domain.columns import TEMPLATES

WATCH_KEYS = ("probe", "seen_within_hours", "hides")


def read_watch(about: Mapping[str, Any]) -> Watch:
    """Read a portal's table. Raises `ValueError` that says what is wrong."""
    usual = Watch()
    probe, hides = about.get("probe", ""), about.get("hides", [])
    if not isinstance(probe, str):
        raise ValueError("probe is an address, in quotes")  # noqa: TRY004 -- a mistake in a file, told as the others
    hours = about.get("seen_within_hours", usual.within / timedelta(hours=1))
    if isinstance(hours, bool) or not isinstance(hours, int | float) or hours <= 0:
        raise ValueError("seen_within_hours is a number above 0")
    known = {code for template in TEMPLATES.values() for code in template}
    if not isinstance(hides, list) or not known.issuperset(map(str, hides)):
        raise ValueError('hides are official column codes, such as ["CF_FRDB"]')
    return Watch(probe=probe, within=timedelta(hours=hours), hides=frozenset(hides))
