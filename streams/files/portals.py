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


def load_portals(file: Path | None) -> tuple[Portal, ...]:
    """Read the portals' file. Raises `ConfigurationError` that names every mistake."""
    if file is None:
        raise ConfigurationError("set GONGSHI_PORTALS to the TOML file of the portals (id, url, secret)")
    return load_named(file, PORTALS)


def load_named(file: Path, known: Sequence[PortalId]) -> tuple[Portal, ...]:
    """Read a file whose tables are named by some of `known`. Raises `ConfigurationError`."""
    portals, mistakes = [], []
    for name, about in read_toml(file).items():
        if name not in known:
            mistakes.append(f"[{name}] is no portal; known are {', '.join(known)}")
            continue
        try:
            portals.append(_portal(PortalId(name), about))
        except KeyError as error:
            mistakes.append(f"[{name}] lacks {error.args[0]}")
        except OSError as error:
            mistakes.append(f"[{name}] secret_file cannot be read: {error.strerror}")
        except ValueError as error:
            mistakes.append(f"[{name}] {error}")
    if mistakes:
        raise ConfigurationError(f"{file.name}: {'; '.join(mistakes)}")
    return tuple(portals)


def _portal(name: PortalId, about: dict[str, Any]) -> Portal:
    limits, mistakes = _limits(about)
    watch = Watch()
    try:
        watch = read_watch(about)
    except ValueError as error:
        mistakes.append(str(error))
    if unknown := sorted(about.keys() - {*KNOWN, *WATCH_KEYS}):
        mistakes.append(f"has no {', '.join(unknown)}; known are {', '.join((*KNOWN, *WATCH_KEYS))}")
    if mistakes:
        raise ValueError("; ".join(mistakes))
    secret = about.get("secret", "")
    if not secret and not about["url"].startswith(NO_SECRET):
        secret = Path(about["secret_file"]).expanduser().read_text("utf-8")
    return Portal(id=name, url=about["url"], secret=secret.strip(), limits=limits, watch=watch)


def _limits(about: dict[str, Any]) -> tuple[Limits, list[str]]:
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
        batch=read(lambda: _batch(about, usual), usual.batch),
        quiet=read(lambda: _quiet(about["quiet"]), None) if "quiet" in about else None,
        off_after=timedelta(hours=hours) if hours else usual.off_after,
    )
    return limits, mistakes


def _batch(about: dict[str, Any], usual: Limits) -> int:
    batch = int(_number(about, "batch") or usual.batch)
    if batch > MOST_TOGETHER:
        raise ValueError(f"batch is at most {MOST_TOGETHER}")
    if batch > 1 and not about["url"].startswith(BATCHES):
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
