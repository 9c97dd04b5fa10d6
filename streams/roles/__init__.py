"""Each role of `gongshi worker`, one file a role: the parts that its process runs."""

from collections.abc import Callable, Sequence
from importlib import import_module

from streams.process import Part
from streams.world import World

Parts = Sequence[Callable[[], Part]]

NEEDS: dict[str, tuple[str, ...]] = {
    "review": ("partitions", "catalogue"),
    "deliver": ("partitions", "ledger"),
    "share": ("partitions", "ledger"),
    "record": ("partitions", "ledger"),
    "deadline": ("ledger",),
    "serve": ("catalogue", "broker", "ledger"),
    "site": ("catalogue", "site"),
}
"""Role → what it needs to be ready."""


def parts_of(role: str, world: World) -> Parts:
    """Return what a process of `role` runs; only that role's libraries are imported.

    Raises `ConfigurationError` when a setting that the role needs is missing.
    """
    parts: Parts = import_module(f"streams.roles.{role}").parts(world)
    return parts
