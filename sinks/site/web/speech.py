"""The languages of the pages: Chinese as it stands in the templates, English from a small catalogue."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from markupsafe import Markup, escape

PREFIX = "/en"
_ENGLISH = Path(__file__).parent / "english.toml"


@cache
def english() -> Mapping[str, str]:
    """Return the Chinese texts of the interface with their English."""
    return tomllib.loads(_ENGLISH.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """One language: its texts, and addresses that keep it."""

    english: bool

    @property
    def code(self) -> str:
        """Return the language's tag."""
        return "en" if self.english else "zh-CN"

    def __call__(self, text: str, /, **values: object) -> str:
        """Return a text of the interface, its `{name}` filled in and escaped; decisions stay Chinese."""
        said = english().get(text, text) if self.english else text
        if not values:
            return said
        escaped = {name: escape(value) for name, value in values.items()}
        return Markup(said.format(**escaped))  # noqa: S704 -- `said` is the interface's own

    @property
    def chinese(self) -> Markup:
        """Return the attribute of what stays Chinese on a page in another language (WCAG 2.2, 3.1.2)."""
        return Markup(' lang="zh-CN"') if self.english else Markup("")

    def link(self, path: str, /, **query: object) -> str:
        """Return the address of a page in this language; empty parts of the query are left out."""
        return self.address(path, {name: str(value) for name, value in query.items() if value})

    def address(self, path: str, query: Mapping[str, str]) -> str:
        """Return the address of a page in this language with a query as it is."""
        asked = f"?{urlencode(query)}" if query else ""
        return f"{PREFIX if self.english else ''}{path}{asked}"


def speech_of(path: str) -> tuple[Speech, str]:
    """Return the language of an address, and the address without it."""
    if path == PREFIX or path.startswith(f"{PREFIX}/"):
        return Speech(english=True), path[len(PREFIX) :] or "/"
    return Speech(english=False), path
