"""The knowledge that the detectors work with, handed in so that the rules read no files."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Words by what they tell; `streams.privacy_data` reads them from the packaged data files."""

    cues: Mapping[str, tuple[str, ...]]
    """Tag → cue words, such as `label.phone` → 手机, 联系电话."""
    diseases: tuple[str, ...]
    divisions: frozenset[str]
    """Official names of provinces, cities and counties."""
    surnames: frozenset[str]
    given: frozenset[str]
    """Characters that given names are made of."""
    words: frozenset[str]
    """Common words of two characters, to tell where a name ends."""
    area_codes: frozenset[str]
    traditional: Mapping[str, str]
    """Traditional character → simplified one."""
