"""A folder on another machine, over SFTP: the host's key pinned, each file there whole or not at all."""

import asyncio
import contextlib
import posixpath
from dataclasses import dataclass
from uuid import uuid4

import asyncssh

from sinks.files import FolderError
from streams.domain.errors import ConfigurationError

KEY_BEGINS = "-----BEGIN"
_ALIVE_S = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the folder is."""

    host: str
    port: int
    user: str
    folder: str
    """An absolute path, or one from the user's home."""
    fingerprints: frozenset[str]
    """`SHA256:…` of the host's keys, as `ssh-keygen -lf` tells them; another host is not spoken to."""
    connect_s: float = 5.0
    put_s: float = 20.0


class _Pinned(asyncssh.SSHClient):
    def __init__(self, fingerprints: frozenset[str]) -> None:
        self._fingerprints = fingerprints

    def validate_host_public_key(self, host: str, addr: str, port: int, key: asyncssh.SSHKey) -> bool:
        del host, addr, port
        return key.get_fingerprint() in self._fingerprints


class SftpFolder:
    """Keeps one connection, and makes another when it has gone."""

    def __init__(self, place: Place, secret: str) -> None:
        """Take the user's password, or a private key (OpenSSH or PEM). Raises `ConfigurationError`."""
        self._place = place
        try:
            self._key = asyncssh.import_private_key(secret) if secret.startswith(KEY_BEGINS) else None
        except (asyncssh.KeyImportError, ValueError) as error:
            raise ConfigurationError("an sftp portal's secret is a password or a private key") from error
        self._password = None if self._key else secret
        self._connection: asyncssh.SSHClientConnection | None = None
        self._client: asyncssh.SFTPClient | None = None
        self._turn = asyncio.Lock()

    async def put(self, name: str, content: bytes) -> None:
        """Write a file; see `Folder.put`."""
        client = await self._connected()
        draft = posixpath.join(self._place.folder, f".{name}.{uuid4().hex}")
        begun = False
        try:
            async with asyncio.timeout(self._place.put_s):
                async with client.open(draft, "wb") as file:
                    await file.write(content)
                    with contextlib.suppress(asyncssh.SFTPOpUnsupported):
                        await file.fsync()
                begun = True
                await _rename(client, draft, posixpath.join(self._place.folder, name))
        except (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection, TimeoutError, OSError) as error:
            await self.close()
            raise FolderError(type(error).__name__, begun=begun) from error
        except (asyncssh.Error, asyncssh.SFTPError) as error:
            raise FolderError(error.reason) from error

    async def close(self) -> None:
        """Let go of the connection."""
        connection, self._connection, self._client = self._connection, None, None
        if connection is not None:
            connection.abort()

    async def _connected(self) -> asyncssh.SFTPClient:
        async with self._turn:
            if self._client is None or self._connection is None or self._connection.is_closed():
                try:
                    async with asyncio.timeout(self._place.connect_s * 2):
                        self._client = await self._connect()
                except asyncssh.HostKeyNotVerifiable as error:
                    raise FolderError("the host's key is none of those in host_key") from error
                except (asyncssh.Error, asyncssh.SFTPError) as error:
                    raise FolderError(error.reason) from error
                except (TimeoutError, OSError) as error:
                    raise FolderError(type(error).__name__) from error
            return self._client

    async def _connect(self) -> asyncssh.SFTPClient:
        place = self._place
        await self.close()
        self._connection = await asyncssh.connect(
            place.host,
            place.port,
            username=place.user,
            password=self._password,
            client_keys=[self._key] if self._key else None,
            client_factory=lambda: _Pinned(place.fingerprints),
            known_hosts=b"",
            agent_path=None,
            config=None,
            connect_timeout=place.connect_s,
            login_timeout=place.connect_s,
            keepalive_interval=_ALIVE_S,
        )
        client = await self._connection.start_sftp_client()
        if not await client.isdir(place.folder):
            await client.makedirs(place.folder, exist_ok=True)
        return client


async def _rename(client: asyncssh.SFTPClient, draft: str, name: str) -> None:
    """Rename over what is there; a server without OpenSSH's way of doing so has it taken away before."""
    try:
        await client.posix_rename(draft, name)
    except asyncssh.SFTPOpUnsupported:
        with contextlib.suppress(asyncssh.SFTPNoSuchFile):
            await client.remove(name)
        await client.rename(draft, name)
