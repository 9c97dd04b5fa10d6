"""Reads what each portal gets to see: the shapes of masked numbers, and which of the public columns."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from streams.domain.columns import TEMPLATES, Publicity
from streams.domain.errors import ConfigurationError
from streams.domain.privacy import MaskPolicy, PersonalKind, Shapes
from streams.domain.privacy.shapes import Ends
from streams.domain.roles import ROLES
from streams.topics import PORTALS

_MOST_SHOWN = {
    (PersonalKind.CITIZEN_ID, 18): (8, 4),
    (PersonalKind.CITIZEN_ID, 15): (6, 3),
    (PersonalKind.MOBILE, 11): (3, 4),
}
"""What may be seen at most; six birth digits of an identity number are hidden (信用芜湖)."""
_COLUMNS = ("columns", "without")
_RESTRICTED = frozenset(
    code
    for columns in TEMPLATES.values()
    for code, one in columns.items()
    if one.publicity is Publicity.RESTRICTED
)
_PUBLIC: Mapping[str, frozenset[str]] = {
    kind: frozenset(columns) - _RESTRICTED for kind, columns in TEMPLATES.items()
}
_NEEDED = frozenset(code for roles in ROLES.values() for code in roles.identifying)

ByNumber = dict[tuple[PersonalKind, int], Ends]


def load_policy(file: Path | None = None) -> MaskPolicy:
    """Return the policy in `file` (default: the packaged one).

    Raises `ConfigurationError` that names every mistake: also what would show more than may be seen, and what
    would have a restricted column published.
    """
    source = file.expanduser() if file else files("streams") / "data" / "privacy" / "shapes.toml"
    try:
        content = tomllib.loads(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"the mask shapes {source.name} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{source.name} is no valid TOML: {error}") from error
    reading = _Reading()
    policy = reading.policy(content)
    if reading.mistakes:
        raise ConfigurationError(f"{source.name}: {'; '.join(reading.mistakes)}")
    return policy


@dataclass(slots=True)
class _Reading:
    mistakes: list[str] = field(default_factory=list)

    def policy(self, content: Mapping[str, Any]) -> MaskPolicy:
        if unknown := sorted(content.keys() - {"usual", "portals"}):
            self.mistakes.append(f"unknown {', '.join(unknown)}; known are [usual] and [portals]")
        usual = self._shapes("[usual]", self._table("[usual]", content.get("usual", {})))
        shapes: dict[str, Shapes] = {}
        hidden: dict[str, frozenset[str]] = {}
        for portal, told in self._table("[portals]", content.get("portals", {})).items():
            where = f"[portals.{portal}]"
            if portal not in PORTALS:
                self.mistakes.append(f"{where} is no portal; known are {', '.join(PORTALS)}")
            table = self._table(where, told)
            own = self._shapes(where, {name: it for name, it in table.items() if name not in _COLUMNS})
            if own:
                shapes[portal] = Shapes({**usual, **own})
            if left_out := self._left_out(where, table):
                hidden[portal] = left_out
        return MaskPolicy(Shapes(usual), shapes, hidden=hidden)

    def _table(self, where: str, told: object) -> Mapping[str, Any]:
        if isinstance(told, Mapping):
            return told
        self.mistakes.append(f"{where} is no table")
        return {}

    def _shapes(self, where: str, table: Mapping[str, Any]) -> ByNumber:
        ends: ByNumber = {}
        for name, counts in table.items():
            if name not in PersonalKind.__members__:
                known = ", ".join((*PersonalKind.__members__, *_COLUMNS))
                self.mistakes.append(f"{where} has no {name}; known are {known}")
                continue
            for count, shown in self._table(f"{where} {name}", counts).items():
                self._shape(f"{where} {name} of {count}", PersonalKind[name], (count, shown), ends)
        return ends

    def _shape(self, where: str, kind: PersonalKind, told: tuple[str, Any], ends: ByNumber) -> None:
        count, shown = told
        if not count.isdecimal() or not _is_pair(shown):
            self.mistakes.append(f"{where}: how many are shown is two numbers, such as 18 = [6, 4]")
            return
        length, first, last = int(count), int(shown[0]), int(shown[1])
        most = _MOST_SHOWN.get((kind, length), (length // 4, length // 4) if length else (2, 0))
        if first > most[0] or last > most[1]:
            self.mistakes.append(f"{where}: {most[0]} and {most[1]} may be shown at most")
        ends[kind, length] = (first, last)

    def _left_out(self, where: str, table: Mapping[str, Any]) -> frozenset[str]:
        """Return the public columns that a portal does not get."""
        without = self._codes(f"{where} without", table.get("without", []))
        wanted = self._codes(f"{where} columns", table.get("columns", []))
        left_out = set(without)
        for public in _PUBLIC.values():
            if wanted & public:  # of a kind that is not named everything goes
                left_out |= public - wanted
        if needed := sorted(left_out & _NEEDED):
            self.mistakes.append(f"{where} leaves out {', '.join(needed)}: a decision is known by it")
        return frozenset(left_out)

    def _codes(self, where: str, told: object) -> frozenset[str]:
        if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
            self.mistakes.append(f"{where} must be a list of official codes")
            return frozenset()
        codes = frozenset(told)
        if restricted := sorted(codes & _RESTRICTED):
            self.mistakes.append(f"{where} has {', '.join(restricted)}, which no portal ever gets")
        if unknown := sorted(codes - _RESTRICTED.union(*_PUBLIC.values())):
            self.mistakes.append(f"{where} has {', '.join(unknown)}, which no template has")
        return codes - _RESTRICTED


def _is_pair(shown: object) -> bool:
    if not isinstance(shown, list) or len(shown) != 2:  # noqa: PLR2004 -- first and last
        return False
    return all(type(one) is int and one >= 0 for one in shown)
