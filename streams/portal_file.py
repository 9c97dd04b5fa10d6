"""The file of the portals: where each is, how it is spoken to, and what it bears."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from sinks.probing.watch import Watch
from sinks.schemes import NO_SECRET
from streams.domain.errors import ConfigurationError
from streams.domain.limits import Limits
from streams.domain.stages import PortalId
from streams.settings import read_toml
from streams.topics import PORTALS
from streams.watch_file import WATCH_KEYS, read_watch

KNOWN = ("url", "secret", "secret_file", "concurrency", "rate", "quiet", "off_after_hours")


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
    portals, mistakes = [], []
    for name, about in read_toml(file).items():
        if name not in PORTALS:
            mistakes.append(f"[{name}] is no portal; known are {', '.join(PORTALS)}")
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
    if unknown := sorted(about.keys() - {*KNOWN, *WATCH_KEYS}):
        raise ValueError(f"has no {', '.join(unknown)}; known are {', '.join((*KNOWN, *WATCH_KEYS))}")
    secret = about.get("secret", "")
    if not secret and not about["url"].startswith(NO_SECRET):
        secret = Path(about["secret_file"]).expanduser().read_text("utf-8")
    limits, watch = _limits(about), read_watch(about)
    return Portal(id=name, url=about["url"], secret=secret.strip(), limits=limits, watch=watch)


def _limits(about: dict[str, Any]) -> Limits:
    usual = Limits()
    rate = _number(about, "rate")
    hours = _number(about, "off_after_hours") or usual.off_after / timedelta(hours=1)
    return Limits(
        concurrency=int(_number(about, "concurrency") or usual.concurrency),
        rate=rate,
        quiet=_quiet(about["quiet"]) if "quiet" in about else None,
        off_after=timedelta(hours=hours),
    )


def _number(about: dict[str, Any], name: str) -> float | None:
    told = about.get(name)
    if told is None:
        return None
    least = 1 if name == "concurrency" else 0
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
