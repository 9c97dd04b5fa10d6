"""Finds and masks personal data in free text: text in, places and reasons out; no I/O, no clock."""

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.redactor import Masked, Redactor
from streams.domain.privacy.shapes import MaskPolicy, Shapes, Thresholds
from streams.domain.privacy.spans import PersonalKind, Span

__all__ = ["Lexicon", "MaskPolicy", "Masked", "PersonalKind", "Redactor", "Shapes", "Span", "Thresholds"]
