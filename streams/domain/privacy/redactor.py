"""Masks a text: runs every detector, settles overlaps, puts the shapes in place."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from streams.domain.privacy.accounts.detector import ImAccountDetector
from streams.domain.privacy.folding import Folder
from streams.domain.privacy.health.detector import HealthDetector
from streams.domain.privacy.homes.detector import HomeAddressDetector
from streams.domain.privacy.identifiers.bank_card import BankCardDetector
from streams.domain.privacy.identifiers.citizen_id import CitizenIdDetector
from streams.domain.privacy.identifiers.email import EmailDetector
from streams.domain.privacy.identifiers.landline import LandlineDetector
from streams.domain.privacy.identifiers.mobile import MobileDetector
from streams.domain.privacy.identifiers.offices import Offices
from streams.domain.privacy.identifiers.plate import PlateDetector
from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.naming import NameBefore
from streams.domain.privacy.persons.detector import PersonDetector
from streams.domain.privacy.religion.detector import ReligionDetector
from streams.domain.privacy.resolving import resolve
from streams.domain.privacy.scanner import Scanner
from streams.domain.privacy.shapes import USUAL, Aliases, MaskPolicy, Shapes, shape
from streams.domain.privacy.spans import PersonalKind, Span

if TYPE_CHECKING:
    from streams.domain.privacy.reading import Detector


_CONTACTS = frozenset(
    (
        PersonalKind.CITIZEN_ID,
        PersonalKind.MOBILE,
        PersonalKind.LANDLINE,
        PersonalKind.EMAIL,
        PersonalKind.BANK_CARD,
    )
)
_NAMES = {kind: kind.value for kind in PersonalKind}
_NUMBER_OR_MAIL = re.compile(r"[@＠]|(?:\d[^\u4e00-\u9fff]{0,2}){7}|[〇零一二三四五六七八九]{7}")
_REMEMBERED = 4096
_LONGEST_REMEMBERED = 400
"""Texts of this length come again and again: legal bases, contents of fines, titles of licences."""


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

    def __init__(self, lexicon: Lexicon, policy: MaskPolicy | None = None) -> None:
        """Take the knowledge, and the shapes by portal where they differ from the usual ones."""
        self.policy = policy or MaskPolicy(USUAL)
        self._folder = Folder(
            lexicon.traditional,
            [name for name in lexicon.surnames if len(name) == 1],
            (*lexicon.diseases, *lexicon.cues["health.core"], *lexicon.cues["religion.term"]),
        )
        self._scanner = Scanner(lexicon)
        names = NameBefore(lexicon)
        offices = Offices(names)
        self._detectors: tuple[Detector, ...] = (
            CitizenIdDetector(names),
            MobileDetector(),
            LandlineDetector(lexicon, names, offices),
            BankCardDetector(),
            EmailDetector(offices),
            ImAccountDetector(lexicon),
            PlateDetector(),
            HomeAddressDetector(lexicon, names),
            HealthDetector(lexicon, names),
            ReligionDetector(lexicon, names),
            PersonDetector(lexicon),
        )
        self._detect = tuple(detector.detect for detector in self._detectors)
        self._found_before = lru_cache(_REMEMBERED)(self._found)

    def spans(self, text: str, known: Collection[str] = ()) -> tuple[Span, ...]:
        """Return what is personal in `text`; `known` names (party, representative, authority) are not."""
        folded = self._folder.fold(text)
        names = known if folded.text is text else (self._folder.fold(name).text for name in known)
        here = frozenset(name for name in names if name in folded.text)
        find = self._found_before if len(folded.text) <= _LONGEST_REMEMBERED else self._found
        found = find(folded.text, here)
        if folded.origins is None:
            return found
        return tuple(Span(*folded.original(start, end), kind, reason) for start, end, kind, reason in found)

    def _found(self, text: str, known: frozenset[str]) -> tuple[Span, ...]:
        reading = self._scanner.read(text, known)
        found: list[Span] = []
        for detect in self._detect:
            found += detect(reading)
        return resolve(found) if found else ()

    def mask(
        self,
        text: str,
        known: Collection[str] = (),
        aliases: Aliases | None = None,
        shapes: Shapes | None = None,
    ) -> Masked:
        """Return `text` with everything personal in it replaced by its shape.

        `aliases` of the decision's other texts are taken and added to: one person has one alias throughout.
        """
        return _masked(text, self.spans(text, known), aliases or Aliases(), shapes or self.policy.default)

    def mask_numbers(self, text: str, shapes: Shapes | None = None) -> Masked:
        """Return a short public text, such as a name, with numbers of persons and mail addresses masked."""
        if _NUMBER_OR_MAIL.search(text) is None:
            return Masked(text=text, spans=(), counts={})
        spans = tuple(span for span in self.spans(text) if span.kind in _CONTACTS)
        return _masked(text, spans, Aliases(), shapes or self.policy.default)


def _masked(text: str, spans: tuple[Span, ...], aliases: Aliases, shapes: Shapes) -> Masked:
    if not spans:
        return Masked(text=text, spans=(), counts={})
    parts: list[str] = []
    counts: dict[str, int] = {}
    at = 0
    for start, end, kind, _ in spans:
        parts += (text[at:start], shape(kind, text[start:end], aliases, shapes))
        at = end
        name = _NAMES[kind]
        counts[name] = counts.get(name, 0) + 1
    return Masked(text="".join(parts) + text[at:], spans=spans, counts=counts)
