"""Masks a text: runs every detector, settles overlaps, puts the shapes in place."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from streams.domain.privacy import (
    bank_card,
    citizen_id,
    email,
    health,
    home_address,
    im_account,
    landline,
    mobile,
    person,
    plate,
    religion,
)
from streams.domain.privacy.folding import Folder
from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.reading import Reading
from streams.domain.privacy.resolving import resolve
from streams.domain.privacy.scanner import Scanner
from streams.domain.privacy.shapes import name_aliases, shape
from streams.domain.privacy.spans import PersonalKind, Span

Detector = Callable[[Reading], Iterable[Span]]
"""One kind of personal data: text in (as read), spans out, each with its reason."""

DETECTORS: tuple[Detector, ...] = (
    email.detect,
    citizen_id.detect,
    mobile.detect,
    bank_card.detect,
    landline.detect,
    plate.detect,
    im_account.detect,
    home_address.detect,
    health.detect,
    religion.detect,
    person.detect,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A masked text and what was masked in the original, without the data itself."""

    text: str
    spans: tuple[Span, ...]
    """Places in the original text, in order, without overlap."""
    counts: Mapping[str, int]
    """Kind → number of places."""


class Redactor:
    """Finds and masks personal data in free text; made once a process, without state."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._folder = Folder(lexicon.traditional)
        self._scanner = Scanner(lexicon)

    def spans(self, text: str, known: Collection[str] = ()) -> tuple[Span, ...]:
        """Return what is personal in `text`; `known` names (party, representative, authority) are not."""
        folded = self._folder.fold(text)
        reading = self._scanner.read(folded.text, known)
        found = resolve(span for detect in DETECTORS for span in detect(reading))
        if folded.origins is None:
            return found
        return tuple(_moved(span, *folded.original(span.start, span.end)) for span in found)

    def mask(self, text: str, known: Collection[str] = ()) -> Masked:
        """Return `text` with everything personal in it replaced by its shape."""
        spans = self.spans(text, known)
        if not spans:
            return Masked(text=text, spans=(), counts={})
        aliases = name_aliases([text[s.start : s.end] for s in spans if s.kind is PersonalKind.PERSON])
        parts, at = [], 0
        for span in spans:
            parts += [text[at : span.start], shape(span, text[span.start : span.end], aliases)]
            at = span.end
        counts = Counter(str(span.kind) for span in spans)
        return Masked(text="".join(parts) + text[at:], spans=spans, counts=counts)


def _moved(span: Span, start: int, end: int) -> Span:
    return replace(span, start=start, end=end)
