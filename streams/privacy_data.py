"""Reads the packaged knowledge on personal data, so that the rules themselves read no files."""

import tomllib
from collections.abc import Callable
from importlib.resources import files
from importlib.resources.abc import Traversable

from streams.domain.errors import ConfigurationError
from streams.domain.privacy import Lexicon

_SPACE = "␣"
"""Stands for a space within a word, as spaces part the words."""


def load_lexicon(folder: Traversable | None = None) -> Lexicon:
    """Return the lexicon of `folder` (default: the packaged one). Raises `ConfigurationError`."""
    place = folder or files("streams") / "data" / "privacy"
    try:
        return Lexicon(
            cues=_words(place, "cues.toml"),
            contexts={**_words(place, "contexts.toml"), **_words(place, "health.toml")},
            diseases=_lines(place, "diseases.txt"),
            goods=_lines(place, "goods.txt"),
            famous=tuple(" ".join(_lines(place, "famous.txt")).split()),
            divisions=_lines(place, "divisions.txt"),
            short_divisions=_lines(place, "short_divisions.txt"),
            surnames=_weighed(place, "surnames.txt", str.split),
            given=_weighed(place, "given.txt", list),
            given_pairs=frozenset(" ".join(_lines(place, "given_pairs.txt")).split()),
            ethnic=tuple(" ".join(_lines(place, "ethnic_names.txt")).split()),
            words=frozenset(_lines(place, "words.txt")),
            common_words=frozenset(" ".join(_lines(place, "common_words.txt")).split()),
            area_codes=frozenset(_lines(place, "area_codes.txt")),
            traditional={line[0]: line[1] for line in _lines(place, "traditional.txt")},
        )
    except OSError as error:
        raise ConfigurationError(f"the lexicon {error.filename} cannot be read: {error.strerror}") from error


def _lines(folder: Traversable, name: str) -> tuple[str, ...]:
    text = (folder / name).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def _weighed(folder: Traversable, name: str, parts: Callable[[str], list[str]]) -> dict[str, int]:
    """Return what stands on lines of a weight and the parts that have it."""
    lines = (line.partition(" ") for line in _lines(folder, name))
    return {part: int(weight) for weight, _, rest in lines for part in parts(rest)}


def _words(folder: Traversable, name: str) -> dict[str, tuple[str, ...]]:
    try:
        groups = tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{name} is no valid TOML: {error}") from error
    return {
        f"{group}.{tag}": tuple(dict.fromkeys(word.replace(_SPACE, " ") for word in words.split()))
        for group, tags in groups.items()
        for tag, words in tags.items()
    }
