"""Makes the desk of this process from the settings: what every command and service that takes rows shares."""

from collections.abc import Callable
from functools import partial

from connectors.desk import Desk, Identity, Sends
from connectors.row import Row
from schemas.codec import Codec
from streams import clock
from streams.catalogue_file import load_calendar, load_catalogue
from streams.domain.judging import Verdict, judge
from streams.domain.stages import Submitted
from streams.ids import new_event_id, new_revision
from streams.settings import Settings


def new_identity(_row: Row) -> Identity:
    """Return an id of its own for a row that is handed in once."""
    return Identity(event_id=new_event_id(), revision=new_revision(clock.now()))


def judge_of(settings: Settings) -> Callable[[Submitted], Verdict]:
    """Return the judge with the configured calendar and catalogue; it judges as on the day it is called."""
    judged = partial(
        judge, calendar=load_calendar(settings.working_days), catalogue=load_catalogue(settings.catalogue)
    )
    return lambda submitted: judged(submitted, today=clock.today())


def make_desk(
    settings: Settings, *, sender: Sends, codec: Codec, identify: Callable[[Row], Identity] = new_identity
) -> Desk:
    """Return a desk that hands in to `sender`."""
    return Desk(sender=sender, codec=codec, judge=judge_of(settings), now=clock.now, identify=identify)
