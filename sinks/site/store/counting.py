"""Reads the statistics out of the sums: by month, kind, authority and class, and how many were in time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from sinks.site.store.tables import tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeliness:
    """How many decisions were public in time, of those whose first publication is known."""

    timely: int = 0
    known: int = 0

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nothing is known."""
        return self.timely / self.known if self.known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """All that is counted."""

    total: int
    kinds: Mapping[str, int]
    months: Mapping[str, Mapping[str, int]]
    """Month of decision (`2026-09`) → kind → decisions; the latest twelve that have any."""
    authorities: Mapping[str, Mapping[str, int]]
    """Code → kind → decisions."""
    timeliness: Mapping[str, Timeliness]
    """Authority's code → timeliness."""
    classes: Mapping[str, int]
    """Class of penalty → decisions; one decision may be of several."""
    fined: int
    """Fines and confiscations together, in 分."""


def statistics(connection: Connection, authority: str = "") -> Statistics:
    """Return the figures of everything that is public, or of one authority's."""
    months: dict[str, Counter[str]] = {}
    authorities: dict[str, Counter[str]] = {}
    timeliness: dict[str, Timeliness] = {}
    kinds: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    fined = 0
    asked = select(tally)
    if authority:
        asked = asked.where(tally.c.authority_code == authority)
    for row in connection.execute(asked).mappings():
        if row["penalty_class"]:
            classes[row["penalty_class"]] += row["decisions"]
            continue
        kinds[row["kind"]] += row["decisions"]
        months.setdefault(row["month"], Counter())[row["kind"]] += row["decisions"]
        authorities.setdefault(row["authority_code"], Counter())[row["kind"]] += row["decisions"]
        so_far = timeliness.get(row["authority_code"], Timeliness())
        timeliness[row["authority_code"]] = Timeliness(
            timely=so_far.timely + row["timely"], known=so_far.known + row["known"]
        )
        fined += row["fined"]
    return Statistics(
        total=sum(kinds.values()),
        kinds=kinds,
        months=dict(sorted(months.items())[-12:]),
        authorities=dict(sorted(authorities.items())),
        timeliness=timeliness,
        classes=dict(sorted(classes.items(), key=lambda pair: (-pair[1], pair[0]))),
        fined=fined,
    )


def together(timeliness: Mapping[str, Timeliness]) -> Timeliness:
    """Return the timeliness of all authorities."""
    return Timeliness(
        timely=sum(one.timely for one in timeliness.values()),
        known=sum(one.known for one in timeliness.values()),
    )
