"""Works off one claim: the rows of its file to Kafka, the receipts beside it, the file to its end."""

import hashlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from connectors.desk import Desk, Identity, Line
from connectors.files import read_stream
from connectors.folder.arrivals import shape_of
from connectors.folder.claims import Claim, readable
from connectors.folder.memory import Memory
from connectors.folder.receipts import About, Receipt
from connectors.folder.verdicts import (
    UNOPENED,
    Verdict,
    faulty,
    file_away,
    known,
    of_rows,
    place_of,
    unreadable,
)
from connectors.identity import Revisions, derived_event_id
from connectors.row import Row
from streams.domain.errors import ConfigurationError, GongshiError
from streams.domain.stages import Origin
from streams.domain.values import CHINA

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clerk:
    """Works for one department's folder."""

    desk: Desk
    memory: Memory
    now: Callable[[], datetime]

    def work_off(self, claim: Claim) -> None:
        """Bring a claim to its end, wherever an earlier try of it stopped.

        Raises what `Sends.send` raises, and `OSError`: the claim stays then, and can be worked off again.
        """
        file = claim.file
        if claim.filing is None and file is not None:
            claim.clear()
            if not self._hand_in(claim, file):
                log.warning("claim %d is still being written to; back to the inbox", claim.revision)
                claim.give_back()
                return
        claim.finish(self.memory)
        log.info("claim %d is worked off", claim.revision)

    def _hand_in(self, claim: Claim, file: Path) -> bool:
        """Send the rows and decide the end; False when the file was written to meanwhile."""
        taken_at = self.now().astimezone(CHINA).isoformat(sep=" ", timespec="seconds")
        about = About(
            file=readable(file.name), department=claim.folder.department, sha256="", taken_at=taken_at
        )
        shape = shape_of(file)
        with Receipt(claim.place) as receipt:
            try:
                stream = file.open("rb")
            except PermissionError:
                file_away(claim, about, receipt, unreadable(UNOPENED), Revisions(claim.revision))
                return True
            with stream:
                about = replace(about, sha256=hashlib.file_digest(stream, "sha256").hexdigest())
                earlier = self.memory.known(about.sha256)
                revisions = Revisions(earlier.revision if earlier else claim.revision)
                if earlier and earlier.accepted == earlier.rows:
                    verdict = known(earlier)
                else:
                    stream.seek(0)
                    verdict = self._send(about, receipt, stream, revisions)
            unchanged = shape_of(file) == shape
            if unchanged:
                file_away(claim, about, receipt, verdict, revisions)
            return unchanged

    def _send(self, about: About, receipt: Receipt, stream: BinaryIO, revisions: Revisions) -> Verdict:
        try:
            for line in self._lines(about, stream, revisions):
                receipt.add(about.file, line)
        except ConfigurationError as error:
            return unreadable(str(error))
        except (GongshiError, OSError):
            raise
        except Exception as error:  # noqa: BLE001 -- one file must not stop all departments for ever
            place = place_of(error)
            log.error("a file could not be worked off: %s", place)  # noqa: TRY400 -- its text may quote a row
            return faulty(place)
        return of_rows(receipt.counts)

    def _lines(self, about: About, stream: BinaryIO, revisions: Revisions) -> Iterator[Line]:

        def origin(row: Row) -> Origin:
            reference = f"{about.file}:{row.place}"
            return Origin(connector="folder", department=about.department, reference=reference)

        def identify(row: Row) -> Identity:
            event_id = derived_event_id("folder", about.department, about.sha256, row.place)
            return Identity(event_id=event_id, revision=revisions.next(row.values))

        return replace(self.desk, identify=identify).hand_in(read_stream(stream, about.file), origin)
