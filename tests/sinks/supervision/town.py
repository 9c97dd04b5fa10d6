"""A made-up city of sixty departments for the tests of supervision, with its catalogue."""

from dataclasses import dataclass
from datetime import date, timedelta

from stdnum.cn import uscc

from streams.domain.catalogue import Catalogue, Department, Item, Level
from streams.domain.stages import Kind, PortalId

DEPARTMENTS = 60
OWN, CITY = PortalId("department-site"), PortalId("credit-jinan")
PORTALS = (OWN, CITY)
OLD = date(2016, 2, 1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Affair:
    """One item as the test itself knows it."""

    department: str
    code: str
    kind: Kind
    head: str
    live: date
    """From when its decisions are measured."""


def code_of(number: int) -> str:
    """Return the right code of a department."""
    body = f"11370100{number:08d}"
    body += "0"
    return body + uscc.calc_check_digit(body)


def affairs() -> list[Affair]:
    """Return three items a department; some departments and items go live during 2026."""
    made = []
    for number in range(DEPARTMENTS):
        department = code_of(number)
        live = {7: date(2026, 4, 1), 8: date(2026, 3, 16)}.get(number, OLD)
        for place, kind in enumerate((Kind.LICENCE, Kind.PENALTY, Kind.PENALTY)):
            own = date(2026, 10, 12) if number == 9 and place == 2 else live
            head = f"济{number:02d}{'许罚质'[place]}"
            made.append(Affair(department, f"{number:02d}-{place}", kind, head, own))
    return made


def catalogue() -> Catalogue:
    """Return the catalogue that says the same."""
    departments = []
    for number in range(DEPARTMENTS):
        mine = [affair for affair in affairs() if affair.department == code_of(number)]
        live = min(affair.live for affair in mine)
        items = tuple(
            Item(
                code=affair.code,
                name=f"事项{affair.code}",
                kind=affair.kind,
                documents=(affair.head,),
                go_live=affair.live if affair.live != live else None,
            )
            for affair in mine
        )
        departments.append(
            Department(
                code=code_of(number),
                name=f"第{number}局",
                region="370100",
                level=Level.CITY,
                office="法规处",
                responsible="某人",
                go_live=live,
                items=items,
            )
        )
    levels = {Level.CITY: PORTALS, Level.COUNTY: PORTALS}
    return Catalogue(version="test", portals=levels, departments=tuple(departments))
