"""The restricted sharing on one machine: a platform to try against, and where its worker keeps what."""

import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from streams.embedded.parts import Part
from streams.embedded.ports import LOOPBACK, kept_ports
from streams.settings import Settings
from streams.topics import PLATFORM


class Sharing:
    """Nothing of it runs where the environment names portals of its own but not the platform."""

    def __init__(self, settings: Settings, data: Path, new_secret: Callable[[], str]) -> None:
        """Take the folder that keeps the state, and what makes a secret for a platform."""
        self._settings = settings
        self._data = data
        self._new_secret = new_secret
        self.wanted = settings.share is not None or settings.portals is None
        given = settings.share_database_url.get_secret_value()
        self.database_url = given or f"sqlite:///{data / 'share.sqlite'}"
        self._file = (settings.share or data / "share.toml").absolute()

    def environment(self) -> Mapping[str, str]:
        """Return what the worker and the platform are told."""
        return {
            "GONGSHI_SHARE": str(self._file),
            "GONGSHI_SHARE_DATABASE_URL": self.database_url,
            "GONGSHI_SHARE_KEY": self._key(),
        }

    def platform(self, command: Callable[..., tuple[str, ...]], environment: Mapping[str, str]) -> list[Part]:
        """Return the platform to try against; none where the environment names the real one."""
        if not self.wanted or self._settings.share is not None:
            return []
        port = kept_ports(self._data / "share-ports.json", [PLATFORM])[PLATFORM]
        address = f"http://{LOOPBACK}:{port}/decisions"
        if not self._file.exists() or address not in self._file.read_text(encoding="utf-8"):
            self._file.touch(mode=0o600)
            self._file.write_text(
                f'[{PLATFORM}]\nurl = "{address}"\nsecret = "{self._new_secret()}"\n', encoding="utf-8"
            )
        return [
            Part(
                name=f"portal-{PLATFORM}",
                command=command(
                    "portal", PLATFORM, "--port", str(port), "--data", str(self._data / "platform")
                ),
                env={**environment, **self.environment()},
                ready=f"http://{LOOPBACK}:{port}/statistics",
                addresses={"url": f"http://{LOOPBACK}:{port}"},
                together=True,
            )
        ]

    def _key(self) -> str:
        """Return the key of what is sealed: it must stay, as what waits is read with it."""
        given = self._settings.share_key.get_secret_value()
        file = self._data / "share.key"
        if given or file.exists():
            return given or file.read_text(encoding="ascii")
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32), encoding="ascii")
        return file.read_text(encoding="ascii")
