"""Renders templates: escaped always, matches marked, days and amounts as people write them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from sinks.site.store.entries import Decision
from sinks.site.web.asking import in_wan
from sinks.site.words import Phrase
from streams.domain.stages import Kind
from streams.domain.values import CHINA, UNLIMITED

HERE = Path(__file__).parent
STATIC = HERE / "static"
KINDS: Mapping[str, str] = {Kind.LICENCE: "行政许可", Kind.PENALTY: "行政处罚"}
PERSON = "自然人"
"""Stands for a natural person's name wherever more than one decision is shown."""
SNIPPET = 70
_MISLEADING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BODIES = {Kind.LICENCE: ("XK_NR", "XK_XKWS"), Kind.PENALTY: ("CF_SY", "CF_NR", "CF_WFXW", "CF_YJ")}


@cache
def environment() -> Environment:
    """Return the templates."""
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=harmless,
    )
    found.filters |= {
        "day": day,
        "moment": moment,
        "wan": in_wan,
        "isolate": isolate,
        "dated": dated,
        "share": share,
    }
    found.globals |= {
        "kinds": KINDS,
        "static": static,
        "mark": mark,
        "snippet": snippet,
    }
    return found


def render(template: str, /, **values: Any) -> str:
    """Return a page."""
    return environment().get_template(template).render(**values)


@cache
def static(name: str) -> str:
    """Return the address of a static file, which changes with its content: it may be kept for ever."""
    return f"/static/{blake2b((STATIC / name).read_bytes(), digest_size=6).hexdigest()}/{name}"


def day(value: date | None) -> str:
    """Return a day as 2026-09-24, 长期 for the last day of 2099."""
    if value is None:
        return ""
    return "长期" if value == UNLIMITED else value.isoformat()


def moment(value: datetime) -> str:
    """Return a moment in Chinese time, to the minute."""
    return value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def harmless(value: Any) -> Any:
    """Return a text without signs that make it read otherwise than it is written, such as bidi overrides.

    Letters that are written from right to left keep their direction.
    """
    if not isinstance(value, str) or not _MISLEADING.search(value):
        return value
    clean = _MISLEADING.sub("", value)
    return Markup(clean) if isinstance(value, Markup) else clean  # noqa: S704 -- it was markup before


def dated(value: str) -> Markup:
    """Return a day or moment as one that programs can read too."""
    shown = escape(value)
    if not value[:4].isdigit():
        return shown
    return Markup(f'<time datetime="{shown}">{shown}</time>')  # noqa: S704 -- it is escaped


def share(value: float | None) -> str:
    """Return a share in percent, a dash where it is not known."""
    return "—" if value is None else f"{value:.1%}"


def isolate(value: str, language: Markup) -> Markup:
    """Return a text that cannot turn what stands around it from right to left; see `Speech.chinese`."""
    return Markup("<bdi{}>{}</bdi>").format(language, value)


def mark(text: str, phrases: Sequence[Phrase]) -> Markup:
    """Return a text with what was looked for marked."""
    runs = sorted({one.run for one in phrases}, key=len, reverse=True)
    if not runs:
        return escape(text)
    parts = re.split(f"({'|'.join(map(re.escape, runs))})", text, flags=re.IGNORECASE)
    marked = (f"<mark>{escape(part)}</mark>" if at % 2 else escape(part) for at, part in enumerate(parts))
    return Markup("".join(marked))  # noqa: S704 -- each part is escaped


def snippet(decision: Decision, phrases: Sequence[Phrase]) -> str:
    """Return the place in a decision's text where a phrase stands, or its beginning."""
    if decision.natural:
        return ""
    texts = [decision.columns.get(code, "") for code in _BODIES[decision.kind]]
    for text in texts:
        for one in phrases:
            at = text.casefold().find(one.run)
            if at >= 0:
                start = max(0, at - SNIPPET // 3)
                cut = text[start : start + SNIPPET]
                return f"{'…' if start else ''}{cut}{'…' if start + SNIPPET < len(text) else ''}"
    first = next(filter(None, texts), "")
    return f"{first[:SNIPPET]}…" if len(first) > SNIPPET else first
