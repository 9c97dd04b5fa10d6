"""The knowledge that the detectors work with, handed in so that the rules read no files."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Words by what they tell; `streams.privacy_data` reads them from the packaged data files."""

    cues: Mapping[str, tuple[str, ...]]
    """Tag → words looked for all over a text, such as `label.phone` → 手机, 联系电话."""
    contexts: Mapping[str, tuple[str, ...]]
    """Tag → words that matter only beside a find, such as `health.public_after` → 医院."""
    diseases: tuple[str, ...]
    goods: tuple[str, ...]
    """Goods, herbs and animals whose names begin like a person's."""
    famous: tuple[str, ...]
    """Persons of history and art, brands called like persons: somebody else only where one is announced."""
    divisions: tuple[str, ...]
    """Official names of provinces, cities and counties."""
    short_divisions: tuple[str, ...]
    """Provinces and cities without 省 and 市: they count only where another division follows."""
    surnames: Mapping[str, int]
    """Family name, single or compound → how much likelier it is one than other text, tenths of ln."""
    given: Mapping[str, int]
    """Character → how much likelier it stands in a given name than in other text, tenths of ln."""
    given_pairs: frozenset[str]
    """Given names of two characters that are usual together, though they may be words as well."""
    ethnic: tuple[str, ...]
    """Parts of Tibetan, Mongolian, Uyghur, Yi and other names."""
    words: frozenset[str]
    """Common words of two characters, to tell where a name ends."""
    common_words: frozenset[str]
    """The frequent ones among them that begin with a family name."""
    area_codes: frozenset[str]
    traditional: Mapping[str, str]
    """Traditional character → simplified one."""

    def pattern(self, tag: str) -> str:
        """Return the words of context `tag` as one regular expression, longer ones first.

        A look at the first character spares trying every word.
        """
        words = sorted(self.contexts[tag], key=len, reverse=True)
        heads = "".join(sorted({word[0] for word in words}))
        return f"(?=[{heads}])(?:{'|'.join(words)})"
