"""The file of 市公共信用信息平台: one table, of which no portal's file may have one."""

from pathlib import Path

from streams.domain.errors import ConfigurationError
from streams.files.portals import Portal, load_named
from streams.topics import PLATFORM


def load_platform(file: Path | None) -> Portal:
    """Read the platform's address and secret. Raises `ConfigurationError` that names every mistake."""
    if file is None:
        raise ConfigurationError("set GONGSHI_SHARE to the TOML file of [credit-platform] (url, secret)")
    found = load_named(file, (PLATFORM,))
    if not found:
        raise ConfigurationError(f"{file.name} has no [{PLATFORM}]")
    if not found[0].url.startswith(("https://", "http://")):
        raise ConfigurationError(f"{file.name}: [{PLATFORM}] is spoken to by https:// only")
    return found[0]
