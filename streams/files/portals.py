"""The file of the portals: where each is, how it is spoken to, and what it bears."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sinks.probing.watch import Watch
from sinks.schemes import BATCHES, NO_SECRET
from streams.domain.errors import ConfigurationError
from streams.domain.limits import Limits
from streams.domain.stages import PortalId
from streams.files.watching import WATCH_KEYS, read_watch
from streams.settings import read_toml
from streams.topics import PORTALS

T = TypeVar("T")

KNOWN = ("url", "secret", "secret_file", "concurrency", "rate", "batch", "quiet", "off_after_hours")
MOST_TOGETHER = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """One portal as deliveries know it."""

    id: PortalId
    url: str
    secret: str = field(repr=False)
    """What the adaptor needs, see `sinks.adaptors`: for HTTP `whsec_` and base64."""
    limits: Limits = field(default_factory=Limits)
    watch: Watch = field(default_factory=Watch)


Check = Callable[[Portal], object]
"""Looks closer at a portal's address, secret or probe; raises `ConfigurationError`."""


def load_portals(file: Path | None, *checks: Check) -> tuple[Portal, ...]:
    """Read the portals' file. Raises `ConfigurationError` that names every mistake, those of `checks` too."""
    if file is None:
        raise ConfigurationError("set GONGSHI_PORTALS to the TOML file of the portals (id, url, secret)")
    return load_named(file, PORTALS, *checks)


def load_named(file: Path, known: Sequence[PortalId], *checks: Check) -> tuple[Portal, ...]:
    """Read a file whose tables are named by some of `known`. Raises `ConfigurationError`."""
    portals, mistakes = [], []
    for name, about in read_toml(file).items():
        if name not in known:
            mistakes.append(f"[{name}] is no portal; known are {', '.join(known)}")
            continue
        portal, wrong = _portal(PortalId(name), about if isinstance(about, dict) else {})
        wrong += _checked(portal, checks) if portal.url else []
        portals.append(portal)
        if wrong:
            mistakes.append(f"[{name}] {'; '.join(wrong)}")
    if mistakes:
        raise ConfigurationError(f"{file.name}: {'; '.join(mistakes)}")
    return tuple(portals)


def _portal(name: PortalId, about: dict[str, Any]) -> tuple[Portal, list[str]]:
    """Return the portal as far as its table can be read, and every mistake in that."""
    url, mistakes = _url(about)
    limits, wrong_limits = _limits(about, url)
    watch, wrong_watch = read_watch(about)
    secret, wrong_secret = _secret(about, url)
    mistakes += [*wrong_limits, *wrong_watch]
    if unknown := sorted(about.keys() - {*KNOWN, *WATCH_KEYS}):
        mistakes.append(f"has no {', '.join(unknown)}; known are {', '.join((*KNOWN, *WATCH_KEYS))}")
    return Portal(id=name, url=url, secret=secret, limits=limits, watch=watch), [*mistakes, *wrong_secret]


def _url(about: dict[str, Any]) -> tuple[str, list[str]]:
    url = about.get("url", "")
    if url and isinstance(url, str):
        return url, []
    return "", ["url is an address, in quotes" if url else "lacks url"]


def _secret(about: dict[str, Any], url: str) -> tuple[str, list[str]]:
    secret, file = about.get("secret", ""), about.get("secret_file", "")
    if not isinstance(secret, str) or not isinstance(file, str):
        return "", ["secret and secret_file are texts, in quotes"]
    if secret or url.startswith(NO_SECRET):
        return secret.strip(), []
    if not file:
        return "", ["lacks secret or secret_file"]
    try:
        return Path(file).expanduser().read_text("utf-8").strip(), []
    except OSError as error:
        return "", [f"secret_file cannot be read: {error.strerror}"]
    except ValueError:
        return "", ["secret_file is no text in UTF-8"]


def _checked(portal: Portal, checks: Sequence[Check]) -> list[str]:
    mistakes = []
    for check in checks:
        try:
            check(portal)
        except ConfigurationError as error:
            mistakes.append(str(error))
    return mistakes


def _limits(about: dict[str, Any], url: str) -> tuple[Limits, list[str]]:
    """Return the limits, and every mistake in them."""
    usual, mistakes = Limits(), list[str]()

    def read(call: Callable[[], T], otherwise: T) -> T:
        try:
            return call()
        except ValueError as error:
            mistakes.append(str(error))
            return otherwise

    hours = read(lambda: _number(about, "off_after_hours"), None)
    limits = Limits(
        concurrency=int(read(lambda: _number(about, "concurrency"), None) or usual.concurrency),
        rate=read(lambda: _number(about, "rate"), None),
        batch=read(lambda: _batch(about, url, usual), usual.batch),
        quiet=read(lambda: _quiet(about["quiet"]), None) if "quiet" in about else None,
        off_after=timedelta(hours=hours) if hours else usual.off_after,
    )
    return limits, mistakes


def _batch(about: dict[str, Any], url: str, usual: Limits) -> int:
    batch = int(_number(about, "batch") or usual.batch)
    if batch > MOST_TOGETHER:
        raise ValueError(f"batch is at most {MOST_TOGETHER}")
    if batch > 1 and url and not url.startswith(BATCHES):
        raise ValueError("a feed has no batch: what comes at once is written together")
    return batch


def _number(about: dict[str, Any], name: str) -> float | None:
    told = about.get(name)
    if told is None:
        return None
    least = 1 if name in ("concurrency", "batch") else 0
    if isinstance(told, bool) or not isinstance(told, int | float) or told < least or told == 0:
        raise ValueError(f"{name} is a number above 0")
    return told


def _quiet(told: object) -> tuple[time, time]:
    begin, dash, end = str(told).partition("-")
    try:
        quiet = time.fromisoformat(begin.strip()), time.fromisoformat(end.strip())
    except ValueError:
        dash = ""
    if not dash or quiet[0] == quiet[1]:
        raise ValueError('quiet is from when to when, in China\'s time, such as "22:00-06:00"')
    return quiet
