"""Hands one upload in at a desk: each row the same event on every try, and nothing of another department."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from connectors.desk import Desk, Identity
from connectors.files import read_stream
from connectors.headers import plan
from connectors.http.answers import FOREIGN, Tally
from connectors.http.uploads import Upload
from connectors.identity import Revisions, derived_event_id
from connectors.row import Row
from streams.domain import envelope
from streams.domain.columns import TEMPLATES
from streams.domain.errors import UnavailableError
from streams.domain.identifiers import is_uscc
from streams.domain.roles import ROLES
from streams.domain.stages import Finding, Origin, Submitted
from streams.domain.validation import finding


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """One request to hand in."""

    department: str
    """统一社会信用代码, as the token tells it."""
    reference: str
    """Its Idempotency-Key, or an id of its own; no personal data, as it stands in the audit trail."""
    sha256: str
    """See `Upload.sha256`."""
    revision: int
    """Of its first row: milliseconds since 1970."""


def hand_in(desk: Desk, upload: Upload, about: HandIn, *, ending: Callable[[], bool]) -> Tally:
    """Return what is to be told of the upload's rows, once Kafka has all that can be read.

    Raises what `Sends.send` raises, and `UnavailableError` once `ending` says that the process is to end;
    some rows may have arrived then, and are the same events on the next try.
    """
    revisions = Revisions(about.revision)

    def origin(row: Row) -> Origin:
        return Origin(
            connector="http", department=about.department, reference=f"{about.reference}:{row.place}"
        )

    def identify(row: Row) -> Identity:
        event_id = derived_event_id("http", about.department, about.reference, about.sha256, row.place)
        return Identity(event_id=event_id, revision=revisions.next(row.values))

    counter = replace(desk, identify=identify, admit=lambda event: foreign(event, about.department))
    rows = _until(ending, scoped(read_stream(upload.file, f"upload{upload.ending}"), about.department))
    tally = Tally()
    tally.take(counter.hand_in(rows, origin))
    return tally


def foreign(event: Submitted, department: str) -> Finding | None:
    """Return what is wrong with a decision of another authority than `department`, whose token was shown.

    A code that is none is left to the rules: it is refused, and the clock of the row runs.
    """
    authority = event.key.partition("|")[0]
    if authority == department or not is_uscc(authority):
        return None
    column = ROLES[event.kind].authority_code
    return finding(FOREIGN, column, name=TEMPLATES[event.kind][column].name)


def scoped(rows: Iterable[Row], department: str) -> Iterator[Row]:
    """Yield rows whose own event ids, if any, are apart from all ids of other departments."""
    for row in rows:
        found = plan(tuple(row.values), None).columns
        yield _with_scoped_id(row, found, department) if envelope.EVENT_ID in found else row


def _with_scoped_id(row: Row, columns: tuple[str, ...], department: str) -> Row:
    values: Mapping[str, str] = {
        header: derived_event_id("http-own", department, text.strip())
        if column == envelope.EVENT_ID and text.strip()
        else text
        for (header, text), column in zip(row.values.items(), columns, strict=True)
    }
    return replace(row, values=values)


def _until(ending: Callable[[], bool], rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        if ending():
            raise UnavailableError("the server is to end")
        yield row
