"""Reads where decisions go, by level and kind, out of a catalogue's tables; every mistake is told."""

from collections.abc import Iterable, Mapping
from typing import Any

from streams.domain.catalogue import Level
from streams.domain.stages import Kind, PortalId
from streams.topics import PORTALS

ByLevel = Mapping[Level, tuple[PortalId, ...]]
ByKind = Mapping[tuple[Level, Kind], tuple[PortalId, ...]]


class Wrong:
    """The mistakes found so far, each with the entry that it is in."""

    def __init__(self) -> None:
        self.mistakes: list[str] = []

    def say(self, where: str, what: str) -> None:
        """Add a mistake."""
        self.mistakes.append(f"{where}: {what}")


def level_portals(told: object, wrong: Wrong) -> tuple[ByLevel, ByKind]:
    """Return level → portals, which every level must have, and what holds instead for one kind.

    `told`: level → portal ids, and kind → (level → portal ids) for kinds that go elsewhere.
    """
    table = told if isinstance(told, Mapping) else {}
    if unknown := sorted(set(table) - {*Level, *Kind}):
        known = ", ".join((*Level, *(f"[portals.{kind}]" for kind in Kind)))
        wrong.say("[portals]", f"unknown {', '.join(map(str, unknown))}; known are {known}")
    by_level = {level: _listed(table.get(level), "[portals]", level, wrong) for level in Level}
    by_kind: dict[tuple[Level, Kind], tuple[PortalId, ...]] = {}
    for kind in Kind:
        own: Any = table.get(kind, {})
        if not isinstance(own, Mapping) or set(own) - set(Level):
            wrong.say(f"[portals.{kind}]", f"it lists the portals of {', '.join(Level)} for that kind")
            continue
        for level in Level:
            if level in own:
                by_kind[level, kind] = _listed(own[level], f"[portals.{kind}]", level, wrong)
    return by_level, by_kind


def known_portals(names: Iterable[object], where: str, wrong: Wrong) -> tuple[PortalId, ...]:
    """Return the portals of these names, each once; only public ones can be chosen."""
    unknown = [str(name) for name in names if name not in PORTALS]
    if unknown:
        wrong.say(where, f"unknown portals {', '.join(unknown)}; known are {', '.join(PORTALS)}")
    return tuple(dict.fromkeys(PortalId(str(name)) for name in names))


def _listed(names: object, where: str, level: Level, wrong: Wrong) -> tuple[PortalId, ...]:
    if not isinstance(names, list) or not names:
        wrong.say(where, f"{level} must list the portals of that level")
        return ()
    return known_portals(names, f"{where} {level}", wrong)
