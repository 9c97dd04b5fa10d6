"""Options that say which dead letters a subcommand means."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

import click

from sinks.deadletters import Selection
from streams.domain.keys import document_number
from streams.domain.values import CHINA
from streams.topics import PLATFORM, PORTALS

_AGE = re.compile(r"([0-9]{1,6})([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_FORMATS = ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M")


class Age(click.ParamType):
    """A length of time such as 30m, 6h or 3d."""

    name = "age"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Return the length of time."""
        if isinstance(value, timedelta):
            return value
        found = _AGE.fullmatch(str(value))
        if found is None:
            self.fail(f"{value!r} is no length of time such as 30m, 6h or 3d", param, ctx)
        return timedelta(**{_UNITS[found[2]]: int(found[1])})


def selecting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options, and hand the command a `Selection`; days and times are those of the city."""

    @wraps(command)
    def taken(
        decision: str,
        portal: str | None,
        reason: str,
        since: datetime | None,
        until: datetime | None,
        **others: Any,
    ) -> Any:
        selection = Selection(
            name=decision if "|" in decision else document_number(decision) or decision,
            portal=portal or "",
            reason=reason,
            since=since.replace(tzinfo=CHINA) if since else None,
            until=until.replace(tzinfo=CHINA) if until else None,
        )
        return command(selection=selection, **others)

    moment = click.DateTime(_FORMATS)
    options = (
        click.option("--decision", default="", metavar="KEY|文号", help="Only this decision's."),
        click.option("--portal", type=click.Choice([*PORTALS, PLATFORM]), help="Only this portal's."),
        click.option("--reason", default="", metavar="TEXT", help="Only where the portal's words hold TEXT."),
        click.option("--since", type=moment, help="Only what died on or after this day or time."),
        click.option("--until", type=moment, help="Only what died before this day or time."),
    )
    for option in reversed(options):
        taken = option(taken)
    return taken
