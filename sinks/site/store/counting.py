"""Counts decisions for the statistics: by month, kind, authority and class, and how many were in time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, case, func, select

from sinks.site.store.entries import DIVIDER
from sinks.site.store.tables import decision
from streams.domain.stages import Kind

_C = decision.c


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
    public = [~_C.withdrawn, *([_C.authority_code == authority] if authority else [])]
    month = _month(connection)
    months: dict[str, Counter[str]] = {}
    authorities: dict[str, Counter[str]] = {}
    timeliness: dict[str, Timeliness] = {}
    kinds: Counter[str] = Counter()
    fined = 0
    grouped = select(
        _C.authority_code,
        _C.kind,
        month.label("month"),
        func.count().label("all"),
        func.coalesce(func.sum(_C.amount), 0).label("fined"),
        func.coalesce(func.sum(case((_C.timely.is_(True), 1), else_=0)), 0).label("timely"),
        func.count(_C.timely).label("known"),
    )
    for row in connection.execute(
        grouped.where(*public).group_by(_C.authority_code, _C.kind, month).order_by(month)
    ).mappings():
        kinds[row["kind"]] += row["all"]
        months.setdefault(row["month"], Counter())[row["kind"]] += row["all"]
        authorities.setdefault(row["authority_code"], Counter())[row["kind"]] += row["all"]
        so_far = timeliness.get(row["authority_code"], Timeliness())
        timeliness[row["authority_code"]] = Timeliness(
            timely=so_far.timely + int(row["timely"]), known=so_far.known + int(row["known"])
        )
        fined += int(row["fined"])
    return Statistics(
        total=sum(kinds.values()),
        kinds=kinds,
        months=dict(sorted(months.items())[-12:]),
        authorities=authorities,
        timeliness=timeliness,
        classes=_classes(connection, public),
        fined=fined,
    )


def together(timeliness: Mapping[str, Timeliness]) -> Timeliness:
    """Return the timeliness of all authorities."""
    return Timeliness(
        timely=sum(one.timely for one in timeliness.values()),
        known=sum(one.known for one in timeliness.values()),
    )


def _classes(connection: Connection, public: list) -> Mapping[str, int]:  # type: ignore[type-arg]
    grouped = select(_C.classes, func.count()).where(*public, _C.kind == str(Kind.PENALTY))
    counts: Counter[str] = Counter()
    for classes, count in connection.execute(grouped.group_by(_C.classes)):
        for name in filter(None, classes.split(DIVIDER)):
            counts[name] += count
    return dict(counts.most_common())


def _month(connection: Connection):  # type: ignore[no-untyped-def]  # noqa: ANN202 -- a column of text
    if connection.dialect.name == "sqlite":
        return func.strftime("%Y-%m", _C.decided_on)
    return func.to_char(_C.decided_on, "YYYY-MM")
